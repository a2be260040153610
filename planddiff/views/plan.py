"""A plan: what was read, what is doubtful, then its items with their text."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from planddiff.views.parts import (
    Markup,
    chip,
    chips,
    folded,
    folding_row,
    heading,
    joined,
    page,
    short,
    tag,
)

ITEMS = 400
_HEAD = ("no.", "item", "lead", "targets", "deadline", "themes")
_DOUBTS = 50


def plan_view(
    facts: Mapping[str, Any],
    items: pd.DataFrame,
    counts: Mapping[str, int],
    log: pd.DataFrame,
) -> str:
    """HTML of a plan.

    Parameters
    ----------
    facts : mapping
        ``title``, ``year``, ``constructed``, and whatever else is to be told below them.
    items : DataFrame
        ``number``, ``section``, ``title``, ``body``, ``lead``, ``n_targets``, ``deadline``,
        ``themes``; the first ``ITEMS`` are listed.
    counts : mapping of str to int
        What else was found, such as agencies.
    log : DataFrame
        ``kind``, ``before``, ``message``.

    Returns
    -------
    str
    """
    told = [f"{name} {value}" for name, value in facts.items() if value not in (None, "")]
    told = [each for each in told if not each.startswith(("title ", "constructed "))]
    severity = log["kind"].map(_severities())
    rows = severity.value_counts()
    found = [f"{len(items)} items", *(f"{count} {name}" for name, count in counts.items())]
    shown = [chip(each) for each in found]
    shown += [
        chip(f"{rows[kind]} log rows: {kind}", "doubt" if kind == "doubt" else "")
        for kind in ("repair", "set aside", "doubt")
        if kind in rows
    ]
    return page(
        heading(pd.DataFrame([facts], columns=["title", "year", "constructed"])),
        tag("p", " · ".join(told), css="quiet"),
        chips(shown),
        _doubts(log[severity == "doubt"]),
        _items(items),
    )


@cache
def _severities() -> dict[str, str]:
    with files("planddiff.data").joinpath("log_kinds.csv").open(encoding="utf-8") as stream:
        return {row["kind"]: row["severity"] for row in csv.DictReader(stream)}


def _doubts(log: pd.DataFrame) -> Markup:
    if log.empty:
        return Markup()
    rows = [
        tag("p", tag("b", kind), f" {message} ", tag("span", before[:80], css="quiet"))
        for kind, message, before in log[["kind", "message", "before"]][:_DOUBTS].itertuples(
            index=False
        )
    ]
    rest = len(log) - len(rows)
    more = tag("p", f"{rest} more: plan.log", css="quiet") if rest else Markup()
    return folded(f"doubts ({len(log)})", tag("div", *rows, more, css="inside"))


def _items(items: pd.DataFrame) -> Markup:
    if items.empty:
        return Markup()
    names = tag("div", joined((tag("span", each) for each in _HEAD), " "), css="row names")
    rows = [names]
    section = None
    for item in items[:ITEMS].to_dict("records"):
        if item["section"] != section:
            section = item["section"]
            rows.append(tag("div", section or "without a section", css="section"))
        rows.append(folding_row(_cells(item), item["body"]))
    rest = len(items) - ITEMS
    more = tag("p", f"{rest} more items: plan.items", css="quiet") if rest > 0 else Markup()
    return joined([tag("div", *rows, css="list items"), more])


def _cells(item: Mapping[Any, Any]) -> list[Markup]:
    return [
        tag("span", item["number"], css="number"),
        tag("span", short(item["title"]), css="title"),
        tag("span", "、".join(item["lead"]), hint="lead"),
        tag("span", item["n_targets"] or "", css="number", hint="targets"),
        tag("span", item["deadline"] or "", hint="deadline"),
        tag("span", "、".join(item["themes"]), hint="themes"),
    ]
