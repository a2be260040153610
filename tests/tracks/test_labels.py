from __future__ import annotations

import pytest

from planddiff.tracks.labels import central_title, chain_checks, shared_text
from planddiff.tracks.lineage import build_lineages
from tests.tracks.chains import make_items, make_links


def test_label_is_the_most_central_title_not_the_longest() -> None:
    titles = ["推进北斗卫星导航应用", "推进北斗导航应用", "建设北斗导航应用示范区和产业基地"]
    assert central_title(titles) == "推进北斗导航应用"


def test_latest_of_two_titles_is_the_label() -> None:
    assert central_title(["推进智慧旅游建设", "推进文旅智慧化建设"]) == "推进文旅智慧化建设"


def test_text_without_pairs_shares_nothing() -> None:
    assert shared_text("", "推进") == 0.0


def test_chain_whose_ends_share_nothing_is_suspected_at_its_weakest_link() -> None:
    items = make_items("a14", "a15", "a16", "b14", "b15", "b16")
    items["core"] = [
        "全面推行机器换人",
        "全面推行机器换人和农村电商",
        "发展农村电商",
        "推进智慧物流",
        "推进智慧物流建设",
        "推进智慧物流平台",
    ]
    links = make_links(
        ("a14", "a15", 0.9, 0.9), ("a15", "a16", 0.9, 0.9),
        ("b14", "b15", 0.9, 0.9), ("b15", "b16", 0.9, 0.9),
    )  # fmt: skip
    links["confidence"] = [0.9, 0.6, 0.9, 0.9]
    lineages = build_lineages(items, links)
    checks = chain_checks(lineages.members, items, lineages.links)
    broken, sound = checks.loc["2014-printa14"], checks.loc["2014-printb14"]
    assert broken["suspect"]
    assert not sound["suspect"]
    assert (broken["bridge_old_id"], broken["bridge_new_id"]) == ("a15", "a16")
    assert broken["bridge_confidence"] == pytest.approx(0.6)
    assert broken["end_likeness"] == 0.0
    assert broken["label_drift"]


def test_single_item_has_no_bridge() -> None:
    items = make_items("a14")
    lineages = build_lineages(items, make_links())
    checks = chain_checks(lineages.members, items, lineages.links).iloc[0]
    assert not checks["suspect"]
    assert checks["bridge_old_id"] is None
