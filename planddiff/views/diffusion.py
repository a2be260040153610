"""A diffusion: how many adopted, who first, and what their wording shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planddiff.views.parts import Markup, Part, chip, chips, folded, page, short, table, tag

LISTED, OPEN = 400, 20
_NOTE = (
    "Adoption is the first observed year with it; left-censored issuers have it in their first "
    "plan at hand and adopted then or before. A candidate source is an earlier item of another "
    "issuer that shares wording: order in time, no more."
)


def diffusion_view(
    name: str,
    documents: pd.DataFrame,
    adoptions: pd.DataFrame,
    curve: pd.DataFrame,
    links: pd.DataFrame,
    left_out: str = "",
) -> str:
    """HTML of a diffusion.

    Parameters
    ----------
    name : str
        What was asked for.
    documents : DataFrame
        ``year``, ``constructed``.
    adoptions : DataFrame
        One row per issuer, in order; the first ``LISTED`` adopters are listed, and all but
        ``OPEN`` folded away.
    curve : DataFrame
        ``level``, ``year``, ``adopters``, ``observed_so_far``.
    links : DataFrame
        ``ordered``, ``via_upstream``.
    left_out : str
        How many documents were not looked at and why; empty where all were.

    Returns
    -------
    str
    """
    counts = adoptions["status"].value_counts()
    adopted, censored = int(counts.get("adopted", 0)), int(counts.get("left_censored", 0))
    shown = [
        chip(f"{adopted + censored} of {len(adoptions)} issuers"),
        chip(f"{censored} left-censored", "doubt", "have it in their first plan at hand"),
        chip(f"{len(documents)} documents"),
        chip(f"{len(links)} links", hint="pairs of items that share telling wording"),
        chip(f"{int(links['via_upstream'].sum())} via upstream", hint="shared with a level above"),
    ]
    if invented := int(documents["constructed"].sum()):
        shown.append(chip(f"{invented} constructed", "constructed", "not official documents"))
    if left_out:
        shown.append(chip(left_out, "doubt", "nothing is said of them"))
    spread = adoptions[adoptions["adoption_year"].notna()]
    rows = [_row(each) for each in spread[:LISTED].to_dict("records")]
    head: list[Part] = ["issuer", "level", "year", "items", "candidate source"]
    parts = [table(head, rows[:OPEN])]
    if len(rows) > OPEN:
        parts.append(folded(f"{len(rows) - OPEN} more adopters", table(head, rows[OPEN:])))
    if len(spread) > LISTED:
        parts.append(tag("p", f"{len(spread) - LISTED} more: adoptions", css="quiet"))
    return page(
        tag("p", name, css="head"),
        chips(shown),
        _curve(curve),
        *parts,
        tag("p", _NOTE, css="quiet"),
    )


def _curve(curve: pd.DataFrame) -> Markup:
    """Adopters of the issuers observed so far, a row per level."""
    years = sorted(curve["year"].unique().tolist())
    rows = []
    for level, group in curve.groupby("level", sort=False):
        by_year = group.set_index("year")
        cells = [
            tag("td", f"{adopters}/{so_far}", css="number")
            for adopters, so_far in by_year.loc[years, ["adopters", "observed_so_far"]].to_numpy()
        ]
        rows.append([tag("td", str(level), css="title"), *cells])
    return table(["adopters / observed", *years], rows)


def _row(adoption: Mapping[Any, Any]) -> list[Markup]:
    source = adoption["source_issuer"]
    said = "" if pd.isna(source) else f"{source} {adoption['source_year']}"
    if said and not adoption["source_on_subject"]:
        said += " (on something else)"
    year = f"{adoption['adoption_year']}"
    if adoption["status"] == "left_censored":
        year = f"≤ {year}"
    return [
        tag("td", short(str(adoption["issuer"])), css="title"),
        tag("td", str(adoption["level"])),
        tag("td", year, css="number"),
        tag("td", str(adoption["n_items"]), css="number"),
        tag("td", short(said)),
    ]
