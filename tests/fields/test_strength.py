"""Commitment strength: the verb that binds, its level and its span."""

import pytest

from planddiff.fields.strength import LEVELS, find_strength, item_strength
from planddiff.fields.target_lexicon import rows_of


def test_the_lexicon_keeps_the_order_of_the_levels() -> None:
    ranks = {(row["level"], int(row["rank"])) for row in rows_of("strength.csv")}
    assert ranks == {(level, place) for place, level in enumerate(LEVELS, start=1)}


@pytest.mark.parametrize(
    ("title", "verb", "level"),
    [
        ("探索数据要素交易流通。", "探索", "探索"),
        ("组织制定信息化发展规划。", "组织制定", "研究"),
        ("开展数字浙江规划纲要研究。", "研究", "研究"),
        ("开展智慧环保试点。", "试点", "试点"),
        ("推进智慧旅游建设。", "推进", "推进"),
        ("实施“宽带浙江”工程。", "实施", "实施"),
        ("建成“村村响”平台。", "建成", "建成"),
        ("推动益农信息社全覆盖。", "全覆盖", "建成"),
        ("抓好智慧城市示范试点项目。", "抓好", "实施"),
    ],
)
def test_the_title_shows_the_commitment(title: str, verb: str, level: str) -> None:
    mention = item_strength(title)
    assert mention is not None
    assert (mention.as_written, mention.level) == (verb, level)
    assert title[mention.start : mention.end] == verb


def test_the_title_is_read_before_the_body() -> None:
    mention = item_strength("推进智慧电网建设。年内建成变电站20座。")
    assert mention is not None
    assert mention.level == "推进"


def test_a_title_without_a_verb_falls_back_on_the_body() -> None:
    mention = item_strength("智慧电网。探索新机制,建成变电站20座。")
    assert mention is not None
    assert mention.level == "建成"
    assert item_strength("智慧电网。") is None


def test_names_and_titles_bind_nobody() -> None:
    assert find_strength("“建成小康”与《实施意见》(牵头单位:推进办)") == []
    assert find_strength("试点城市、试点经验和示范试点项目") == []


def test_each_clause_has_its_own_verb() -> None:
    text = "研究制定管理办法,加快平台建设;力争实现全覆盖。"
    assert [m.as_written for m in find_strength(text)] == ["研究制定", "加快", "实现全覆盖"]
    assert [m.rank for m in find_strength(text)] == [2, 4, 6]
