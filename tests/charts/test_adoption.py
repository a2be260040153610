from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from planddiff.charts import adoption
from planddiff.errors import InvalidInputError
from tests.charts.reading import foot, overlaps, written

CURVE = pd.DataFrame(
    {
        "level": ["all"] * 3 + ["province"] * 3 + ["prefecture"] * 3,
        "year": [2014, 2015, 2017] * 3,
        "adopters": [1, 4, 9, 1, 2, 3, 0, 2, 6],
        "observed_so_far": [12, 14, 14, 4, 4, 4, 8, 10, 10],
        "left_censored": [1, 0, 0, 1, 0, 0, 0, 0, 0],
    }
)


def lines(ax, thin):
    return [
        line
        for line in ax.lines
        if line.get_label() != "_lead" and line.get_label().startswith("_observed") == thin
    ]


def test_adopters_and_observed_are_steps_of_counts() -> None:
    ax = adoption(CURVE)
    assert [line.get_label() for line in lines(ax, thin=False)] == ["province", "prefecture"]
    assert [line.get_ydata().tolist() for line in lines(ax, thin=False)] == [[1, 2, 3], [0, 2, 6]]
    assert [line.get_ydata().tolist() for line in lines(ax, thin=True)] == [[4, 4, 4], [8, 10, 10]]
    assert {line.get_drawstyle() for line in ax.lines[:4]} == {"steps-mid"}


def test_both_numbers_stand_at_the_end() -> None:
    assert {"省级 3/4", "地级 6/10"} <= set(written(adoption(CURVE)))
    assert {"province 3/4", "prefecture 6/10"} <= set(written(adoption(CURVE, lang="en")))
    assert {"省级 3/4", "地级 6/10"} <= set(written(adoption(CURVE, y="share")))


def test_shares_are_of_the_issuers_observed_so_far() -> None:
    ax = adoption(CURVE, y="share")
    assert lines(ax, thin=True) == []
    assert lines(ax, thin=False)[0].get_ydata().tolist() == [25, 50, 75]
    assert [tick.get_text() for tick in ax.get_yticklabels()][-1] == "100%"


def test_only_the_total_where_there_is_nothing_else() -> None:
    ax = adoption(CURVE[CURVE["level"] == "all"])
    assert "合计 9/14" in written(ax)
    assert [line.get_label() for line in lines(adoption(CURVE, levels=["all"]), thin=False)] == [
        "all"
    ]


def test_the_foot_names_left_censored_issuers_and_constructed_documents() -> None:
    sources = pd.DataFrame(
        {"year": [2014, 2015, 2017], "issuer": list("甲乙丙"), "constructed": [False, True, False]}
    )
    ax = adoption(CURVE, sources=sources)
    assert "其中1个在首份可得文件中已有" in foot(ax)
    assert "2015" in foot(ax)
    assert "2015*" in written(ax)
    assert "未观测" in written(ax)


def test_levels_differ_without_colour() -> None:
    drawn = lines(adoption(CURVE), thin=False)
    assert len({(line.get_marker(), line.get_linestyle()) for line in drawn}) == 2


def test_names_of_levels_do_not_meet() -> None:
    levels = ["national", "province", "prefecture", "county"]
    close = pd.concat([CURVE[:3].assign(level=level, adopters=1) for level in levels])
    ax = adoption(close)
    names = [text for text in written(ax) if "1/14" in text]
    assert len(names) == 4
    assert overlaps(ax, names) == []
    ys = sorted(text.get_position()[1] for text in ax.texts if text.get_text() in names)
    assert all(below < above for below, above in pairwise(ys))


def test_it_begins_two_years_before_the_first_adopter_and_says_so() -> None:
    early = [
        CURVE.assign(year=CURVE["year"] - back, adopters=0, left_censored=0) for back in (4, 8)
    ]
    long = pd.concat([*early, CURVE])
    ax = adoption(long)
    assert lines(ax, thin=False)[0].get_xdata().tolist() == [2013, 2014, 2015, 2017]
    assert "自2012年起绘制" in foot(ax)
    assert "从略" not in foot(adoption(CURVE))
    whole = adoption(long, since=1900, lang="en")
    assert lines(whole, thin=False)[0].get_xdata()[0] == 2006
    assert "Drawn from" not in foot(whole)
    with pytest.raises(InvalidInputError, match="since=2030: the last year there is is 2017"):
        adoption(long, since=2030)


def test_the_foot_names_documents_left_out() -> None:
    assert "另有7份文件缺年份、主体或任务，未纳入" in foot(adoption(CURVE, left_out=7))
    assert "未纳入" not in foot(adoption(CURVE))


def test_row_order_changes_nothing() -> None:
    one, other = (
        adoption(CURVE),
        adoption(CURVE.sort_values("year", ascending=False, kind="stable")),
    )
    assert [line.get_ydata().tolist() for line in one.lines] == [
        line.get_ydata().tolist() for line in other.lines
    ]


def test_what_it_does_not_know_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="y='rate': give 'adopters' or 'share'"):
        adoption(CURVE, y="rate")  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match="table without rows"):
        adoption(CURVE, levels=["county"])
