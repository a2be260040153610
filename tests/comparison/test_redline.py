"""Redlines are exact: all accepted is the new text, all rejected the old one."""

import itertools
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planddiff.comparison import Redline, redline

texts = st.text(
    st.sampled_from("推进建设18个示范区。,;(“互联网+”)4GIPv6 \n　%<&>\"'万户𠮷②"), max_size=40
)


@given(texts, texts)
@example("", "")
@example("a\r\nb", "a\nb")
@example("\x00建设", "建\u200b设")
@settings(max_examples=150, deadline=None)
def test_accepted_is_the_new_text_and_rejected_the_old(old, new):
    found = redline(old, new)
    assert found.accepted == new
    assert found.rejected == old


@given(texts, texts)
@settings(max_examples=60, deadline=None)
def test_runs_are_never_empty_and_a_deletion_stands_before_its_insertion(old, new):
    kinds = [kind for kind, text in redline(old, new).runs if text]
    assert len(kinds) == len(redline(old, new).runs)
    for one, other in itertools.pairwise(kinds):
        assert one != other
        assert (one, other) != ("insert", "delete")


@given(st.text(st.sampled_from("<>&\"'br建设/="), max_size=30), st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_html_lets_no_text_of_the_document_through(old, new):
    shown = redline(old, new)._repr_html_()
    tags = set(re.findall(r"<[^>]*>", shown))
    assert all(re.fullmatch(r'</?(?:del|ins|div|br)(?: style="[^"<>]*")?>', tag) for tag in tags)
    bare = re.sub(r"<[^>]*>", "", shown)
    assert "<" not in bare
    assert ">" not in bare


def test_the_same_text_is_one_run():
    found = redline("推进智慧物流建设。", "推进智慧物流建设。")
    assert found == Redline((("equal", "推进智慧物流建设。"),))
    assert repr(found) == "<Redline: 0 changes>"


@pytest.mark.parametrize("segmenter", ["jieba", "rjieba", list])
def test_any_segmenter_gives_an_exact_redline(segmenter):
    old, new = "完成技改项目3000项,培训50人。", "完成技改项目5000项,培训企业家50人。"
    found = redline(old, new, segmenter)
    assert (found.rejected, found.accepted) == (old, new)


def test_a_figure_and_its_unit_change_as_one():
    shown = str(redline("建设18个示范区", "建设28个示范区"))
    assert shown == "建设[-18个-]{+28个+}示范区"


def test_a_redline_of_two_items_of_the_series(comparison):
    link = comparison.links.iloc[0]
    found = comparison.redline(int(link["old_ordinal"]), int(link["new_ordinal"]))
    for side, plan, text in (
        ("old_id", comparison.old, found.rejected),
        ("new_id", comparison.new, found.accepted),
    ):
        assert text == plan.items.set_index("item_id").loc[link[side], "text"]
