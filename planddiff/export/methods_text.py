"""A run in words, for the methods section of a paper."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from planddiff._version import __version__
from planddiff.errors import InvalidInputError

LANGUAGES = ("zh", "en")


def methods_paragraph(
    tables: Mapping[str, pd.DataFrame],
    dials: Mapping[str, Any],
    lang: str = "zh",
    quality: pd.DataFrame | None = None,
    agreement: pd.DataFrame | None = None,
) -> str:
    """Describe a run; see :meth:`planddiff.export.Exporting.methods_text`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``documents``, ``items``, ``links``, ``decisions`` of a result.
    dials : mapping
        With ``matcher``, as ``Matcher.dials`` gives it.
    lang, quality, agreement
        As there.
    """
    if lang not in LANGUAGES:
        raise InvalidInputError(f"lang={lang!r}: give one of {', '.join(LANGUAGES)}")
    say = _sentences(lang)
    documents, links, matcher = tables["documents"], tables["links"], dials["matcher"]
    text = _of_documents(say, documents, len(tables["items"]))
    text.append(
        say["links"].format(
            pieces=len(matcher["weights"]),
            calibration=matcher["calibration"],
            threshold=matcher["threshold"],
            band=matcher["band"],
            links=len(links),
            stable=float(links["stable"].mean()) if len(links) else 0.0,
        )
    )
    rated = links[links["false_link_rate"].notna() & (links["relation"] != "returned")]
    if len(rated):
        of_years = rated.groupby(["old_year", "new_year"], dropna=False)["false_link_rate"]
        false = (of_years.max() * of_years.size()).sum() / len(rated)
        text.append(say["false_links"].format(false=float(false)))
    returned = int((links["relation"] == "returned").sum())
    if returned:
        text.append(say["returns"].format(returned=returned))
    applied = tables["decisions"].query("status == 'applied'")["decision"].value_counts()
    if applied.sum():
        confirmed, rejected = int(applied.get("confirm", 0)), int(applied.get("reject", 0))
        text.append(
            say["decisions"].format(
                decided=confirmed + rejected, confirmed=confirmed, rejected=rejected
            )
        )
    else:
        text.append(say["no_decisions"])
    for key, figures in (("agreement", agreement), ("quality", quality)):
        if figures is not None:
            text.append(say[key].format(**_figures(figures)))
    return ("" if lang == "zh" else " ").join(text)


def diffusion_paragraph(
    tables: Mapping[str, pd.DataFrame],
    dials: Mapping[str, Any],
    lang: str = "zh",
    quality: pd.DataFrame | None = None,
    agreement: pd.DataFrame | None = None,
) -> str:
    """Describe a diffusion; see :meth:`planddiff.Diffusion.methods_text`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``documents``, ``adoptions``, ``links``, ``edges`` of a diffusion.
    dials : mapping
        ``asked``, ``kind``, ``by``, ``threshold``, ``common_share``, and ``left_out`` with its
        reasons ``without_year``, ``without_adopter``, ``without_task``.
    lang, quality, agreement
        As there.
    """
    if lang not in LANGUAGES:
        raise InvalidInputError(f"lang={lang!r}: give one of {', '.join(LANGUAGES)}")
    say = _sentences(lang)
    adoptions, links = tables["adoptions"], tables["links"]
    status = adoptions["status"].value_counts()
    text = _of_documents(say, tables["documents"], int(tables["documents"]["n_items"].sum()))
    if dials["left_out"]:
        text.append(say["left_out"].format(**dials))
    text.append(
        say["adoption"].format(
            asked=dials["asked"],
            kind=say[f"kind_{dials['kind']}"],
            issuers=len(adoptions),
            adopted=int(status.get("adopted", 0)),
            censored=int(status.get("left_censored", 0)),
        )
    )
    text.append(
        say["wording"].format(
            common=dials["common_share"],
            threshold=dials["threshold"],
            links=len(links),
            ordered=int(links["ordered"].sum()),
            upstream=int(links["via_upstream"].sum()),
            edges=len(tables["edges"]),
        )
    )
    for key, figures in (("agreement", agreement), ("quality", quality)):
        if figures is not None:
            text.append(say[key].format(**_figures(figures)))
    return ("" if lang == "zh" else " ").join(text)


def _of_documents(say: Mapping[str, str], documents: pd.DataFrame, items: int) -> list[str]:
    """How many documents of which years, and how many of them are constructed."""
    years = documents["year"].dropna()
    units = sorted(set(documents["unit"]))
    text = [
        say["documents"].format(
            version=__version__,
            documents=len(documents),
            first=years.min(),
            last=years.max(),
            items=items,
            unit=" / ".join(say.get(unit, unit) for unit in units),
        )
    ]
    constructed = int(documents["constructed"].sum())
    if constructed:
        text.append(say["constructed"].format(constructed=constructed))
    return text


def _figures(table: pd.DataFrame) -> dict[str, float]:
    """``kappa``, ``kappa_low``, ``kappa_high`` ... of a table of estimates by ``measure``."""
    found: dict[str, float] = {}
    for row in table.reset_index().to_dict("records"):
        name = str(row["measure"])
        found |= {name: row["value"], f"{name}_low": row["low"], f"{name}_high": row["high"]}
        found["units"] = row["units"]
    return found


@cache
def _sentences(lang: str) -> dict[str, str]:
    text = (files("planddiff") / "data" / "methods_text.csv").read_text(encoding="utf-8")
    return {row["key"]: row[lang] for row in csv.DictReader(text.splitlines())}
