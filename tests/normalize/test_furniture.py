"""What stands on the page and is not the document."""

import pytest

from planddiff.normalize.furniture import furniture_kinds

BODY = [f"第{n}项工作要按照计划推进落实到位。" for n in range(60)]


def kinds(lines):
    return furniture_kinds(lines, [""] * len(lines))


@pytest.mark.parametrize(
    "line",
    [
        "分享到: 收藏本文",
        "您的位置:首页",
        "【字体:大 中 小】",
        "打印本页",
        "关闭窗口",
        "浏览次数:12",
        "版权所有 某市政府",
    ],
)
def test_menus_and_buttons_at_the_edges(line):
    assert kinds([*BODY, line])[-1] == "furniture"


def test_the_same_words_in_the_middle_are_text():
    middle = [*BODY, "首页", *BODY]
    assert set(kinds(middle)) == {""}


@pytest.mark.parametrize("number", ["- 3 -", "— 12 —", "第 3 页 共 12 页", "12"])
def test_page_numbers(number):
    assert kinds([*BODY[:20], number, *BODY[:20]])[20] == "furniture"


def test_figures_close_together_are_cells_of_a_table():
    lines = ["序号", "1", "建设平台", "2", "培育企业", "3", "加强保障"]
    assert set(kinds(lines)) == {""}


def test_running_heads():
    head = "云州市信息化工作要点"
    lines = [line for at in range(0, 60, 15) for line in (head, *BODY[at : at + 15])]
    found = kinds(lines)
    assert [kind for kind, line in zip(found, lines, strict=True) if line == head] == [
        "furniture"
    ] * 4


def test_a_table_of_contents_with_leaders():
    lines = [
        "目 录",
        "一、总体要求......1",
        "二、重点任务......3",
        "三、保障措施......9",
        "一、总体要求",
        *BODY,
    ]
    assert kinds(lines)[:5] == ["toc"] * 4 + [""]


def test_a_table_of_contents_without_leaders_is_known_by_its_echo():
    names = ["一、总体要求", "二、重点任务", "三、保障措施"]
    text = [line for name in names for line in (name, *BODY[:3])]
    assert kinds(["目录", *names, *text])[:5] == ["toc"] * 4 + [""]


def test_what_the_reader_set_aside_stays_so():
    assert furniture_kinds(["建设平台。"], ["furniture"]) == ["furniture"]
