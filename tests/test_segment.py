import csv
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planddiff.errors import InvalidInputError, MissingExtraError
from planddiff.segment import tokens, words

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


@pytest.mark.parametrize("segmenter", ["jieba", "rjieba", list])
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_tokens_add_up_to_the_text(path, segmenter):
    text = path.read_text(encoding="utf-8")
    assert "".join(tokens(text, segmenter)) == text


@given(
    st.text(
        alphabet=st.sampled_from("推进两化融合5G十三五.、%百分之万户个+\r\n\u3000\u200b A第年/𠮷"),
        max_size=40,
    )
)
def test_tokens_add_up_to_any_text(text):
    assert "".join(tokens(text)) == text
    assert all(tokens(text))


@pytest.mark.parametrize("segmenter", ["jieba", "rjieba", list])
@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("推进两化融合管理体系贯标工作", "两化融合"),
        ("深入推进三网融合", "三网融合"),
        ("以浙江政务服务网为总平台", "政务服务网"),
        ("大力发展互联网+政务服务", "互联网+"),
        ("推动大数据市场交易", "大数据"),
        ("推进供应链大数据交换平台", "大数据"),
        ("深化放管服改革", "放管服"),
        ("组织制定信息化发展“十三五”规划", "十三五"),
        ("发展4G移动电话用户数4000万户", "4000万户"),
        ("城市宽带接入能力达到100M以上", "100M"),
        ("今年新增1.5亿千瓦时", "1.5亿千瓦时"),
        ("新增装机100万千瓦", "100万千瓦"),
        ("完成投资3,200多亿元", "3,200多亿元"),
        ("单位能耗下降0.5个百分点", "0.5个百分点"),
        ("覆盖全省县级以上80%的场所", "80%"),
        ("覆盖百分之八十的行政村", "百分之八十"),
        ("抓好二十个示范项目", "二十个"),
        ("筹备第三届世界互联网大会", "第三届"),
        ("在第5届博览会基础上", "第5届"),
        ("围绕G20和世界互联网大会", "G20"),
        ("提升4G等发展水平", "4G"),
        ("加强农民信箱APP推广", "APP"),
        ("达到每千人3.5张床位以上", "3.5张床位"),
        ("产出300万元/亩以上", "300万元/亩"),
    ],
)
def test_terms_and_measures_stay_whole(text, whole, segmenter):
    assert whole in tokens(text, segmenter)


def test_a_figure_that_ends_in_a_scale_word_is_not_cut_inside_its_unit():
    assert tokens("新增100万千瓦", list)[-1] == "100万千瓦"
    assert tokens("新增100万户", list)[-1] == "100万户"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3D虚拟现实", ["3D", "虚拟现实"]),
        ("数字浙江2.0规划", ["数字浙江", "2.0", "规划"]),
        ("6%-6.5%", ["6%", "-", "6.5%"]),
        ("十二个县", ["十二个", "县"]),
        ("一站式服务", ["一站式", "服务"]),
    ],
)
def test_names_and_ranges(text, expected):
    assert tokens(text) == expected


def test_empty_text_has_no_tokens():
    assert tokens("") == []
    assert words(" \n,。") == []


def test_words_leave_out_space_punctuation_and_function_words():
    assert words("加快推进政府服务、城市管理智慧化。\n") == [
        "加快",
        "推进",
        "政府",
        "服务",
        "城市",
        "管理",
        "智慧化",
    ]
    assert words("对20个项目的检查及其验收") == ["20个", "项目", "检查", "验收"]


def test_a_callable_cuts_the_rest():
    assert tokens("推进大数据应用", lambda piece: [piece]) == ["推进", "大数据", "应用"]


def test_a_callable_that_loses_characters_is_an_error():
    with pytest.raises(InvalidInputError, match="add up to the text"):
        tokens("推进应用", lambda piece: [piece[:-1]])


def test_an_unknown_segmenter_names_itself_and_the_choices():
    with pytest.raises(InvalidInputError, match=r"'pkuseg'.*'jieba', 'rjieba' or a callable"):
        tokens("推进", "pkuseg")


def test_missing_rjieba_names_the_extra(monkeypatch):
    from planddiff import segment

    monkeypatch.setitem(sys.modules, "rjieba", None)
    segment._rjieba.cache_clear()
    with pytest.raises(MissingExtraError, match=r"planddiff\[fast\]"):
        tokens("推进", "rjieba")


def test_every_row_of_the_lexicon_has_a_kind_and_a_source():
    table = files("planddiff") / "data" / "terms.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert {row["kind"] for row in rows} == {"term", "unit", "function"}
    assert all(row["term"] and row["source"] for row in rows)
    assert len({(row["term"], row["kind"]) for row in rows}) == len(rows)


def test_jieba_leaves_no_cache_file_and_says_nothing(tmp_path):
    code = "from planddiff.segment import tokens; assert len(tokens('推进信息化发展')) > 1"
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    assert list(tmp_path.iterdir()) == []
    assert done.stdout == ""
    assert done.stderr == ""
