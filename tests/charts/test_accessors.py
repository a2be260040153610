from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.axes import Axes

from planddiff.charts import ComparisonPlots, TracksPlots
from planddiff.errors import InvalidInputError
from tests.charts.reading import foot, written


def plan(year: int, titles: list[str], *, constructed: bool) -> SimpleNamespace:
    items = pd.DataFrame(
        {
            "item_id": [f"{year}-{n}" for n in range(len(titles))],
            "year": year,
            "ordinal": range(len(titles)),
            "section": "深化智慧城市建设",
            "title": titles,
        }
    )
    return SimpleNamespace(year=year, issuer="示例市", constructed=constructed, items=items)


OLD = plan(2015, ["推进智慧物流", "开展试点"], constructed=True)
NEW = plan(2016, ["推进智慧物流建设"], constructed=False)
LINKS = pd.DataFrame({"old_id": ["2015-0"], "new_id": ["2016-0"], "forward": 1.0, "backward": 1.0})
SIDES = pd.DataFrame(
    {
        "side": ["old", "old", "new"],
        "item_id": ["2015-0", "2015-1", "2016-0"],
        "status": ["persisted", "dropped", "persisted"],
    }
)


@pytest.fixture
def comparison() -> ComparisonPlots:
    made = SimpleNamespace(items=SIDES, links=LINKS, old=OLD, new=NEW)
    return ComparisonPlots(made)  # type: ignore[arg-type]


@pytest.fixture
def tracks() -> TracksPlots:
    initiatives = pd.DataFrame(
        {"initiative_id": ["a", "b"], "label": ["推进智慧物流建设", "开展试点"]}
    )
    members = pd.DataFrame(
        {"initiative_id": ["a", "b", "a"], "item_id": SIDES["item_id"], "year": [2015, 2015, 2016]}
    )
    events = pd.DataFrame({"initiative_id": ["a", "b"], "year": 2016, "event": ["persist", "drop"]})
    target = {"object": "企业", "unit": "家", "comparator": "=", "change": "first"}
    tables = {
        "theme": pd.DataFrame({"theme": "智慧城市", "year": [2015, 2016], "items": 1, "share": 1}),
        "targets": pd.DataFrame({"initiative_id": ["a"], "year": 2015, "value": 30.0, **target}),
        "agencies": pd.DataFrame({"agency": ["省经信委"], "year": 2015, "items": 2}),
        "curve": pd.DataFrame({"group": "all", "years": [0, 1], "survival": [1.0, 0.5]}),
    }
    made = SimpleNamespace(
        plans=[OLD, NEW],
        initiatives=initiatives,
        members=members,
        links=LINKS,
        events=events,
        statuses=SIDES.assign(old_year=2015, new_year=2016),
        trend=lambda by: tables[by],
        targets=lambda: tables["targets"],
        agencies=lambda: tables["agencies"],
        kaplan_meier=lambda by: tables["curve"],
    )
    return TracksPlots(made)  # type: ignore[arg-type]


def test_status_of_a_comparison_knows_its_years(comparison: ComparisonPlots) -> None:
    ax = comparison.status()
    assert "2015*→2016" in written(ax)
    assert [bar.get_height() for bar in ax.patches] == [50, 50, 100]


def test_flow_draws_only_items_that_were_compared() -> None:
    old = plan(2015, ["推进智慧物流", "开展试点", "回顾上一年工作"], constructed=True)
    made = SimpleNamespace(items=SIDES, links=LINKS, old=old, new=NEW)
    drawn = written(ComparisonPlots(made).flow())  # type: ignore[arg-type]
    assert "回顾上一年工作" not in drawn
    assert "退出 1" in drawn


def test_flow_of_a_comparison(comparison: ComparisonPlots) -> None:
    assert {"推进智慧物流", "推进智慧物流建设", "退出 1"} <= set(written(comparison.flow()))


def test_evidence_of_a_pair_has_its_titles_and_the_threshold() -> None:
    pieces = pd.DataFrame({"evidence": ["intercept", "similarity"], "contribution": [-2.0, 3.0]})
    told = SimpleNamespace(evidence=pieces, old_title="推进智慧物流", new_title="推进智慧物流建设")
    made = SimpleNamespace(
        old=OLD, new=NEW, matcher=SimpleNamespace(threshold=0.5), explain=lambda old, new: told
    )
    plots = ComparisonPlots(made)  # type: ignore[arg-type]
    ax = plots.evidence(1, 1)
    assert ax.get_title(loc="left") == "推进智慧物流 → 推进智慧物流建设"
    assert "1.00 = 置信度 73%" in written(ax)
    told.evidence = pieces.iloc[:0]
    with pytest.raises(InvalidInputError, match="share too little"):
        plots.evidence(1, 2)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("trend", "智慧城市 100.0%"),
        ("status", "2015*→2016"),
        ("flow", "退出 1"),
        ("timeline", "推进智慧物流建设"),
        ("presence", "推进智慧物流建设"),
        ("targets", "30家"),
        ("agencies", "省经信委"),
        ("survival", "100%"),
    ],
)
def test_every_chart_of_tracks_names_its_documents(
    tracks: TracksPlots, name: str, words: str
) -> None:
    ax: Axes = getattr(tracks, name)()
    assert words in written(ax)
    assert "来源：示例市，2015、2016年计划，共2份。" in foot(ax)
    assert "* 示例构造文本，并非官方文件：2015年。" in foot(ax)


def test_events_of_tracks_become_status_words(tracks: TracksPlots) -> None:
    named = [text.get_text() for text in tracks.timeline().get_legend().get_texts()]
    assert named == ["延续", "退出"]


def test_an_initiative_can_be_kept_in_colour(tracks: TracksPlots) -> None:
    from matplotlib.colors import to_hex

    blocks = [p for p in tracks.flow(highlight="b").patches if p.get_gid() == "block"]
    assert [to_hex(b.get_facecolor()) == "#c9c9c9" for b in blocks] == [True, False, True]


def test_ranks_and_language_pass_through(tracks: TracksPlots) -> None:
    ax = tracks.agencies(kind="ranks", lang="en")
    assert ax.get_title(loc="left") == "Ranks of agencies by items"
