"""A plan in a bundle: the very bytes it was read from, or else its tables."""

from __future__ import annotations

import json
import warnings
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from planddiff.bundle.digests import digest
from planddiff.errors import InvalidInputError, PlanDiffWarning
from planddiff.export import json_text
from planddiff.plan import Plan, read_plan

_MARKS = {"utf-8": ("utf-8", "utf-8-sig")}
_TABLES = ("items", "agencies", "targets", "citations", "theme_hits")


def store_plan(plan: Plan, folder: Path, place: int) -> dict[str, Any]:
    """Write a plan into a bundle.

    Where its text gives back the bytes of the source and reading them gives the same plan, those
    bytes are stored; any other plan (from a PDF, a web page, a selection) is stored as the tables
    that were read.

    Returns
    -------
    dict
        What :func:`restore_plan` needs.
    """
    name = f"{place:02d}-{plan.year or 'undated'}"
    entry: dict[str, Any] = {"source": plan.source, "sha256": plan.sha256, "title": plan.title}
    settings = {"unit": plan.unit, "year": plan.year, "issuer": plan.issuer}
    folder.mkdir(exist_ok=True)
    for encoding in _MARKS.get(plan.encoding, (plan.encoding,)):
        try:
            content = plan.source_text.encode(encoding)
        except (LookupError, UnicodeEncodeError):
            continue
        if digest(content) == plan.sha256 and _same(plan, _read(content, plan.source, settings)):
            (folder / f"{name}.txt").write_bytes(content)
            return {**entry, **settings, "file": f"inputs/{name}.txt"}
    (folder / f"{name}.json").write_text(_plan_text(plan), encoding="utf-8")
    return {**entry, "file": f"inputs/{name}.json"}


def restore_plan(bundle: Path, entry: dict[str, Any]) -> Plan:
    """The plan of an entry of the manifest.

    Raises
    ------
    InvalidInputError
        Its file does not hold a plan.
    """
    path = bundle / entry["file"]
    if path.suffix == ".txt":
        settings = {name: entry[name] for name in ("unit", "year", "issuer")}
        return _read(path.read_bytes(), entry["source"], settings)
    try:
        return _plan_of(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInputError(f"{entry['file']} holds no plan: {error}") from error


def _read(content: bytes, name: str, settings: dict[str, Any]) -> Plan:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PlanDiffWarning)
        return read_plan(content, name=name, **settings)


def _same(one: Plan, other: Plan) -> bool:
    return all(
        json_text({"": getattr(one, name)}, {}) == json_text({"": getattr(other, name)}, {})
        for name in _TABLES
    )


def _plan_text(plan: Plan) -> str:
    head: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for field in fields(plan):
        value = getattr(plan, field.name)
        if isinstance(value, pd.DataFrame):
            rows = json.loads(json_text({"rows": value}, {}))["rows"]
            types = {str(name): str(kind) for name, kind in value.dtypes.items()}
            tables[field.name] = {"types": types, "rows": rows}
        else:
            head[field.name] = value.isoformat() if isinstance(value, date) else value
    return json.dumps({"plan": head, "tables": tables}, ensure_ascii=False, indent=1)


def _plan_of(stored: dict[str, Any]) -> Plan:
    tables = {}
    for name, table in stored["tables"].items():
        frame = pd.DataFrame(table["rows"], columns=list(table["types"]), dtype=object)
        tables[name] = frame.astype(table["types"])
    head = stored["plan"]
    signed = date.fromisoformat(head["date"]) if head["date"] else None
    lists = {name: tuple(head[name]) for name in ("years", "levels")}
    return Plan(**{**head, "date": signed, **lists, **tables})
