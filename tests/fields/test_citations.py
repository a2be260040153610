from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planddiff.fields.citations import find_citations, normalise_number, normalise_title

SEEDS = Path(__file__).parents[2] / "seeds"


def cited(text):
    return [(mention.title, mention.document_number) for mention in find_citations(text)]


def line(year, start):
    text = (SEEDS / f"zhejiang-{year}.txt").read_text(encoding="utf-8")
    (found,) = [line for line in text.splitlines() if line.strip().startswith(start)]
    return found


@pytest.mark.parametrize(
    ("year", "start", "expected"),
    [
        (
            2016,
            "10.",
            [("关于务实推进智慧城市建设示范试点工作的指导意见", "浙政发〔2012〕41号")],
        ),
        (2016, "24.", [("浙江省促进大数据发展实施计划", "浙政发〔2016〕6号")]),
        (
            2016,
            "2.",
            [
                ("浙江省软件和信息服务业十三五规划", None),
                ("浙江省信息通信业十三五规划", None),
                ("宽带浙江十三五发展规划", None),
                ("浙江省电子信息产业十三五发展规划", None),
            ],
        ),
        (2016, "1.", [("浙江省国民经济和社会信息化发展十三五规划", None)]),
        (2017, "2.健全", [("浙江省公共数据和电子政务管理办法", None)]),
        (2014, "(三十四)", [("浙江省信息化促进条例", None)]),
        (2016, "29.", []),
    ],
)
def test_items_of_the_example_series(year, start, expected):
    assert cited(line(year, start)) == expected


def test_a_rule_cited_in_two_years_meets():
    assert cited(line(2014, "(三十四)")) == cited(line(2015, "2．"))


@pytest.mark.parametrize(
    "number",
    [
        "浙政发〔2016〕6号",
        "浙政发【2016】6号",
        "浙政发[2016]6号",
        "浙政发(2016)6号",
        "浙政发（2016〕 6 号",
        "浙政发［2016］第06号",
        "浙政发﹝2016﹞6号",
        "浙政发〔2016年〕6号",
    ],
)
def test_any_bracket_around_the_year(number):
    assert normalise_number(number) == "浙政发〔2016〕6号"
    assert cited(f"落实《某计划》({number})。") == [("某计划", "浙政发〔2016〕6号")]
    assert cited(f"深入贯彻落实{number}文件精神。") == [(None, "浙政发〔2016〕6号")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("中华人民共和国主席令第五十三号", "主席令第53号"),
        ("国务院令(第 722 号)", "国务院令第722号"),
        ("省政府令第381号", "省政府令第381号"),
        ("工业和信息化部公告2019年第23号", "工业和信息化部公告2019年第23号"),
    ],
)
def test_decrees_and_proclamations(written, expected):
    assert cited(f"根据{written},开展检查。") == [(None, expected)]


def test_what_is_no_document_number():
    assert cited("建成地铁6号线、第3号泊位,开展2016年6号台风救灾,改造十二号楼。") == []
    assert normalise_number(" 某 号 ") == "某号"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("参见某教高函〔2023〕36 号中有关要求", "某教高函〔2023〕36号"),
        ("抢抓国发〔2022〕2号文件机遇", "国发〔2022〕2号"),
        ("落实国发〔2022〕2号文件和黔府发〔2022〕7号文件", "黔府发〔2022〕7号"),
        ("中华人民共和国国务院令第615号公布", "国务院令第615号"),
    ],
)
def test_a_bare_number_leaves_the_sentence_before_it(text, number):
    assert cited(text)[-1] == (None, number)
    assert find_citations(text)[-1].as_written.startswith(number[:2])


@pytest.mark.parametrize(
    "title",
    [
        "《浙江省促进大数据发展实施计划》",
        "浙江省促进大数据发展实施计划",
        "《关于印发〈浙江省促进大数据发展实施计划〉的通知》",
        "《浙江省人民政府关于印发浙江省促进大数据发展实施计划的通知》",
        "《省政府办公厅关于转发《浙江省促进大数据发展实施计划》的通知》",
        "《浙江省促进 “大数据”发展实施计划》",
    ],
)
def test_one_document_has_one_title(title):
    assert normalise_title(title) == "浙江省促进大数据发展实施计划"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("国务院关于推进“互联网＋”行动的指导意见", "关于推进互联网+行动的指导意见"),
        ("中共中央　国务院关于深化改革的若干意见", "关于深化改革的若干意见"),
        ("某办法（试行）", "某办法(试行)"),
        ("某规划（2016—2020年）", "某规划(2016-2020年)"),
        ("关于修改〈统计法〉的决定", "关于修改《统计法》的决定"),
        ("民政部办公厅关于落实〈某方案〉的通知", "关于落实《某方案》的通知"),
        ("全社会关于养老的调查", "全社会关于养老的调查"),
    ],
)
def test_titles_keep_what_tells_documents_apart(title, expected):
    assert normalise_title(title) == expected


def test_a_number_belongs_to_the_title_it_follows_or_precedes():
    text = "《甲办法》、《乙办法》(某发〔2016〕6号)和国发〔2015〕50号《丙纲要》,执行某办〔2017〕7号"
    assert cited(text) == [
        ("甲办法", None),
        ("乙办法", "某发〔2016〕6号"),
        ("丙纲要", "国发〔2015〕50号"),
        (None, "某办〔2017〕7号"),
    ]


def test_a_decree_in_a_bracket_belongs_to_its_title():
    assert cited("依据《某条例》(中华人民共和国国务院令第七百二十二号)。") == [
        ("某条例", "国务院令第722号")
    ]


def test_the_span_holds_title_bracket_and_number():
    text = "贯彻《某计划》(某发【2016】6号)。又及《某法》(某发〔2016〕7号,以下简称《法》)。"
    assert [mention.as_written for mention in find_citations(text)] == [
        "《某计划》(某发【2016】6号)",
        "《某法》(某发〔2016〕7号",
    ]


def test_a_short_form_carries_the_title_it_stands_for():
    text = "贯彻《国务院关于养老的意见》(国发〔2013〕35号,以下简称《意见》)。对照《意见》检查。"
    assert cited(text) == [("关于养老的意见", "国发〔2013〕35号")] * 2
    assert cited("对照《意见》检查。") == [("意见", None)]


def test_nested_and_unclosed_titles():
    assert cited("落实《关于印发《某规划》的通知》要求") == [("某规划", None)]
    assert cited("落实《关于贯彻<某意见>的意见》") == [("关于贯彻《某意见》的意见", None)]
    assert cited("没有收尾的《标题\n另起一段《某法》") == [("某法", None)]
    assert cited("空的《》不算") == []


@given(
    st.text(
        alphabet=st.sampled_from("《》〈〉关于印发的通知国务院令第三号〔2016〕6号(),以下简称和\n"),
        max_size=60,
    )
)
def test_spans_are_exact_ordered_and_apart(text):
    found = find_citations(text)
    assert all(text[mention.start : mention.end] == mention.as_written for mention in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(mention.title or mention.document_number for mention in found)


def test_every_row_of_the_word_list_has_a_source():
    with (files("planddiff") / "data" / "citation_words.csv").open(encoding="utf-8") as lines:
        table = pd.read_csv(lines)
    assert set(table["kind"]) == {"lead_in", "issuer_end"}
    assert table.notna().all().all()
    assert not table.duplicated(["word", "kind"]).any()
