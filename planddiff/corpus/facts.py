"""What the table of documents says of one plan, and what of it is to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planddiff.corpus.issuers import issuer_name
from planddiff.corpus.kinds import kind_of
from planddiff.corpus.sources import GIVEN
from planddiff.places import level_of, province_of, the_place
from planddiff.plan import Plan

_REMEDY = "; give it in a table of sources"
_UNKNOWN = {
    "issuer": f"who issued the document is not stated{_REMEDY}",
    "region": f"the place is not known{_REMEDY}",
    "kind": f"the title names no kind of document{_REMEDY}",
    "year": f"the year of the plan is not stated{_REMEDY}",
}
_WHICH_PROVINCE = "several provinces have a place of this name; name the province in the issuer"


def document_facts(
    plan: Plan, given: Mapping[str, Any], doubts: Mapping[str, str], guesses: Mapping[str, str]
) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """One row of the table of documents, and its doubts as column, value, message.

    Parameters
    ----------
    plan : Plan
    given : mapping
        What the researcher said beforehand, by column; it goes before what the plan says.
    doubts, guesses : mapping
        Of reading, by column, as :func:`planddiff.plan.plan_of` has them.

    Returns
    -------
    dict
        The row, with ``unsigned`` where the place stands for an issuer that is not stated.
    list of (str, str, str)
    """
    known = None if "region" in given else the_place(plan.region)
    region = known.name if known else plan.region
    row: dict[str, Any] = {
        "issuer": given.get("issuer") or issuer_name(plan.issuer, region),
        "region": region,
        "level": level_of(region) if region else "",
        "province": province_of(region, (plan.issuer, plan.title)),
        "year": plan.year,
        "kind": given.get("kind") or kind_of(plan.title),
        "title": plan.title,
        "series_title": plan.series_title,
        "unit": plan.unit,
        "n_items": len(plan.items),
        "constructed": plan.constructed,
        "sha256": plan.sha256,
        "issuer_as_written": plan.issuer,
        "unsigned": "issuer" in guesses and "issuer" not in given,
    }
    row["inferred"] = ";".join(name for name in GIVEN if name not in given and row[name])
    found = {**doubts, **{name: guesses[name] for name in guesses if name not in given}}
    found |= {name: why for name, why in _UNKNOWN.items() if not row[name]}
    if region and not row["province"] and row["level"] == "county":
        found["province"] = _WHICH_PROVINCE
    said = {name: "" if row[name] is None else str(row[name]) for name in found}
    return row, [(name, said[name], found[name]) for name in sorted(found)]
