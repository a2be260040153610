"""A comparison: how many items have which status, then every item with what changed in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from planddiff.views.parts import (
    Markup,
    Part,
    chip,
    chips,
    folding_row,
    heading,
    joined,
    page,
    short,
    tag,
)

REDLINES = 100
_NAMES = ("old", "new", "item", "status", "what changed", "confidence")
_AXES = {
    "target_change": "targets",
    "lead_change": "lead",
    "deadline_change": "deadline",
    "strength_change": "strength",
    "scope_change": "scope",
}
_SAME = ("none", "no", "")
_WORDS = {"yes": "changed", "renamed_only": "renamed"}


def comparison_view(
    documents: pd.DataFrame,
    items: pd.DataFrame,
    links: pd.DataFrame,
    redline: Callable[[str, str], str],
) -> str:
    """HTML of a comparison.

    Parameters
    ----------
    documents : DataFrame
        ``title``, ``year``, ``constructed``; the old and the new one.
    items : DataFrame
        ``side``, ``item_id``, ``ordinal``, ``title``, ``status``.
    links : DataFrame
        ``old_id``, ``new_id``, ``old_ordinal``, ``new_ordinal``, the axes of change,
        ``confidence``, ``stable``, ``tie``.
    redline : callable
        HTML of the change of wording between two items, by their ids. It is asked for the first
        ``REDLINES`` links in which anything changed.

    Returns
    -------
    str
    """
    known = {row["item_id"]: row for row in items.to_dict("records")}
    linked = links.sort_values(["old_ordinal", "new_ordinal"]).to_dict("records")
    rows = []
    shown = 0
    for link in linked:
        inside = ""
        if shown < REDLINES and _changes(link):
            inside = Markup(redline(link["old_id"], link["new_id"]))
            shown += 1
        row = folding_row(_link_cells(link, known[link["old_id"]], known[link["new_id"]]), inside)
        rows.append((0, link["old_ordinal"], link["new_ordinal"], row))
    alone = items[~items["item_id"].isin([*links["old_id"], *links["new_id"]])]
    for item in alone.to_dict("records"):
        place = int(item["side"] == "new")
        rows.append((place, item["ordinal"], 0, folding_row(_single_cells(item))))
    rows.sort(key=lambda each: each[:3])
    names = tag("div", joined((tag("span", each) for each in _NAMES), " "), css="row names")
    listed = tag("div", names, *(row for *_, row in rows), css="list")
    return page(heading(documents), _counts(items, links), listed, _note(shown))


def _counts(items: pd.DataFrame, links: pd.DataFrame) -> Markup:
    sides = items["side"].value_counts()
    doubtful = int((~links["stable"] | links["tie"]).sum())
    line = (
        f"{sides.get('old', 0)} old and {sides.get('new', 0)} new items, {len(links)} links, "
        f"{doubtful} of them doubtful"
    )
    counts = items.groupby(["status", "side"], sort=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["old", "new"], fill_value=0)
    found = [
        chip(f"{status} {_both(old, new)}", status, f"{old} old and {new} new items")
        for status, old, new in counts.loc[_in_order(counts)].itertuples(name=None)
    ]
    return joined([tag("p", line), chips(found)])


def _in_order(counts: pd.DataFrame) -> list[str]:
    order = ["persisted", "changed", "split", "merged", "recombined", "returned", "dropped"]
    known = [*order, "new", "uncertain"]
    return sorted(counts.index, key=known.index)


def _both(old: int, new: int) -> str:
    if old == new or not new:
        return str(old)
    return f"{old} → {new}" if old else str(new)


def _link_cells(
    link: Mapping[Any, Any], old: Mapping[Any, Any], new: Mapping[Any, Any]
) -> list[Markup]:
    names = dict.fromkeys([old["title"], new["title"]])
    title = joined((short(name) for name in names), " → ")
    sure: list[Part] = [f"{link['confidence']:.2f}"]
    if link["tie"]:
        sure.append(chip("doubtful", "doubt", "another pair is as good"))
    elif not link["stable"]:
        sure.append(chip("doubtful", "doubt", "near the threshold: read it yourself"))
    return [
        tag("span", link["old_ordinal"], css="number"),
        tag("span", link["new_ordinal"], css="number"),
        tag("span", title, css="title"),
        tag("span", chip(old["status"], old["status"])),
        tag("span", _changes(link)),
        tag("span", joined(sure, " "), hint="confidence"),
    ]


def _changes(link: Mapping[Any, Any]) -> str:
    said = [] if link["wording"] == "verbatim" else [f"wording {link['wording']}"]
    for axis, name in _AXES.items():
        if link[axis] not in _SAME:
            said.append(f"{name} {_WORDS.get(link[axis], link[axis])}")
    if link["moved"]:
        said.append("moved to another section")
    return ", ".join(said)


def _single_cells(item: Mapping[Any, Any]) -> list[Markup]:
    numbers = [item["ordinal"], "–"] if item["side"] == "old" else ["–", item["ordinal"]]
    return [
        *(tag("span", each, css="number") for each in numbers),
        tag("span", short(item["title"]), css="title"),
        tag("span", chip(item["status"], item["status"])),
        tag("span"),
        tag("span"),
    ]


def _note(shown: int) -> Markup:
    said = "A click on a row opens its redline." if shown else ""
    if shown == REDLINES:
        said += f" Redlines of the first {shown} links; for any other: cmp.redline(old=, new=)."
    return tag("p", said, css="quiet") if said else Markup()
