"""A corpus: how many documents each issuer has in each year."""

from __future__ import annotations

import pandas as pd

from planddiff.views.parts import Markup, Part, chip, chips, page, short, table, tag

LISTED = 40


def corpus_view(documents: pd.DataFrame, errors: pd.DataFrame, doubts: pd.DataFrame) -> str:
    """HTML of a corpus.

    Parameters
    ----------
    documents : DataFrame
        ``issuer``, ``year``, ``n_items``, ``constructed``; the first ``LISTED`` issuers by number
        of documents are shown.
    errors, doubts : DataFrame
        Only their lengths show.

    Returns
    -------
    str
    """
    issuers = documents["issuer"].value_counts().sort_index()
    issuers = issuers.sort_values(ascending=False, kind="stable")
    shown = [
        chip(f"{len(documents)} documents"),
        chip(f"{len(issuers)} issuers"),
        chip(f"{documents['n_items'].sum()} items"),
    ]
    if invented := int(documents["constructed"].sum()):
        shown.append(chip(f"{invented} constructed", "constructed", "not official documents"))
    if len(errors):
        shown.append(chip(f"{len(errors)} errors", "doubt", "not read: corpus.errors"))
    if len(doubts):
        shown.append(chip(f"{len(doubts)} doubts", "doubt", "to be looked at: corpus.doubts"))
    years = sorted(documents["year"].dropna().unique().tolist())
    head: list[Part] = ["issuer", *years]
    parts = [chips(shown), table(head, _rows(documents, issuers.index[:LISTED].tolist(), years))]
    if len(issuers) > LISTED:
        rest = f"{len(issuers) - LISTED} more issuers: corpus.documents"
        parts.append(tag("p", rest, css="quiet"))
    return page(*parts)


def _rows(documents: pd.DataFrame, issuers: list[str], years: list[int]) -> list[list[Markup]]:
    counts: dict[tuple[str, int], list[int]] = {}
    known = documents[documents["year"].notna()]
    for issuer, year, items in known[["issuer", "year", "n_items"]].itertuples(index=False):
        counts.setdefault((issuer, year), []).append(items)
    rows = []
    for issuer in issuers:
        cells = [tag("td", short(issuer or "(unknown)"), css="title")]
        for year in years:
            items = counts.get((issuer, year), [])
            hint = f"{sum(items)} items"
            cells.append(tag("td", len(items), css="number", hint=hint) if items else tag("td"))
        rows.append(cells)
    return rows
