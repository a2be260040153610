from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from planddiff.charts.line_ends import spread

POSITIONS = st.lists(st.floats(-100, 100), min_size=1, max_size=12)


@given(POSITIONS, st.floats(0.1, 10))
def test_spread_keeps_order_and_gap(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    steps = [placed[b] - placed[a] for a, b in pairwise(order)]
    assert all(step >= gap - 1e-9 for step in steps)


@given(POSITIONS, st.floats(0.1, 10))
def test_spread_keeps_the_centre(wanted: list[float], gap: float) -> None:
    assert abs(sum(spread(wanted, gap)) - sum(wanted)) < 1e-6


def test_spread_leaves_what_is_apart() -> None:
    assert spread([5.0, 1.0], 2.0) == [5.0, 1.0]
