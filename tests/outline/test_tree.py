"""Headings with and without numbers, and what the format itself calls a heading."""

import pytest

from planddiff.normalize import canonicalize
from planddiff.outline import read_outline
from planddiff.outline.tree import lead_sentence
from planddiff.readers import Block, SourceDocument

TEXT = "加快建设全市统一的公共数据平台，推动部门业务系统整合迁移，完善共享交换机制。"


def outline(*lines):
    """The outline of lines given as text or as (text, heading level)."""
    rows = [line if isinstance(line, tuple) else (line, None) for line in lines]
    text, blocks = "", []
    for line, level in rows:
        blocks.append(Block(len(text), len(text) + len(line), level=level))
        text += line + "\n"
    canonical = canonicalize(SourceDocument(text, tuple(blocks), "made", "text/plain", "utf-8", ""))
    found = read_outline(canonical)
    names = [
        [canonical.text[slice(*span)] for span in (*item.headings, item.title)]
        for item in found.items
    ]
    return found, names


def test_headings_of_the_format_nest_by_their_level():
    found, names = outline(
        ("2020年示例要点", 1), ("数字政府", 2), ("建设平台", 3), TEXT, ("整合系统", 3), TEXT,
        ("数字经济", 2), ("培育企业", 3), TEXT,
    )  # fmt: skip
    assert names == [["数字政府", "建设平台"], ["数字政府", "整合系统"], ["数字经济", "培育企业"]]
    assert found.levels == ("h2", "h3")


def test_a_title_of_the_format_is_front_matter():
    found, names = outline(("2020年示例要点", 1), TEXT, ("一、数字政府", 2), f"1.建设平台。{TEXT}")
    assert names == [["一、数字政府", "建设平台"]]
    assert [stretch.label for stretch in found.stretches[:2]] == ["front_matter"] * 2


def test_short_lines_between_paragraphs_are_headings():
    _, names = outline(
        "一、任务", f"1.建设平台。{TEXT}", "智慧交通", f"1.优化信号。{TEXT}", f"2.治理拥堵。{TEXT}"
    )
    assert names[1][-2:] == ["智慧交通", "优化信号"]


@pytest.mark.parametrize("line", ["各地要抓好落实。", "责任单位：市经信局", "（示例）", "12345"])
def test_short_lines_that_are_no_headings(line):
    _, names = outline("一、任务", f"1.建设平台。{TEXT}", line, f"2.整合系统。{TEXT}")
    assert [name[-1] for name in names] == ["建设平台", "整合系统"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("推进智慧物流。加快建设。", "推进智慧物流"),
        ("推进智慧物流", "推进智慧物流"),
        ("推进智慧物流：", "推进智慧物流"),
        ("推进智慧物流;加快建设", "推进智慧物流;加快建设"),
        ("奋进新征程！再立新功。", "奋进新征程"),
        ("各位代表！做好今年工作，意义重大。", "做好今年工作，意义重大"),
    ],
)
def test_lead_sentences(text, lead):
    assert text[slice(*lead_sentence(text, 0, len(text)))] == lead
