"""Target changes of all links at once, with each target counted in one link only.

Where an item is split or merged, a target belongs to the link that carries it on. A target with a
counterpart belongs to the link where the counterpart is most alike; one without belongs to the
partner whose text has most of its words.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.fields.target_change import compare_targets, target_change

_SIDES = (("old", "new"), ("new", "old"))


def link_target_changes(
    links: pd.DataFrame, targets: pd.DataFrame, texts: Mapping[str, str]
) -> pd.Series[str]:
    """The `target_change` of every link.

    Parameters
    ----------
    links : DataFrame
        One row per link: `old_id`, `new_id`, and `old_year`, `new_year` if it holds several pairs
        of years.
    targets : DataFrame
        Rows of ``plan.targets`` of all items (`item_id` and the columns of `compare_targets`).
    texts : mapping of str to str
        Text of each item by `item_id`.

    Returns
    -------
    Series of str
        ``raised``, ``lowered``, ``restated``, ``removed``, ``new`` or ``none``, with the index of
        `links`.

    Raises
    ------
    InvalidInputError
        If `links` or `targets` lacks an id column, or `texts` an item.

    Examples
    --------
    >>> from dataclasses import asdict
    >>> from planddiff.fields.targets import find_targets
    >>> texts = {"a": "建设10个平台,培训50人。", "b": "建设12个平台。", "c": "做好人员培训。"}
    >>> targets = pd.DataFrame(
    ...     {"item_id": key, **asdict(t)} for key, text in texts.items() for t in find_targets(text)
    ... )
    >>> links = pd.DataFrame({"old_id": ["a", "a"], "new_id": ["b", "c"]})
    >>> link_target_changes(links, targets, texts).tolist()
    ['raised', 'removed']
    """
    _check(links, targets, texts)
    items = {str(key): part for key, part in targets.groupby("item_id", sort=False)}
    none = targets.iloc[:0]
    changes = pd.Series("none", index=links.index, dtype=object, name="target_change")
    years = [name for name in ("old_year", "new_year") if name in links.columns]
    groups = links.groupby(years, sort=False) if years else [(None, links)]
    for _, group in groups:
        belongs = _shares(group, items, texts)
        for place, (row, old, new) in enumerate(
            zip(group.index, group["old_id"], group["new_id"], strict=True)
        ):
            sides = []
            for side, key in (("old", old), ("new", new)):
                part = items.get(key, none)
                kept = [p for p in range(len(part)) if belongs[side, key, p] == place]
                sides.append(part.iloc[kept])
            changes[row] = target_change(sides[0], sides[1])
    return changes


def _check(links: pd.DataFrame, targets: pd.DataFrame, texts: Mapping[str, str]) -> None:
    for name, table, column in (
        ("links", links, "old_id"),
        ("links", links, "new_id"),
        ("targets", targets, "item_id"),
    ):
        if column not in table.columns:
            raise InvalidInputError(f"{name} lacks the column {column!r}.")
    unknown = [k for k in (*links["old_id"], *links["new_id"]) if k not in texts]
    if unknown:
        raise InvalidInputError(f"texts has no item {unknown[0]!r}; give the text of every item.")


def _shares(
    group: pd.DataFrame, items: Mapping[str, pd.DataFrame], texts: Mapping[str, str]
) -> dict[tuple[str, str, int], int]:
    """For each target (side, item, position): the place of the link in the group it belongs to."""
    likeness: dict[tuple[str, str, int], dict[int, float]] = {}
    pairs = list(zip(group["old_id"], group["new_id"], strict=True))
    for place, (old, new) in enumerate(pairs):
        if old not in items or new not in items:
            continue
        table = compare_targets(items[old], items[new]).dropna(subset=["similarity"])
        for side, key in (("old", old), ("new", new)):
            for position, alike in zip(table[f"{side}_position"], table["similarity"], strict=True):
                likeness.setdefault((side, key, int(position)), {})[place] = float(alike)
    belongs: dict[tuple[str, str, int], int] = {}
    for side, other in _SIDES:
        for key, rows in _places(group[f"{side}_id"]).items():
            for position, said in enumerate(_said(items.get(key))):
                found = likeness.get((side, key, position))
                if not found:
                    partners = {place: str(group[f"{other}_id"].iloc[place]) for place in rows}
                    found = {p: _contained(said, texts[k]) for p, k in partners.items()}
                belongs[side, key, position] = max(found, key=lambda place: (found[place], -place))
    return belongs


def _places(ids: pd.Series[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, key in enumerate(ids):
        places.setdefault(key, []).append(place)
    return places


def _said(targets: pd.DataFrame | None) -> list[str]:
    if targets is None:
        return []
    clause = targets["clause"] if "clause" in targets.columns else targets["as_written"]
    return [f"{words} {counted}" for words, counted in zip(clause, targets["object"], strict=True)]


def _contained(words: str, text: str) -> float:
    """Share of the two-character words of a clause that occur in a text."""
    pairs = {words[i : i + 2] for i in range(len(words) - 1) if words[i : i + 2].isalpha()}
    return sum(pair in text for pair in sorted(pairs)) / max(1, len(pairs))
