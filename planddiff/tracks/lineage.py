"""Links between years become initiatives: chains of items with an identity of their own.

The rule, in the order in which it is applied:

1. *Mass.* A link carries ``weight``, the share of the old item's text that went into the new item
   (``forward``); where the parts of a split overlap and sum to more than 1, they are scaled to 1.
   What no link carries is the item's ``lost_share``; both always sum to 1.
2. *Main line.* Between two years an initiative goes on along at most one link. The strongest link
   by ``sqrt(forward * backward)`` is taken first, then the strongest among the items still free.
   So the largest part of a split keeps the identity, and the largest contributor to a merger
   lends it. Overlap in both directions is the matching criterion of MONIC (Spiliopoulou et al.
   2006) and of Group Evolution Discovery (Bródka, Saganowski & Kazienko 2013).
3. *Kin.* Every other link makes two initiatives kin: a part that splits off has the splitting
   initiative as parent; an initiative that is absorbed has the absorbing one as child.
4. *Name.* ``initiative_id`` is the founding year and the fingerprint of the founding item, so a
   later year never changes it.

Connected components alone would glue everything that ever split or merged into one lump over the
years; they are kept as ``family``.

References
----------
Spiliopoulou, M., Ntoutsi, I., Theodoridis, Y. & Schult, R. (2006). MONIC: modeling and monitoring
cluster transitions. KDD '06, 706-711.
Bródka, P., Saganowski, S. & Kazienko, P. (2013). GED: the method for group evolution discovery in
social networks. Social Network Analysis and Mining 3, 1-14.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError

ITEM_COLUMNS = ["item_id", "year", "ordinal", "fingerprint"]
LINK_COLUMNS = ["old_id", "new_id", "similarity", "confidence", "forward", "backward"]


@dataclass(frozen=True)
class Lineages:
    """Chains of items and how they are related.

    Attributes
    ----------
    members : DataFrame
        One row per item: ``initiative_id``, ``item_id``, ``year``, ``weight`` (share of what the
        item inherits that comes from its own initiative, 1 for a founding item), ``lost_share``
        (share of its text that no link carries on; missing in the last year, where nobody knows).
    links : DataFrame
        The links given, plus ``weight``, ``main`` (the initiative goes on along it),
        ``old_initiative`` and ``new_initiative``.
    kinship : DataFrame
        One row per link between two initiatives: ``parent``, ``child``, ``year``, ``weight``,
        ``old_id``, ``new_id``.
    families : Series
        ``initiative_id`` to the id of the oldest initiative it is connected with.
    """

    members: pd.DataFrame
    links: pd.DataFrame
    kinship: pd.DataFrame
    families: pd.Series


def build_lineages(items: pd.DataFrame, links: pd.DataFrame) -> Lineages:
    """Chain items into initiatives along the main line of their links.

    Parameters
    ----------
    items : DataFrame
        ``item_id`` (unique), ``year``, ``ordinal``, ``fingerprint``; any order.
    links : DataFrame
        ``old_id``, ``new_id``, ``similarity``, ``confidence``, ``forward``, ``backward``, all in
        0..1; links across a gap of years included; any order, any further columns.

    Returns
    -------
    Lineages

    Raises
    ------
    InvalidInputError
        A column is missing, an ``item_id`` occurs twice, or a link names an unknown item or does
        not run forward in time.

    Examples
    --------
    >>> items = pd.DataFrame({
    ...     "item_id": ["a", "b", "c"], "year": [2014, 2015, 2015],
    ...     "ordinal": [1, 1, 2], "fingerprint": ["f0", "f1", "f2"]})
    >>> links = pd.DataFrame({
    ...     "old_id": ["a", "a"], "new_id": ["b", "c"], "similarity": [0.8, 0.5],
    ...     "confidence": [0.9, 0.7], "forward": [0.6, 0.2], "backward": [0.9, 0.8]})
    >>> lineages = build_lineages(items, links)
    >>> lineages.members[["initiative_id", "item_id"]].values.tolist()
    [['2014-f0', 'a'], ['2014-f0', 'b'], ['2015-f2', 'c']]
    >>> lineages.kinship[["parent", "child", "year"]].values.tolist()
    [['2014-f0', '2015-f2', 2015]]
    """
    items = _ordered_items(items)
    links = _ordered_links(items, links)
    links["weight"] = carried_weights(links)
    links["main"] = _main_line(links)
    chain_of = _chains(items, links)
    links["old_initiative"] = links["old_id"].map(chain_of)
    links["new_initiative"] = links["new_id"].map(chain_of)
    members = _members(items, links, chain_of)
    kin = links.loc[~links["main"]]
    kinship = pd.DataFrame(
        {
            "parent": kin["old_initiative"],
            "child": kin["new_initiative"],
            "year": kin["new_year"],
            "weight": kin["weight"],
            "old_id": kin["old_id"],
            "new_id": kin["new_id"],
        }
    ).reset_index(drop=True)
    return Lineages(members, links, kinship, _families(members, kinship))


def carried_weights(links: pd.DataFrame) -> pd.Series:
    """Share of each old item that each link carries; sums to at most 1 over an item.

    Parameters
    ----------
    links : DataFrame
        ``old_id`` and ``forward`` (0..1).

    Returns
    -------
    Series
        Weights on the index of `links`.
    """
    forward = links["forward"].clip(0, 1)
    total = forward.groupby(links["old_id"]).transform("sum")
    return forward / total.clip(lower=1.0)


def _ordered_items(items: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in ITEM_COLUMNS if name not in items.columns]
    if missing:
        raise InvalidInputError(f"items lack the columns {missing}; pass Plan.items tables.")
    twice = items.loc[items["item_id"].duplicated(), "item_id"]
    if len(twice):
        raise InvalidInputError(
            f"item_id {twice.iloc[0]!r} occurs more than once; was the same plan given twice?"
        )
    return items.sort_values(["year", "ordinal", "item_id"], kind="stable").reset_index(drop=True)


def _ordered_links(items: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in LINK_COLUMNS if name not in links.columns]
    if missing:
        raise InvalidInputError(f"links lack the columns {missing}; pass Comparison.links tables.")
    place = pd.Series(range(len(items)), index=items["item_id"])
    known = links["old_id"].isin(place.index) & links["new_id"].isin(place.index)
    if not known.all():
        stray = links.loc[~known, ["old_id", "new_id"]].iloc[0].tolist()
        raise InvalidInputError(f"link {stray} names an item that is in none of the plans.")
    year_of = items.set_index("item_id")["year"]
    links = links.astype(dict.fromkeys(LINK_COLUMNS[2:], float)).assign(
        old_year=links["old_id"].map(year_of).astype(int),
        new_year=links["new_id"].map(year_of).astype(int),
    )
    backward = links.loc[links["old_year"] >= links["new_year"], ["old_id", "new_id"]]
    if len(backward):
        raise InvalidInputError(
            f"link {backward.iloc[0].tolist()} does not run from an earlier to a later year."
        )
    order = pd.DataFrame(
        {
            "new_year": links["new_year"],
            "old": links["old_id"].map(place),
            "new": links["new_id"].map(place),
        }
    ).sort_values(["new_year", "old", "new"], kind="stable")
    return links.loc[order.index].reset_index(drop=True)


def _main_line(links: pd.DataFrame) -> pd.Series:
    """Which links an initiative goes on along: strongest first, one per item and direction."""
    strength = np.sqrt(links["forward"].clip(0, 1) * links["backward"].clip(0, 1))
    ranked = links.assign(strength=strength.round(6)).sort_values(
        ["strength", "similarity", "confidence"], ascending=False, kind="stable"
    )
    left: set[str] = set()
    entered: set[str] = set()
    chosen = []
    for old, new in zip(ranked["old_id"], ranked["new_id"], strict=True):
        free = old not in left and new not in entered
        chosen.append(free)
        if free:
            left.add(old)
            entered.add(new)
    return pd.Series(chosen, index=ranked.index, dtype=bool).reindex(links.index)


def _chains(items: pd.DataFrame, links: pd.DataFrame) -> dict[str, str]:
    """Item id to initiative id."""
    main = links.loc[links["main"]]
    origin = dict(zip(main["new_id"], main["old_id"], strict=True))
    chain_of: dict[str, str] = {}
    taken: set[str] = set()
    for item, year, print_ in zip(
        items["item_id"], items["year"], items["fingerprint"], strict=True
    ):
        if item in origin:
            chain_of[item] = chain_of[origin[item]]
            continue
        name = next(name for name in _names(int(year), str(print_)) if name not in taken)
        taken.add(name)
        chain_of[item] = name
    return chain_of


def _names(year: int, fingerprint: str) -> Iterator[str]:
    """Names for a founding item; the later ones serve items of one year with the same text."""
    stem = f"{year}-{fingerprint[:10]}"
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _members(items: pd.DataFrame, links: pd.DataFrame, chain_of: dict[str, str]) -> pd.DataFrame:
    inherited = links["backward"].clip(0, 1)
    total = inherited.groupby(links["new_id"]).transform("sum")
    portion = (inherited / total).where(total > 0, 1.0)
    own = portion[links["main"]].set_axis(links.loc[links["main"], "new_id"])
    carried = links.groupby("old_id")["weight"].sum()
    members = pd.DataFrame(
        {
            "initiative_id": items["item_id"].map(chain_of),
            "item_id": items["item_id"],
            "year": items["year"].astype(int),
            "weight": items["item_id"].map(own).astype(float).fillna(1.0),
            "lost_share": 1.0 - items["item_id"].map(carried).astype(float).fillna(0.0),
        }
    )
    members.loc[members["year"] == members["year"].max(), "lost_share"] = np.nan
    return members


def _families(members: pd.DataFrame, kinship: pd.DataFrame) -> pd.Series:
    head = {name: name for name in members["initiative_id"]}
    rank = {name: place for place, name in enumerate(head)}

    def root(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    for parent, child in zip(kinship["parent"], kinship["child"], strict=True):
        elder, younger = sorted((root(parent), root(child)), key=rank.__getitem__)
        head[younger] = elder
    return pd.Series({name: root(name) for name in head}, name="family", dtype="object")
