"""The numbering grammar: every style, and the numbers that are none."""

import pytest

from planddiff.outline.marks import number_of, read_mark


@pytest.mark.parametrize(
    ("line", "style", "value", "length"),
    [
        ("第一编 总则", "bian", 1, 3),
        ("第二章 主要任务", "zhang", 2, 3),
        ("第三节 组织", "jie", 3, 3),
        ("第二十三条 各级政府", "tiao", 23, 5),
        ("第二十三条之一 各级政府", "tiao", 23, 7),
        ("第一部分 总体", "bufen", 1, 4),
        ("一、总体要求", "cn_dun", 1, 2),
        ("十二、加强保障", "cn_dun", 12, 3),
        ("(三)推进", "cn_paren", 3, 3),
        ("(三十七)推进", "cn_paren", 37, 5),
        ("㈢推进", "cn_paren", 3, 1),
        ("1.推进", "ar_dot", 1, 2),
        ("37. 推进", "ar_dot", 37, 3),
        ("⒉推进", "ar_dot", 2, 1),
        ("1、推进", "ar_dun", 1, 2),
        ("(1)推进", "ar_paren", 1, 3),
        ("⑴推进", "ar_paren", 1, 1),
        ("1)推进", "ar_rparen", 1, 2),
        ("①推进", "circle", 1, 1),
        ("1.1 概述", "deci2", 1, 3),
        ("1.2.3 概述", "deci3", 3, 5),
        ("一是推进", "cn_is", 1, 2),
        ("三要推进", "cn_is", 3, 2),
        ("第一,推进", "cn_di", 1, 3),
        ("——推进", "dash", 0, 2),
        ("●推进", "bullet", 0, 1),
        ("专栏1 重点工程", "box", 1, 3),
        ("任务专栏三 重点工程", "box", 3, 5),
    ],
)
def test_styles(line, style, value, length):
    mark = read_mark(line)
    assert (mark.style, mark.value, mark.length) == (style, value, length)


@pytest.mark.parametrize(
    "line",
    [
        "4.0402年启动",
        "18.45 亿户",
        "2.5",
        "10.5万亿元",
        "2.",
        "1、2月份完成",
        "一、二、三产业融合",
        "第十三届全国人大",
        "专栏建设情况良好",
        "一带一路建设",
        "3D打印",
        "第一产业增加值",
        "2016年工作要点",
        "2.0规划纲要提出的任务",
        "4.0版平台上线",
        "5.5G网络覆盖",
        "3.5版标准发布",
    ],
)
def test_what_is_no_number(line):
    assert read_mark(line) is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("二十", 20), ("一百零五", 105), ("〇", 0), ("九十九", 99), ("7", 7)],
)
def test_numerals(numeral, value):
    assert number_of(numeral) == value


def test_a_mark_is_read_inside_a_text():
    text = "前言。二、任务"
    assert read_mark(text, 3).value == 2
    assert read_mark(text, 3, 4) is None
