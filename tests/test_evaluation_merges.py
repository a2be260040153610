from __future__ import annotations

import pandas as pd

from planddiff.evaluation import merge_distance


def parts(*groups: str) -> pd.DataFrame:
    rows = [(number, item) for number, group in enumerate(groups) for item in group]
    return pd.DataFrame(rows, columns=["initiative_id", "item_id"])


def test_equal_partitions_are_at_no_distance() -> None:
    assert merge_distance(parts("ab", "c"), parts("c", "ba"))["distance"] == 0


def test_splits_and_mergers_are_counted() -> None:
    result = merge_distance(parts("abc", "d"), parts("ab", "cd"))
    assert (result["splits"], result["mergers"], result["per_initiative"]) == (1, 1, 1.0)


def test_one_lump_costs_a_split_for_each_initiative_but_the_last() -> None:
    assert merge_distance(parts("abcd"), parts("a", "b", "c", "d"))["splits"] == 3
    assert merge_distance(parts("a", "b", "c", "d"), parts("abcd"))["mergers"] == 3


def test_item_of_one_table_only_stands_alone_in_the_other() -> None:
    result = merge_distance(parts("ab"), parts("abz"))
    assert (result["splits"], result["mergers"]) == (0, 1)
