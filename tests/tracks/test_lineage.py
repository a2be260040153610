from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.errors import InvalidInputError
from planddiff.tracks.lineage import Lineages, build_lineages
from tests.tracks.chains import make_items, make_links


def chain_of(lineages: Lineages) -> dict[str, str]:
    return dict(zip(lineages.members["item_id"], lineages.members["initiative_id"], strict=True))


def test_id_is_founding_year_and_fingerprint() -> None:
    lineages = build_lineages(make_items("a14", "a15"), make_links(("a14", "a15", 0.9, 0.9)))
    assert chain_of(lineages) == {"a14": "2014-printa14", "a15": "2014-printa14"}


def test_largest_part_of_a_split_keeps_the_identity() -> None:
    links = make_links(("a14", "a15", 0.2, 0.9), ("a14", "b15", 0.7, 0.9))
    lineages = build_lineages(make_items("a14", "a15", "b15"), links)
    chains = chain_of(lineages)
    assert chains["b15"] == chains["a14"]
    assert chains["a15"] == "2015-printa15"
    kin = lineages.kinship.iloc[0]
    assert (kin["parent"], kin["child"], kin["year"]) == ("2014-printa14", "2015-printa15", 2015)


def test_largest_contributor_lends_a_merger_its_identity() -> None:
    links = make_links(("a14", "a15", 0.9, 0.3), ("b14", "a15", 0.9, 0.6))
    lineages = build_lineages(make_items("a14", "b14", "a15"), links)
    chains = chain_of(lineages)
    assert chains["a15"] == chains["b14"] != chains["a14"]
    kin = lineages.kinship.iloc[0]
    assert (kin["parent"], kin["child"]) == ("2014-printa14", "2014-printb14")
    weight = lineages.members.set_index("item_id").at["a15", "weight"]
    assert weight == pytest.approx(0.6 / 0.9)


def test_recombined_items_go_on_along_their_strongest_links() -> None:
    links = make_links(("a14", "a15", 0.4, 0.4), ("a14", "b15", 0.5, 0.5), ("b14", "b15", 0.6, 0.6))
    chains = chain_of(build_lineages(make_items("a14", "b14", "a15", "b15"), links))
    assert chains["b15"] == chains["b14"]
    assert chains["a15"] == chains["a14"]


def test_component_is_the_family_and_the_chain_is_not() -> None:
    links = make_links(
        ("a14", "a15", 0.6, 0.9),
        ("a14", "b15", 0.4, 0.9),
        ("b15", "b16", 0.9, 0.5),
        ("c15", "b16", 0.9, 0.4),
    )
    lineages = build_lineages(make_items("a14", "a15", "b15", "c15", "b16"), links)
    assert lineages.members["initiative_id"].nunique() == 3
    assert set(lineages.families) == {"2014-printa14"}


def test_twin_items_of_one_year_get_two_ids() -> None:
    items = make_items("a14", "b14").assign(fingerprint="same")
    chains = chain_of(build_lineages(items, make_links()))
    assert chains == {"a14": "2014-same", "b14": "2014-same-2"}


def test_link_across_a_gap_continues_the_initiative() -> None:
    links = make_links(("a14", "a16", 0.8, 0.8))
    lineages = build_lineages(make_items("a14", "b15", "a16"), links)
    assert chain_of(lineages)["a16"] == "2014-printa14"


def test_last_year_has_no_known_loss() -> None:
    lineages = build_lineages(make_items("a14", "a15"), make_links(("a14", "a15", 0.75, 0.9)))
    lost = lineages.members.set_index("item_id")["lost_share"]
    assert lost["a14"] == pytest.approx(0.25)
    assert pd.isna(lost["a15"])


@pytest.mark.parametrize(
    ("items", "links", "message"),
    [
        (make_items("a14").drop(columns="fingerprint"), make_links(), "fingerprint"),
        (make_items("a14", "a14"), make_links(), "'a14' occurs more than once"),
        (make_items("a14"), make_links(("a14", "z15", 1, 1)), "names an item"),
        (make_items("a14", "a15"), make_links(("a15", "a14", 1, 1)), "earlier to a later"),
        (make_items("a14"), make_links().drop(columns="forward"), "forward"),
    ],
)
def test_wrong_tables_are_named(items: pd.DataFrame, links: pd.DataFrame, message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        build_lineages(items, links)


@st.composite
def histories(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    names = [f"{chr(97 + n)}{14 + year}" for year, size in enumerate(sizes) for n in range(size)]
    rows = []
    for year, (size, following) in enumerate(pairwise(sizes)):
        pairs = [(o, n) for o in range(size) for n in range(following)]
        for old, new in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8)):
            share = st.integers(0, 20).map(lambda n: n / 20)
            rows.append(
                (
                    f"{chr(97 + old)}{14 + year}",
                    f"{chr(97 + new)}{15 + year}",
                    draw(share),
                    draw(share),
                )
            )
    return make_items(*names), make_links(*rows)


@given(histories())
@settings(max_examples=30, deadline=None)
def test_mass_is_conserved(history: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    items, links = history
    lineages = build_lineages(items, links)
    carried = lineages.links.groupby("old_id")["weight"].sum()
    known = lineages.members.dropna(subset=["lost_share"])
    total = known["lost_share"] + known["item_id"].map(carried).fillna(0.0)
    assert total.to_numpy() == pytest.approx(1.0)
    assert known["lost_share"].between(-1e-9, 1).all()


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_row_order_changes_nothing(
    history: tuple[pd.DataFrame, pd.DataFrame], random: object
) -> None:
    items, links = history
    expected = build_lineages(items, links)
    seed = random.randrange(1000)  # type: ignore[attr-defined]
    shuffled = build_lineages(
        items.sample(frac=1, random_state=seed), links.sample(frac=1, random_state=seed)
    )
    pd.testing.assert_frame_equal(shuffled.members, expected.members)
    pd.testing.assert_frame_equal(shuffled.links, expected.links)
    pd.testing.assert_series_equal(shuffled.families, expected.families)


@given(histories())
@settings(max_examples=30, deadline=None)
def test_a_later_year_changes_no_chain(history: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    items, links = history
    last = items["year"].max()
    early = build_lineages(items[items["year"] < last], links[links["new_year"] < last])
    full = build_lineages(items, links)
    keys = ["initiative_id", "item_id", "year", "weight"]
    kept = full.members.loc[full.members["year"] < last, keys]
    pd.testing.assert_frame_equal(kept, early.members[keys])


@given(histories())
@settings(max_examples=30, deadline=None)
def test_an_initiative_has_one_item_a_year(history: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    lineages = build_lineages(*history)
    assert not lineages.members.duplicated(["initiative_id", "year"]).any()
    assert len(lineages.members) == len(history[0])
