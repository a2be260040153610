from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes

from planddiff.charts import status
from planddiff.charts.palette import STATUS
from planddiff.errors import InvalidInputError
from tests.charts.reading import foot, written

OLD = {"persisted": 2, "changed": 19, "split": 3, "merged": 6, "recombined": 2, "dropped": 5}
NEW = {"persisted": 2, "changed": 19, "split": 6, "merged": 3, "recombined": 2, "new": 7}


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        (2014, 2015, side, f"{side}-{name}-{n}", name)
        for side, counts in (("old", OLD), ("new", NEW))
        for name, count in counts.items()
        for n in range(count)
    ]
    return pd.DataFrame(rows, columns=["old_year", "new_year", "side", "item_id", "status"])


def heights(ax: Axes) -> list[float]:
    return [bar.get_height() for bar in ax.patches]


def test_heights_are_shares_and_fill_each_bar(table: pd.DataFrame) -> None:
    ax = status(table)
    old, new = heights(ax)[: len(OLD)], heights(ax)[len(OLD) :]
    assert old == pytest.approx([100 * n / 37 for n in OLD.values()])
    assert sum(old) == pytest.approx(100)
    assert sum(new) == pytest.approx(100)
    assert ax.get_ylim() == (0, 100)


def test_counts_stand_in_the_bars(table: pd.DataFrame) -> None:
    ax = status(table, side="old")
    counts = [text.get_text() for text in ax.texts if text.get_text().isdigit()]
    assert counts == ["2", "19", "3", "6", "2", "5"]
    assert "n=37" in written(ax)
    assert foot(ax) == "柱内为旧年条目数。"


def test_a_thin_bar_has_its_count_beside_it(table: pd.DataFrame) -> None:
    one = pd.DataFrame(
        {"old_year": 2014, "new_year": 2015, "side": "old", "item_id": "x", "status": "uncertain"},
        index=[0],
    )
    many = pd.concat([table[table["side"] == "old"]] * 4 + [one])
    ax = status(many, side="old")
    (count,) = [text for text in ax.texts if text.get_text() == "1"]
    assert count.get_ha() == "left"


def test_legend_names_only_what_is_there(table: pd.DataFrame) -> None:
    named = [t.get_text() for t in status(table).get_legend().get_texts()]
    assert named == ["新增", "退出", "重组", "合并", "拆分", "调整", "延续"]


def test_statuses_differ_in_grey() -> None:
    from matplotlib.colors import to_rgb

    def grey(colour: str) -> float:
        red, green, blue = to_rgb(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    fills = [fill for name, fill in STATUS.items() if name != "continued"]
    for place, one in enumerate(fills):
        for two in fills[place + 1 :]:
            assert one.hatch != two.hatch or abs(grey(one.colour) - grey(two.colour)) > 0.1


def test_years_and_constructed_documents(table: pd.DataFrame, sources: pd.DataFrame) -> None:
    ax = status(table, sources=sources.iloc[1:3].assign(year=[2014, 2015]), lang="en")
    assert "2014*→2015" in written(ax)
    assert "* Constructed example texts, not official documents: 2014." in foot(ax).replace(
        "\n", " "
    )


def test_early_pairs_are_left_out_and_named(table: pd.DataFrame) -> None:
    later = table.assign(old_year=2015, new_year=2016)
    ax = status(pd.concat([table, later]), last=1)
    assert "更早的1对年份未画出（2014–2015年）。" in foot(ax)
    assert "2014→2015" not in written(ax)


def test_unknown_words_are_refused(table: pd.DataFrame) -> None:
    with pytest.raises(InvalidInputError, match="vanished"):
        status(table.replace({"status": {"dropped": "vanished"}}))
    with pytest.raises(InvalidInputError, match="'left'"):
        status(table, side="left")  # type: ignore[arg-type]


def test_a_comparison_without_years_is_told_how_to_get_them(table):
    with pytest.raises(InvalidInputError, match="year="):
        status(table.assign(old_year=pd.NA))
