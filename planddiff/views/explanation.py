"""The case for one pair: verdict, evidence as bars, clauses side by side, rivals."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planddiff.views.parts import Markup, chip, chips, joined, page, short, table, tag

_BAR = 10
_NOTHING = "The two share too little to have been weighed."


def explanation_view(
    titles: tuple[str, str],
    sentences: Sequence[str],
    verdict: tuple[bool, float],
    evidence: pd.DataFrame,
    clauses: pd.DataFrame,
    rivals: pd.DataFrame,
) -> str:
    """HTML of an explanation.

    Parameters
    ----------
    titles : (str, str)
        Of the old and of the new item.
    sentences : sequence of str
        The case in words.
    verdict : (bool, float)
        Whether the pair is a link, and its confidence.
    evidence : DataFrame
        ``evidence``, ``value``, ``contribution``, ``meaning``; may be empty.
    clauses : DataFrame
        ``old``, ``new``, ``similarity``.
    rivals : DataFrame
        ``old_ordinal``, ``new_ordinal``, ``old_title``, ``new_title``, ``confidence``, ``linked``,
        ``weakest``.

    Returns
    -------
    str
    """
    linked, sure = verdict
    said = chip("link", "persisted") if linked else chip("no link", "dropped")
    return page(
        tag("p", joined(map(short, titles), " → "), css="head"),
        chips([said, chip(f"confidence {sure:.2f}")]),
        *(tag("p", sentence) for sentence in sentences),
        *_part("Evidence, in log-odds", _evidence(evidence)),
        *_part("Clauses", _clauses(clauses)),
        *_part("Best rivals", _rivals(rivals)),
    )


def _part(title: str, content: Markup) -> list[Markup]:
    return [tag("p", title, css="head"), content]


def _evidence(evidence: pd.DataFrame) -> Markup:
    if evidence.empty:
        return tag("p", _NOTHING)
    columns = ["evidence", "value", "contribution", "meaning"]
    longest = max(float(evidence["contribution"].abs().max()), 1e-9)
    rows = [
        [
            tag("td", name),
            tag("td", f"{value:.2f}", css="number"),
            tag("td", f"{gain:+.2f}", css="number"),
            tag("td", chip(_bar(gain / longest), "new" if gain >= 0 else "merged")),
            tag("td", meaning, css="title"),
        ]
        for name, value, gain, meaning in evidence[columns].itertuples(index=False)
    ]
    total = float(evidence["contribution"].sum())
    rows.append(
        [
            tag("th", "sum"),
            tag("td"),
            tag("th", f"{total:+.2f}", css="number"),
            tag("td"),
            tag("td"),
        ]
    )
    return table(["evidence", "value", "adds", "", "meaning"], rows)


def _bar(share: float) -> str:
    return "▬" * round(abs(share) * _BAR) or "·"


def _clauses(clauses: pd.DataFrame) -> Markup:
    rows = [
        [
            tag("td", old, css="title"),
            tag("td", new, css="title"),
            tag("td", f"{alike:.2f}" if alike > 0 else "–", css="number"),
        ]
        for old, new, alike in clauses[["old", "new", "similarity"]].itertuples(index=False)
    ]
    return table(["old", "new", "similarity"], rows)


def _rivals(rivals: pd.DataFrame) -> Markup:
    if rivals.empty:
        return tag("p", "No other pair comes near.")
    names = ["old_ordinal", "new_ordinal", "old_title", "new_title", "confidence", "linked"]
    rows = [
        [
            tag("td", old, css="number"),
            tag("td", new, css="number"),
            tag("td", joined([short(old_title), short(new_title)], " → "), css="title"),
            tag("td", f"{sure:.2f}", css="number"),
            tag("td", "link" if linked else "no link"),
            tag("td", weakest),
        ]
        for old, new, old_title, new_title, sure, linked, weakest in rivals[
            [*names, "weakest"]
        ].itertuples(index=False)
    ]
    return table(["old", "new", "items", "confidence", "", "furthest behind in"], rows)
