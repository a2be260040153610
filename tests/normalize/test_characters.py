"""Repairs of characters: what is repaired, what is left alone, and that offsets survive."""

import pytest

from planddiff.normalize import canonicalize
from planddiff.readers import document_from_text


def canonical(text):
    return canonicalize(document_from_text(text))


def kinds(text):
    return [entry.kind for entry in canonical(text).log]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("推进（省级）平台，１２个；ＩＰＴＶ：是", "推进(省级)平台,12个;IPTV:是"),
        ("“两化”深度融合。《规划》【牵头】—…①", "“两化”深度融合。《规划》【牵头】—…①"),
        ("⼀⽂⼯⽣", "一文工生"),
        ("意⻅和⻚⻔⻢⻘⻝⻰⻓⻄⻛⻬", "意见和页门马青食龙长西风齐"),
        ("智慧\u200b城\ufeff市\ue000", "智慧城市"),
        ("建设\u3000平台", "建设 平台"),
        ("**一、总体要求**", "一、总体要求"),
        ("推进信息化（xìn xī huà）", "推进信息化"),
        ("发展zhǎn平台", "发展平台"),
    ],
)
def test_canonical_form(raw, clean):
    assert canonical(raw).text == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("制定“互联网 ”制造实施意见", "制定“互联网+”制造实施意见"),
        ("大力发展“互联网 政务服务”", "大力发展“互联网+政务服务”"),
        ("实施“1 3 N”计划", "实施“1+3+N”计划"),
        ("围绕“互联网 ”应用,发布互联网 技术", "围绕“互联网+”应用,发布互联网+技术"),
    ],
)
def test_lost_plus_signs_are_put_back(raw, clean):
    assert canonical(raw).text == clean
    assert "plus_restored" in kinds(raw)


def test_a_blank_behind_the_word_is_no_plus_sign_without_proof():
    assert canonical("推动互联网 医疗发展").text == "推动互联网 医疗发展"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("2 0 1 6 年", "2016年"),
        ("新建 139.01 亿元", "新建 139.01亿元"),
        ("1 2 3 4 页码", "1 2 3 4 页码"),
        ("2016年 3月 5日", "2016年3月5日"),
    ],
)
def test_spaced_digits_are_closed_up_only_before_what_they_count(raw, clean):
    assert canonical(raw).text == clean


def test_the_2016_plan_has_nine_lost_plus_signs(plan_2016):
    restored = plan_2016.log[plan_2016.log["kind"] == "plus_restored"]
    assert len(restored) == 9
    for row in restored.itertuples():
        assert plan_2016.source_text[row.start - 3 : row.end] == "互联网 "


def test_every_canonical_character_leads_back_to_its_source():
    raw = "　　一、推进“互联网 ”１２个\u200b平台（⻅）。\r\n　　二、完成"
    found = canonical(raw)
    for at, char in enumerate(found.text):
        start, end = found.source_span(at, at + 1)
        if char not in "\n+":
            assert canonical(raw[start:end]).text == char


def test_log_rows_hold_what_stood_there():
    raw = "建设１２个⻅\u200b平台"
    for entry in canonical(raw).log:
        assert raw[entry.start : entry.end] == entry.before
    assert kinds(raw) == ["invisible", "width", "radical"]
