"""The texts of an initiative over the years, each marked against the one before."""

from __future__ import annotations

import pandas as pd

from planddiff.comparison.redline import redline
from planddiff.errors import InvalidInputError

COLUMNS = [
    "initiative_id",
    "label",
    "year",
    "item_id",
    "ordinal",
    "section",
    "status",
    "hit",
    "title",
    "body",
    "redline",
]


def find_items(query: str, items: pd.DataFrame, members: pd.DataFrame) -> set[str]:
    """Items that a query means: by initiative id, item id, theme, or words of the text.

    Parameters
    ----------
    query : str
        Tried in this order: an ``initiative_id``, an ``item_id``, the name of a theme, a string
        that occurs in the text as printed or as repaired.
    items : DataFrame
        ``item_id``, ``themes``, ``title``, ``body``.
    members : DataFrame
        ``initiative_id``, ``item_id``.

    Raises
    ------
    InvalidInputError
        Nothing fits; the message lists the themes there are.
    """
    themed = [query in themes for themes in items["themes"]]
    printed, repaired = (items[name].str.contains(query, regex=False) for name in ("body", "text"))
    ways = (
        members.loc[members["initiative_id"] == query, "item_id"],
        items.loc[items["item_id"] == query, "item_id"],
        items.loc[themed, "item_id"],
        items.loc[printed | repaired, "item_id"] if query else items.iloc[:0]["item_id"],
    )
    for found in ways:
        if len(found):
            return set(found)
    known = sorted({theme for themes in items["themes"] for theme in themes})
    raise InvalidInputError(
        f"nothing in these plans is called or says {query!r}; give an initiative_id, an item_id, "
        f"words of a text, or one of the themes {', '.join(known)}."
    )


def history_table(
    query: str,
    items: pd.DataFrame,
    members: pd.DataFrame,
    initiatives: pd.DataFrame,
) -> pd.DataFrame:
    """Whole lives of the initiatives that a query means.

    Parameters
    ----------
    query : str
        See :func:`find_items`.
    items, members, initiatives : DataFrame
        Tables of the tracks.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``, one row per item, initiatives in the order of their first year.
        ``hit`` tells whether the item itself fits the query or only belongs to an initiative that
        does; ``status`` is the item's status towards the observed year before; ``redline`` marks
        what changed since the initiative's item before, ``[-struck out-]`` and ``{+put in+}``
        (empty for its first).
    """
    hits = find_items(query, items, members)
    names = set(members.loc[members["item_id"].isin(hits), "initiative_id"])
    table = members.loc[members["initiative_id"].isin(names), ["initiative_id", "item_id", "year"]]
    table = table.merge(items.drop(columns="year"), on="item_id", how="left", validate="1:1")
    words = dict(zip(initiatives["initiative_id"], initiatives["statuses"], strict=True))
    lives = initiatives.set_index("initiative_id")
    place = {name: row for row, name in enumerate(lives.index)}
    table = table.assign(place=table["initiative_id"].map(place)).sort_values(["place", "year"])
    table["label"] = table["initiative_id"].map(lives["label"])
    table["hit"] = table["item_id"].isin(hits)
    table["status"] = [
        words[name][year] for name, year in zip(table["initiative_id"], table["year"], strict=True)
    ]
    before = table.groupby("initiative_id", sort=False)["text"].shift()
    table["redline"] = [
        "" if pd.isna(old) else str(redline(old, new))
        for old, new in zip(before, table["text"], strict=True)
    ]
    return table[COLUMNS].reset_index(drop=True)
