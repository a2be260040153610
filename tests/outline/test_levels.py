"""Levels are inferred from the document: which style nests in which."""

import pytest

from planddiff.outline.levels import Nesting, plausible
from planddiff.outline.marks import Mark, read_mark


def depths(*printed):
    marks = [read_mark(f"{number}推进") for number in printed]
    return Nesting(marks).depths(marks)


def kept(*printed):
    marks = [read_mark(f"{number}推进") for number in printed]
    return [mark is not None for mark in plausible(marks)]


def test_restarting_and_running_numbers_have_the_same_depth():
    assert depths("一、", "1.", "2.", "二、", "1.", "2.") == [0, 1, 1, 0, 1, 1]
    assert depths("一、", "1.", "2.", "二、", "3.", "4.") == [0, 1, 1, 0, 1, 1]


def test_a_level_may_be_skipped_in_one_section():
    assert depths("一、", "(一)", "1.", "二、", "1.", "2.") == [0, 1, 2, 0, 1, 1]


def test_unusual_nesting_is_read_from_the_restarts():
    printed = ("1.", "一、", "二、", "2.", "一、", "二、", "3.", "一、", "二、")
    assert depths(*printed) == [0, 1, 1, 0, 1, 1, 0, 1, 1]


def test_headings_without_numbers_hold_the_numbers_that_begin_again_behind_them():
    bare = Mark("bare", 0, 0, 0)
    one, two = read_mark("一、推进"), read_mark("二、推进")
    marks = [bare, one, two, bare, one, two]
    assert Nesting(marks).depths(marks) == [0, 1, 1, 0, 1, 1]


def test_an_enumeration_holds_no_headings():
    printed = ("一、", "——", "——", "(一)", "(二)", "二、", "——", "(一)", "(二)")
    assert depths(*printed) == [0, 1, 1, 1, 1, 0, 1, 1, 1]


def test_six_levels():
    assert depths("第一章", "第一节", "一、", "(一)", "1.", "(1)") == [0, 1, 2, 3, 4, 5]


def test_a_box_numbers_its_own_entries():
    printed = ("一、", "1.", "2.", "专栏1", "1.", "2.", "3.", "4.")
    assert depths(*printed) == [0, 1, 1, 2, 3, 3, 1, 1]
    printed = ("一、", "1.", "专栏1", "1.", "2.", "2.", "3.")
    assert depths(*printed) == [0, 1, 2, 3, 3, 1, 1]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("1.", "2.", "4."), [True, True, True]),
        (("1.", "2.", "2.", "3."), [True] * 4),
        (("1.", "2.", "95.", "3."), [True, True, False, True]),
        (("12.", "13."), [True, True]),
        (("12.",), [False]),
        (("1.1 ",), [False]),
        (("1.1 ", "1.2 "), [True, True]),
    ],
)
def test_numbers_that_fit_no_run_are_text(printed, expected):
    assert kept(*printed) == expected
