"""Two plans compared: links, statuses, explanations, redlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from planddiff.bundle import Bundling
from planddiff.comparison.all_pairs import all_pairs
from planddiff.comparison.axes import Sides, change_axes
from planddiff.comparison.explain import Explanation, explain_pair
from planddiff.comparison.links import STATUSES, item_statuses, relations
from planddiff.comparison.redline import Redline, redline
from planddiff.comparison.tables import comparison_tables
from planddiff.comparison.weighing import weigh_pairs
from planddiff.decisions import Decisions, as_decisions
from planddiff.decisions.replay import decisions_report
from planddiff.errors import InvalidInputError
from planddiff.evidence import PIECES
from planddiff.export import Exporting
from planddiff.export.plans import document_table
from planddiff.fields.agency_register import load_register
from planddiff.matching import Matcher
from planddiff.plan import Plan
from planddiff.review import Reviewing
from planddiff.views import comparison_view

if TYPE_CHECKING:
    from planddiff.charts.accessors import ComparisonPlots

LINK_COLUMNS = [
    "old_id", "new_id", "old_year", "new_year", "old_ordinal", "new_ordinal", "relation",
    "similarity", "confidence", "false_link_rate", "forward", "backward", "margin", "wording",
    "target_change", "lead_change", "deadline_change", "strength_change", "scope_change", "moved",
    "stable", "tie", "decision",
]  # fmt: skip
ITEM_COLUMNS = ["side", "item_id", "ordinal", "title", "status", "partners"]


@dataclass(frozen=True, eq=False)
class Comparison(Exporting, Reviewing, Bundling):
    """What became of the items of one plan in another.

    Attributes
    ----------
    old, new : Plan
    links : DataFrame
        One row per link, columns ``LINK_COLUMNS`` and one per piece of evidence.
    items : DataFrame
        Every compared item of both plans once: ``side``, ``item_id``, ``ordinal``, ``title``,
        ``status``, ``partners`` (item ids).
    weighed : dict of arrays
        The columns of :attr:`candidates`.
    decisions : DataFrame
        Every decision given, with ``status`` (applied/not_applicable) and ``reason``.
    matcher : Matcher
    """

    old: Plan
    new: Plan
    links: pd.DataFrame
    items: pd.DataFrame
    weighed: Mapping[str, Any]
    decisions: pd.DataFrame
    matcher: Matcher
    context: tuple[Plan, ...] = field(default=(), repr=False)

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """All pairs that were weighed: what the links were taken from.

        Columns: the evidence, ``machine`` (a link by its evidence), ``decision``, ``linked``.
        """
        return pd.DataFrame(self.weighed)

    def summary(self) -> pd.DataFrame:
        """Number and share of items by status and side.

        Returns
        -------
        DataFrame
            Index ``status``; columns ``old``, ``new`` (counts), ``old_share``, ``new_share``
            (0 to 1, of the items of the side).
        """
        sides = ("old", "new")
        ends = self.items["status"].tolist(), self.items["side"].tolist()
        seen = Counter(zip(*ends, strict=True))
        shown = [each for each in STATUSES if any(seen[each, side] for side in sides)]
        columns: dict[str, Any] = {
            side: np.array([seen[each, side] for each in shown], dtype=np.int64) for side in sides
        }
        for side in sides:
            columns[f"{side}_share"] = columns[side] / max(columns[side].sum(), 1)
        return pd.DataFrame(columns, index=pd.Index(shown, name="status", dtype=object))

    def explain(self, old: int | str, new: int | str) -> Explanation:
        """Why a pair of items is, or is not, a link.

        Parameters
        ----------
        old, new : int or str
            Ordinal or ``item_id`` of the old and of the new item.

        Raises
        ------
        InvalidInputError
            No such item among those compared.
        """
        pair = self._item("old", old), self._item("new", new)
        return explain_pair(self.candidates, *pair, self.old, self.new, self.matcher)

    def redline(self, old: int | str, new: int | str) -> Redline:
        """The change of wording between two items, whole words and figures kept together.

        Parameters and errors as in :meth:`explain`; the texts are the canonical bodies.
        """
        texts = [
            plan.items.loc[plan.items["item_id"] == self._item(side, which), "text"].iloc[0]
            for side, plan, which in (("old", self.old, old), ("new", self.new, new))
        ]
        return redline(*texts)

    def sensitivity(self, thresholds: Sequence[float] = (0.3, 0.4, 0.5, 0.6, 0.7)) -> pd.DataFrame:
        """Headline shares under other thresholds of confidence.

        Returns
        -------
        DataFrame
            Index ``threshold``; ``links``, ``carried`` (share of old items with a link),
            ``dropped``, ``new`` (shares of the items of their side).
        """
        sizes = self.items["side"].value_counts()
        n_old, n_new = max(int(sizes.get("old", 0)), 1), max(int(sizes.get("new", 0)), 1)
        rows = []
        for threshold in thresholds:
            kept = self.candidates[
                (self.candidates["confidence"] >= threshold)
                & (self.candidates["decision"] != "reject")
                | (self.candidates["decision"] == "confirm")
            ]
            carried = kept["old_id"].nunique() / n_old
            rows.append(
                {
                    "threshold": threshold,
                    "links": len(kept),
                    "carried": carried,
                    "dropped": 1 - carried,
                    "new": 1 - kept["new_id"].nunique() / n_new,
                }
            )
        return pd.DataFrame(rows).set_index("threshold")

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name as they are handed in: titles beside ids, and a codebook."""
        return comparison_tables(self)

    def reviewed(self) -> tuple[Comparison]:
        """The comparisons whose pairs are reviewed: this one."""
        return (self,)

    def pairs(self) -> pd.DataFrame:
        """Every pair of an old and a new item, linked or not, with its evidence."""
        return all_pairs(self)

    def recipe(self) -> dict[str, Any]:
        """What this comparison was made from, as ``replication`` stores it."""
        plans = [self.old, self.new, *self.context]
        return {
            "kind": "compare",
            "plans": plans,
            "context": list(range(2, len(plans))),
            "matcher": self.matcher,
            "decisions": as_decisions(self.decisions),
            "options": {},
        }

    def dials(self) -> dict[str, Any]:
        """Everything that was set for this run."""
        return {"matcher": self.matcher.dials()}

    @property
    def plot(self) -> ComparisonPlots:
        """Charts of this comparison: ``cmp.plot.status()``, ``cmp.plot.flow()`` ..."""
        from planddiff.charts.accessors import ComparisonPlots

        return ComparisonPlots(self)

    def _item(self, side: str, which: int | str) -> str:
        mine = self.items[self.items["side"] == side]
        column = "item_id" if isinstance(which, str) else "ordinal"
        found = mine.loc[mine[column] == which, "item_id"]
        if found.empty:
            plan = self.old if side == "old" else self.new
            raise InvalidInputError(
                f"{side}={which!r}: no compared item of {plan.title!r} has this {column}; "
                f"see cmp.items"
            )
        return str(found.iloc[0])

    def __repr__(self) -> str:
        old = self.items["side"] == "old"
        sides = []
        for side, items in (("old", self.items[old]), ("new", self.items[~old])):
            counts = items["status"].value_counts()
            said = ", ".join(f"{counts[each]} {each}" for each in STATUSES if each in counts)
            sides.append(f"{len(items)} {side} items: {said}")
        years = f"{self.old.year} → {self.new.year}"
        return f"<Comparison {years}: {len(self.links)} links; {'; '.join(sides)}>"

    def _repr_html_(self) -> str:
        documents = document_table((self.old, self.new))
        return comparison_view(
            documents,
            self.items,
            self.links,
            lambda old, new: self.redline(old, new)._repr_html_(),
        )


def compare(
    old: Plan,
    new: Plan,
    *,
    matcher: Matcher | None = None,
    decisions: str | Path | pd.DataFrame | Decisions | None = None,
    context: Sequence[Plan] | None = None,
) -> Comparison:
    r"""Link the items of two plans and say what became of each.

    Parameters
    ----------
    old, new : Plan
        The earlier and the later plan.
    matcher : Matcher, optional
        The dials; :class:`planddiff.Matcher` with its defaults, where not given.
    decisions : path, DataFrame or Decisions, optional
        What coders decided (:func:`planddiff.read_decisions` tells the columns): a confirmed pair
        is a link and a rejected one is none, whatever their evidence.
    context : sequence of Plan, optional
        Plans from which the rarity of words is learned, where `old` and `new` are only parts.

    Returns
    -------
    Comparison

    Raises
    ------
    InvalidInputError
        Two plans of the same year, a plan without items to compare, or a table of decisions that
        lacks a column or contradicts itself.

    Examples
    --------
    >>> from planddiff.plan import parse_plan
    >>> old = parse_plan("一、产业\n1.推进智慧物流建设。建设物流信息平台。", year=2014)
    >>> new = parse_plan("一、产业\n1.推进智慧物流建设。完善物流信息平台。", year=2015)
    >>> compare(old, new).items["status"].tolist()
    ['persisted', 'persisted']
    """
    matcher = matcher or Matcher()
    _check(old, new, matcher)
    around = tuple(context or ())
    decided = as_decisions(decisions).in_force()
    prepared = matcher.prepare(old, new, context=around)
    pairs = weigh_pairs(prepared, matcher, decided)
    links = _links(pairs, old, new, matcher)
    return Comparison(
        old=old,
        new=new,
        links=pd.DataFrame(links, copy=False),
        items=_items(links, _doubts(pairs, matcher), *prepared.items),
        weighed={name: pairs[name] for name in pairs if name not in ("old", "new")},
        decisions=decisions_report(decided, *prepared.items, pairs),
        matcher=matcher,
        context=around,
    )


def _check(old: Plan, new: Plan, matcher: Matcher) -> None:
    for name, plan in (("old", old), ("new", new)):
        if not isinstance(plan, Plan):
            raise InvalidInputError(
                f"{name} is a {type(plan).__name__}; give a plan as read_plan returns it"
            )
        if not set(plan.items["part"]).intersection(matcher.parts):
            raise InvalidInputError(
                f"{plan.source or plan.title!r} has no items to compare (parts "
                f"{', '.join(matcher.parts)}); see plan.log and plan.items"
            )
    if old.year is not None and old.year == new.year and old.sha256 != new.sha256:
        raise InvalidInputError(
            f"both plans are of {old.year} ({old.source}, {new.source}); compare plans of "
            "different years, or give the right one with read_plan(..., year=)"
        )


def _links(pairs: Mapping[str, Any], old: Plan, new: Plan, matcher: Matcher) -> dict[str, Any]:
    columns: dict[str, Any] = {name: values[pairs["linked"]] for name, values in pairs.items()}
    decided = columns["decision"] == "confirm"
    n_links = len(decided)
    columns |= {
        "old_year": _years(old.year, n_links),
        "new_year": _years(new.year, n_links),
        "relation": np.array(relations(columns["old"], columns["new"]), dtype=object),
        "stable": (columns["confidence"] >= min(matcher.threshold + matcher.band, 1.0)) | decided,
        "tie": (columns["margin"] < matcher.tie) & ~decided,
    }
    sides = Sides(
        old_items=_by_id(old),
        new_items=_by_id(new),
        targets=[plan.targets for plan in (old, new)],
        old_year=old.year,
        new_year=new.year,
        region=new.region or None,
        register=load_register(),
    )
    columns |= change_axes(columns, sides)
    extra = [piece.name for piece in matcher.evidence]
    pieces = [name for name in PIECES if name not in LINK_COLUMNS]
    return {name: columns[name] for name in [*LINK_COLUMNS, *pieces, *extra]}


def _years(year: int | None, n_links: int) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(np.full(n_links, year or 0), np.full(n_links, year is None))


def _by_id(plan: Plan) -> dict[str, dict[str, Any]]:
    columns = ["item_id", "text", "core", "section", "lead"]
    values = zip(*(plan.items[name].tolist() for name in columns), strict=True)
    return {row[0]: dict(zip(columns, row, strict=True)) for row in values}


def _doubts(pairs: Mapping[str, Any], matcher: Matcher) -> dict[str, list[str]]:
    """Ends of the pairs that only just missed, and on which no coder spoke."""
    near = ~pairs["linked"] & (pairs["confidence"] >= matcher.threshold - matcher.band)
    near &= pairs["decision"] == ""
    return {name: pairs[name][near].tolist() for name in ("old_id", "new_id")}


def _items(
    links: Mapping[str, Any],
    doubts: Mapping[str, Sequence[str]],
    old: pd.DataFrame,
    new: pd.DataFrame,
) -> pd.DataFrame:
    sides = {"old": old, "new": new}
    found = item_statuses(links, doubts, old["item_id"].tolist(), new["item_id"].tolist())
    rows = [
        (side, item_id, ordinal, title, *found[side, item_id])
        for side, items in sides.items()
        for item_id, ordinal, title in zip(
            *(items[name].tolist() for name in ("item_id", "ordinal", "title")), strict=True
        )
    ]
    columns = zip(ITEM_COLUMNS, zip(*rows, strict=True), strict=True)
    return pd.DataFrame({name: list(values) for name, values in columns}, copy=False)
