"""Links of the example series as they were approved.

``PLANDDIFF_REGENERATE=1 pytest tests/comparison/test_golden.py`` writes the file anew; read the
difference before it is committed.
"""

import os
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from planddiff.comparison import compare

GOLDEN = Path(__file__).parent / "golden_links.csv"
COLUMNS = [
    "old_year", "new_year", "old_ordinal", "new_ordinal", "relation", "similarity", "confidence",
    "wording", "target_change", "lead_change", "deadline_change", "strength_change",
    "scope_change", "moved", "stable", "tie",
]  # fmt: skip


def as_text(plans):
    links = pd.concat([compare(*pair).links for pair in pairwise(plans)], ignore_index=True)
    return links[COLUMNS].to_csv(index=False, float_format="%.3f", lineterminator="\n")


def first_difference(expected, found):
    old, new = expected.splitlines(), found.splitlines()
    for number, (one, other) in enumerate(zip(old, new, strict=False), start=1):
        if one != other:
            return f"line {number}:\n  approved {one}\n  found    {other}\n  ({old[0]})"
    return f"{len(old)} lines approved, {len(new)} found"


def test_links_of_the_example_series_are_as_approved(example):
    found = as_text(example)
    if os.environ.get("PLANDDIFF_REGENERATE"):
        GOLDEN.write_text(found, encoding="utf-8")
    expected = GOLDEN.read_text(encoding="utf-8")
    if found != expected:
        pytest.fail(first_difference(expected, found), pytrace=False)


def test_the_first_difference_is_told():
    told = first_difference("a,b\n1,2\n3,4\n", "a,b\n1,2\n3,5\n")
    assert told.splitlines()[:3] == ["line 3:", "  approved 3,4", "  found    3,5"]
    assert first_difference("a\n", "a\nb\n") == "1 lines approved, 2 found"
