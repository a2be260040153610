import math

import pandas as pd
import pytest

from planddiff.emerging import EMERGING_COLUMNS, emerging
from planddiff.errors import InvalidInputError


def table(**groups):
    rows = [(int(year[1:]), text) for year, texts in groups.items() for text in texts]
    return pd.DataFrame(rows, columns=["year", "core"])


ITEMS = table(
    y2016=["信息经济 平台", "信息经济 平台", "信息经济 网络"],
    y2017=["数字经济 平台 平台", "数字经济 网络", "信息经济 数字经济"],
    y2018=["数字经济 网络", "人工智能 平台 人工智能"],
)


def row(frame, term, new):
    (found,) = frame[(frame["term"] == term) & (frame["new"] == new)].to_dict("records")
    return found


def test_counts_of_occurrences_and_items():
    frame = emerging(ITEMS, min_count=1, new_words=False)
    assert list(frame.columns) == EMERGING_COLUMNS
    platform = row(frame, "平台", 2017)
    assert (platform["old"], platform["old_count"], platform["new_count"]) == (2016, 2, 2)
    assert (platform["old_items"], platform["new_items"]) == (2, 1)


def test_score_of_monroe_colaresi_and_quinn():
    frame = emerging(ITEMS, min_count=1, prior=10.0, new_words=False)
    counts = {"信息经济": (3, 1, 0), "平台": (2, 2, 1), "网络": (1, 1, 1), "数字经济": (0, 3, 1)}
    counts["人工智能"] = (0, 0, 2)
    everything = sum(map(sum, counts.values()))
    for term, (old, new, later) in counts.items():
        expected = 10.0 * (old + new + later) / everything
        old_total = sum(count[0] for count in counts.values())
        new_total = sum(count[1] for count in counts.values())
        log_odds = math.log((new + expected) / (new_total + 10 - new - expected))
        log_odds -= math.log((old + expected) / (old_total + 10 - old - expected))
        error = math.sqrt(1 / (new + expected) + 1 / (old + expected))
        if old + new == 0:
            assert frame[(frame["term"] == term) & (frame["new"] == 2017)].empty
            continue
        found = row(frame, term, 2017)
        assert found["log_odds"] == pytest.approx(log_odds)
        assert found["z"] == pytest.approx(log_odds / error)


def test_rising_terms_come_first_in_each_pair_of_years():
    frame = emerging(ITEMS, min_count=1, new_words=False)
    pairs = frame[["old", "new"]].drop_duplicates().to_numpy().tolist()
    assert pairs == [[2016, 2017], [2017, 2018]]
    first = frame[frame["new"] == 2017]
    assert first["term"].iloc[0] == "数字经济"
    assert first["term"].iloc[-1] == "信息经济"
    assert first["z"].is_monotonic_decreasing


def test_against_the_rest_of_any_grouping():
    items = ITEMS.assign(issuer=["甲省", "甲省", "乙省", "乙省", "丙省", "丙省", "丙省", "甲省"])
    frame = emerging(items, "issuer", against="rest", min_count=1, new_words=False)
    assert set(frame["old"]) == {"rest"}
    assert frame["new"].drop_duplicates().tolist() == sorted(["甲省", "乙省", "丙省"])
    total = ITEMS["core"].str.count("平台").sum()
    platform = frame[frame["term"] == "平台"]
    assert (platform["old_count"] + platform["new_count"] == total).all()


def test_a_heavier_prior_asks_for_more_evidence():
    light = row(emerging(ITEMS, min_count=1, prior=10.0), "数字经济", 2017)
    heavy = row(emerging(ITEMS, min_count=1, prior=10_000.0), "数字经济", 2017)
    assert light["log_odds"] > heavy["log_odds"] > 0


def test_new_words_are_counted_and_marked():
    texts = ["推进云栖码港建设", "支持云栖码港扩容", "在云栖码港设立中心", "云栖码港开业"]
    items = table(y2016=["推进园区建设", "支持园区扩容"], y2017=texts)

    def known(piece):
        found = []
        while piece:
            length = 2 if piece[:2] in ("云栖", "码港", "园区", "推进", "支持") else 1
            found.append(piece[:length])
            piece = piece[length:]
        return found

    found = row(emerging(items, min_count=4, segmenter=known), "云栖码港", 2017)
    assert (found["old_count"], found["new_count"], found["new_items"]) == (0, 4, 4)
    assert found["new_word"]
    without = emerging(items, min_count=4, segmenter=known, new_words=False)
    assert "云栖码港" not in set(without["term"])
    assert not without["new_word"].any()


def test_figures_function_words_and_single_characters_are_no_terms():
    items = table(y2016=["对20个项目的检查以及验收"], y2017=["对30个项目的检查以及验收"])
    terms = set(emerging(items, min_count=1, new_words=False)["term"])
    assert terms == {"项目", "检查", "验收"}


def test_row_order_and_index_do_not_matter_and_the_input_stays():
    before = ITEMS.copy()
    shuffled = ITEMS.iloc[::-1].set_axis(range(100, 100 + len(ITEMS)))
    pd.testing.assert_frame_equal(emerging(ITEMS, min_count=1), emerging(shuffled, min_count=1))
    pd.testing.assert_frame_equal(ITEMS, before)


@pytest.mark.parametrize(
    ("items", "arguments", "message"),
    [
        (ITEMS, {"by": "city"}, "no column 'city'"),
        (ITEMS, {"text": "body"}, "no column 'body'"),
        (ITEMS, {"against": "first"}, "against='first'"),
        (ITEMS, {"prior": 0.0}, "prior=0.0"),
        (ITEMS, {"min_count": 0}, "min_count=0"),
        (ITEMS[ITEMS["year"] == 2016], {}, r"one group of text \[2016\]"),
        (ITEMS.iloc[:0], {}, "two or more"),
    ],
)
def test_bad_input_says_what_is_wrong(items, arguments, message):
    with pytest.raises(InvalidInputError, match=message):
        emerging(items, **arguments)
