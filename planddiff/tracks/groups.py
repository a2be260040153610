"""Which group an item belongs to: the ways in which trends, survival and transitions can split."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.fields.strength import find_strength

UNNAMED = "(none)"


def groups_of(
    by: str,
    items: pd.DataFrame,
    agencies: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    role: str | None = None,
) -> pd.DataFrame:
    """Groups of every item; an item can have several themes or agencies.

    Parameters
    ----------
    by : str
        ``theme``, ``section``, ``agency``, ``strength`` (the strongest commitment of the item) or
        ``level`` (of government, of the document).
    items : DataFrame
        ``item_id``, ``document``, ``section``, ``themes``, ``body``.
    agencies : DataFrame
        ``item_id``, ``agency``, ``role``.
    documents : DataFrame
        ``document``, ``level``.
    role : str, optional
        Only agencies in this role (``lead``, ``support``, ``listed``).

    Returns
    -------
    DataFrame
        ``item_id``, ``group``, no pair twice, in the order of `items`.

    Raises
    ------
    InvalidInputError
        `by` is none of these words.
    """
    if by == "agency":
        chosen = agencies if role is None else agencies.loc[agencies["role"] == role]
        pairs = chosen[["item_id", "agency"]].set_axis(["item_id", "group"], axis=1)
        place = pd.Series(range(len(items)), index=items["item_id"])
        pairs = pairs.assign(place=pairs["item_id"].map(place)).dropna(subset=["place"])
        pairs = pairs.sort_values(["place", "group"], kind="stable")
        return pairs[["item_id", "group"]].drop_duplicates().reset_index(drop=True)
    if by not in _SINGLE and by != "theme":
        raise InvalidInputError(
            f"by={by!r} is not a way to group items; use one of "
            f"{', '.join(['theme', 'agency', *_SINGLE])}."
        )
    if by == "theme":
        values: Iterable[object] = items["themes"]
    else:
        values = _SINGLE[by](items, documents)
    pairs = pd.DataFrame({"item_id": items["item_id"], "group": list(values)})
    pairs = pairs.explode("group").dropna(subset=["group"])
    return pairs.drop_duplicates().reset_index(drop=True)


def _sections(items: pd.DataFrame, documents: pd.DataFrame) -> list[str]:
    return list(items["section"].astype(object).where(items["section"].notna(), UNNAMED))


def _strengths(items: pd.DataFrame, documents: pd.DataFrame) -> list[str]:
    strongest = []
    for body in items["core"]:
        mentions = find_strength(str(body))
        best = max(mentions, key=lambda mention: mention.rank, default=None)
        strongest.append(UNNAMED if best is None else best.level)
    return strongest


def _levels(items: pd.DataFrame, documents: pd.DataFrame) -> list[str]:
    level = documents.set_index("document")["level"]
    return [str(value or UNNAMED) for value in items["document"].map(level)]


_SINGLE: dict[str, Callable[[pd.DataFrame, pd.DataFrame], list[str]]] = {
    "section": _sections,
    "strength": _strengths,
    "level": _levels,
}
