"""Logical paragraphs: what is joined, what is parted."""

import pytest

from planddiff.normalize import canonicalize
from planddiff.readers import document_from_text

SENTENCE = (
    "加快建设全市统一的公共数据平台，推动部门业务系统整合迁移，完善数据共享交换机制和安全保障体系。"
)


def canonical(text):
    return canonicalize(document_from_text(text))


def wrapped(text, width):
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def test_hard_wraps_inside_sentences_are_joined_and_logged():
    text = "\n".join(wrapped(f"{n}、{SENTENCE * 3}", 30) for n in "一二三四")
    found = canonical(text)
    assert [line[0] for line in found.text.split("\n")] == list("一二三四")
    joined = [entry for entry in found.log if entry.kind == "joined_lines"]
    assert len(joined) == text.count("\n") - 3
    assert all(text[entry.start] == "\n" for entry in joined)


def test_headings_between_wrapped_paragraphs_stay_apart():
    text = f"一、总体要求\n{wrapped(SENTENCE * 4, 30)}\n二、重点任务\n{wrapped(SENTENCE * 4, 30)}"
    assert len(canonical(text).text.split("\n")) == 4


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("推进改革（", "三）开放合作", 1),
        ("协调各县", "，落实责任。", 1),
        ("加强组织领导", "完善政策措施", 2),
        ("加强组织领导、", "完善政策措施", 1),
        ("抓好以下工作，", "一、推进改革", 2),
        ("全面推进。", "（责任单位：市经信局）", 2),
    ],
)
def test_breaks_without_wraps(first, second, count):
    assert len(canonical(f"{first}\n{second}").text.split("\n")) == count


def test_glued_paragraphs_are_parted_and_logged():
    text = "一是建设平台。　　二是培育企业。　　三是加强保障。"
    found = canonical(text)
    assert found.text.split("\n") == ["一是建设平台。", "二是培育企业。", "三是加强保障。"]
    assert [entry.kind for entry in found.log] == ["split_paragraph"] * 2


def test_a_heading_before_a_glued_indent_stays_apart():
    text = f"一、总体要求　　{SENTENCE * 10}二、重点任务　　{SENTENCE * 10}"
    assert canonical(text).text.startswith("一、总体要求\n加快建设")


def test_blanks_in_a_name_do_not_part_a_line():
    assert canonical("市长　　张三同志").text == "市长  张三同志"


def test_a_long_line_whose_wraps_became_blanks_is_closed_up():
    pieces = [SENTENCE[:-1] + "，" + SENTENCE] * 8
    text = " ".join("".join(pieces)[at : at + 30] for at in range(0, 700, 30))
    assert " " not in canonical(text).text


def test_page_numbers_inside_a_long_line_are_set_aside():
    text = f"{SENTENCE * 6} — 12 — {SENTENCE * 6}"
    found = canonical(text)
    assert [text[a.start : a.end] for a in found.asides] == ["— 12 —"]
    assert "12" not in found.text


def test_bold_lines_are_no_part_of_the_paragraph_behind_them():
    text = (
        f"**一、加快建设全市统一的公共数据平台推动部门业务系统整合**\n{wrapped(SENTENCE * 8, 30)}"
    )
    assert canonical(text).text.split("\n")[1].startswith("加快建设")
