"""Target changes of all links at once, with each target counted in one link only.

Where an item is split or merged, a target belongs to the link that carries it on. A target with a
counterpart belongs to the link where the counterpart is most alike; one without belongs to the
partner whose text has most of its words.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from typing import Any

import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.fields.target_change import (
    Target,
    pair_targets,
    read_targets,
    require_columns,
    summed_up,
)


def link_target_changes(
    links: pd.DataFrame,
    targets: pd.DataFrame | Sequence[pd.DataFrame],
    texts: Mapping[str, str],
) -> pd.Series[str]:
    """The `target_change` of every link.

    Parameters
    ----------
    links : DataFrame
        One row per link: `old_id`, `new_id`, and `old_year`, `new_year` if it holds several pairs
        of years.
    targets : DataFrame or sequence of DataFrame
        Rows of ``plan.targets`` of all items (`item_id` and the columns of `compare_targets`), in
        one table or one of each plan.
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
    tables = [targets] if isinstance(targets, pd.DataFrame) else list(targets)
    _check(links, tables, texts)
    pairs = list(zip(links["old_id"], links["new_id"], strict=True))
    items = targets_by_item(tables, {item for pair in pairs for item in pair})
    years = [links[name] for name in ("old_year", "new_year") if name in links.columns]
    groups: dict[tuple[Hashable, ...], list[int]] = {}
    for row, key in enumerate(zip(*years, strict=True) if years else [()] * len(pairs)):
        groups.setdefault(key, []).append(row)
    changes = [""] * len(pairs)
    for rows in groups.values():
        found = changes_of_pairs([pairs[row] for row in rows], items, texts)
        for row, change in zip(rows, found, strict=True):
            changes[row] = change
    return pd.Series(changes, index=links.index, dtype=object, name="target_change")


def changes_of_pairs(
    pairs: Sequence[tuple[str, str]], items: Mapping[str, list[Target]], texts: Mapping[str, str]
) -> list[str]:
    """The `target_change` of every link between two plans.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Old and new `item_id` of each link.
    items : mapping of str to list of Target
        As `targets_by_item` gives them.
    texts : mapping of str to str
        Text of each item by `item_id`.
    """
    belongs = _shares(pairs, items, texts)
    return [
        summed_up(
            *(
                [each for each in items.get(key, []) if belongs[side, key, each.position] == place]
                for side, key in (("old", old), ("new", new))
            )
        )
        for place, (old, new) in enumerate(pairs)
    ]


def targets_by_item(tables: Iterable[pd.DataFrame], wanted: Set[str]) -> dict[str, list[Target]]:
    """Targets of the items wanted, by `item_id`, from ``plan.targets`` of one plan or several."""
    found: dict[str, list[Target]] = {}
    for table in tables:
        if len(table):
            require_columns(table, "targets")
        names = list(table.columns)
        columns = [table[name].tolist() for name in names]
        rows: dict[str, list[dict[Hashable, Any]]] = {}
        for item, *values in zip(table["item_id"].tolist(), *columns, strict=True):
            if item in wanted:
                rows.setdefault(item, []).append(dict(zip(names, values, strict=True)))
        found |= {item: read_targets(part) for item, part in rows.items()}
    return found


def _check(links: pd.DataFrame, tables: Sequence[pd.DataFrame], texts: Mapping[str, str]) -> None:
    for name, table, column in (
        ("links", links, "old_id"),
        ("links", links, "new_id"),
        *(("targets", table, "item_id") for table in tables),
    ):
        if column not in table.columns:
            raise InvalidInputError(f"{name} lacks the column {column!r}.")
    unknown = [k for k in (*links["old_id"], *links["new_id"]) if k not in texts]
    if unknown:
        raise InvalidInputError(f"texts has no item {unknown[0]!r}; give the text of every item.")


def _shares(
    pairs: Sequence[tuple[str, str]], items: Mapping[str, list[Target]], texts: Mapping[str, str]
) -> dict[tuple[str, str, int], int]:
    """For each target (side, item, position): the place of the link that it belongs to."""
    likeness: dict[tuple[str, str, int], dict[int, float]] = {}
    partners: dict[tuple[str, str], dict[int, str]] = {}
    for place, (old, new) in enumerate(pairs):
        partners.setdefault(("old", old), {})[place] = new
        partners.setdefault(("new", new), {})[place] = old
    for place, (old, new) in enumerate(pairs):
        if len(partners["old", old]) == len(partners["new", new]) == 1:
            continue
        olds, news = items.get(old, []), items.get(new, [])
        for i, j, alike in pair_targets(olds, news):
            likeness.setdefault(("old", old, olds[i].position), {})[place] = alike
            likeness.setdefault(("new", new, news[j].position), {})[place] = alike
    belongs: dict[tuple[str, str, int], int] = {}
    for (side, key), others in partners.items():
        for target in items.get(key, []):
            if len(others) == 1:
                belongs[side, key, target.position] = next(iter(others))
                continue
            said = f"{target.clause} {target.object}"
            found = likeness.get((side, key, target.position)) or {
                place: _contained(said, texts[other]) for place, other in others.items()
            }
            belongs[side, key, target.position] = max(
                found, key=lambda place: (found[place], -place)
            )
    return belongs


def _contained(words: str, text: str) -> float:
    """Share of the two-character words of a clause that occur in a text."""
    pairs = {words[i : i + 2] for i in range(len(words) - 1) if words[i : i + 2].isalpha()}
    return sum(pair in text for pair in sorted(pairs)) / max(1, len(pairs))
