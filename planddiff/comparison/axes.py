"""The axes on which a linked pair of items may have changed, each judged on its own."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, LCSseq

from planddiff.fields.agency_register import AgencyRegister, lead_change
from planddiff.fields.deadlines import find_due_dates
from planddiff.fields.strength import item_strength
from planddiff.fields.target_links import changes_of_pairs, targets_by_item

VERBATIM, LIGHT = 0.9, 0.5
"""Wording: at least nine tenths in common is verbatim, at least half is light."""

_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_SESSION = re.compile(r"第[〇零一二两三四五六七八九十百千万]+届")
_NOT_WORDS = re.compile(r"[\W_]+")
_RUN = 4
# An item is compared with the year before, with the year after, and under other dials: what it says
# by itself is read once.
_once = lru_cache(maxsize=4_000)


@dataclass(frozen=True)
class Sides:
    """What the axes need of the two plans; items by ``item_id``."""

    old_items: dict[str, dict[str, Any]]
    new_items: dict[str, dict[str, Any]]
    targets: Sequence[pd.DataFrame]
    old_year: int | None
    new_year: int | None
    region: str | None
    register: AgencyRegister


def change_axes(links: Mapping[str, Any], sides: Sides) -> dict[str, NDArray[Any]]:
    """Judge every link on every axis.

    Parameters
    ----------
    links : DataFrame or its columns
        ``old_id``, ``new_id``, ``relation``.
    sides : Sides

    Returns
    -------
    dict of arrays
        In the order of `links`: ``wording`` (verbatim/light/substantive), ``target_change``,
        ``lead_change`` (no/yes/renamed_only), ``deadline_change``
        (none/earlier/later/new/removed), ``strength_change`` (none/raised/lowered),
        ``scope_change`` (none/widened/narrowed), ``moved`` (bool).
    """
    olds = [sides.old_items[item] for item in links["old_id"]]
    news = [sides.new_items[item] for item in links["new_id"]]
    both = list(zip(olds, news, strict=True))
    whole = [relation == "continued" for relation in links["relation"]]
    years = sides.old_year, sides.new_year
    pairs = list(zip(links["old_id"], links["new_id"], strict=True))
    texts = {row["item_id"]: row["text"] for row in (*olds, *news)}
    targets = targets_by_item(sides.targets, texts.keys())
    words = {
        "wording": [
            wording(old["core"], new["core"], whole=w)
            for (old, new), w in zip(both, whole, strict=True)
        ],
        "target_change": changes_of_pairs(pairs, targets, texts),
        "lead_change": [
            lead_change(old["lead"], new["lead"], register=sides.register, region=sides.region)
            for old, new in both
        ],
        "deadline_change": [deadline_change(old["text"], new["text"], *years) for old, new in both],
        "strength_change": [_strength(old["core"], new["core"]) for old, new in both],
        "scope_change": [_scope(old["core"], new["core"]) for old, new in both],
    }
    moved = moved_sections(*([row["section"] for row in side] for side in (olds, news)))
    return {
        **{axis: np.array(said, dtype=object) for axis, said in words.items()},
        "moved": np.array(moved, dtype=bool),
    }


def wording(old: str, new: str, *, whole: bool = True) -> str:
    """``verbatim``, ``light`` or ``substantive``: how much of the words stayed.

    Figures, session numbers and punctuation are ignored. For a part of a split or merger
    (``whole=False``) the shorter text counts: the share of it found in runs of four characters.

    Examples
    --------
    >>> wording("培育20家工程公司。", "培育30家工程公司。")
    'verbatim'
    """
    a, b = _plain(old), _plain(new)
    common = Indel.normalized_similarity(a, b)
    if not whole and min(len(a), len(b)) > 0:
        blocks = LCSseq.editops(a, b).as_matching_blocks()
        runs = sum(block.size for block in blocks if block.size >= _RUN)
        common = max(common, runs / min(len(a), len(b)))
    return "verbatim" if common >= VERBATIM else "light" if common >= LIGHT else "substantive"


@_once
def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", _SESSION.sub("第0届", _FIGURES.sub("0", text)))


def deadline_change(old: str, new: str, old_year: int | None, new_year: int | None) -> str:
    """Whether the deadline moved within the year of its plan: the yearly renewal is no change.

    Returns
    -------
    str
        ``none``, ``earlier``, ``later``, ``new`` or ``removed``.

    Examples
    --------
    >>> deadline_change("2017年12月底前完成。", "2018年10月底前完成。", 2017, 2018)
    'earlier'
    """
    before, after = _last_day(old, old_year), _last_day(new, new_year)
    if before is None or after is None:
        return "none" if before == after else "new" if before is None else "removed"
    if before == after:
        return "none"
    return "earlier" if after < before else "later"


@_once
def _last_day(text: str, year: int | None) -> tuple[int, int, int] | None:
    """The last explicit deadline, as (years after the plan's year, month, day)."""
    due = [mention.period_end for mention in find_due_dates(text, year=year)]
    ends: list[date] = [end for end in due if end is not None]
    if not ends:
        return None
    last = max(ends)
    return (last.year - (year or last.year), last.month, last.day)


_item_strength = _once(item_strength)


def _strength(old: str, new: str) -> str:
    before, after = _item_strength(old), _item_strength(new)
    if before is None or after is None or before.rank == after.rank:
        return "none"
    return "raised" if after.rank > before.rank else "lowered"


@cache
def _scope_words() -> tuple[tuple[int, re.Pattern[str]], ...]:
    text = (files("planddiff") / "data" / "scope.csv").read_text(encoding="utf-8")
    by_reach: dict[int, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        by_reach.setdefault(int(row["reach"]), []).append(re.escape(row["term"]))
    widest_first = sorted(by_reach.items(), reverse=True)
    return tuple((reach, re.compile("|".join(words))) for reach, words in widest_first)


@_once
def _reach(text: str) -> int | None:
    return next((reach for reach, words in _scope_words() if words.search(text)), None)


def _scope(old: str, new: str) -> str:
    before, after = _reach(old), _reach(new)
    if before is None or after is None or before == after:
        return "none"
    return "widened" if after > before else "narrowed"


def moved_sections(old: Sequence[str], new: Sequence[str]) -> list[bool]:
    """Whether each link leads to a section that does not carry on the old one.

    Two sections correspond when they have one title, or when half of the links of either lead to
    the other.
    """
    pairs = list(zip(old, new, strict=True))
    together, leaving, arriving = Counter(pairs), Counter(old), Counter(new)
    return [
        bool(a and b) and a != b and 2 * together[a, b] < min(leaving[a], arriving[b])
        for a, b in pairs
    ]
