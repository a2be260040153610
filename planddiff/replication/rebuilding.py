"""The result of a bundle, made again from its inputs, dials and decisions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planddiff.bundle import restore_plan
from planddiff.bundle.bundling import MANIFEST
from planddiff.comparison import Comparison, compare
from planddiff.decisions import read_decisions
from planddiff.errors import InvalidInputError, SourceNotFoundError
from planddiff.matching import Matcher
from planddiff.plan import Plan
from planddiff.tracks.result import Tracks
from planddiff.tracks.track import track

_OPTIONS = ("agencies", "successors")


def rebuild(path: str | Path, plans: Sequence[Plan] | None = None) -> Comparison | Tracks:
    """Make the result of a replication bundle again.

    Parameters
    ----------
    path : str or path
        The folder that ``replication`` wrote.
    plans : sequence of Plan, optional
        The documents, where the bundle holds only their hashes.

    Raises
    ------
    SourceNotFoundError
        The folder holds no bundle.
    InvalidInputError
        A document is missing or is another one than the run was made from, or the bundle is
        damaged.
    """
    folder = Path(path)
    manifest = read_manifest(folder)
    try:
        given = _plans(folder, manifest, plans)
        matcher = _matcher(folder, manifest["matcher"])
        context = [int(place) for place in manifest["context"]]
        comparing = manifest["kind"] == "compare"
        options = {name: manifest["options"][name] for name in (() if comparing else _OPTIONS)}
    except (KeyError, TypeError) as error:
        raise InvalidInputError(f"{MANIFEST} of {folder.name} is damaged: {error!r}") from error
    decisions = read_decisions(folder / "decisions.csv")
    inputs = [plan for place, plan in enumerate(given) if place not in context]
    if comparing:
        around = [given[place] for place in context]
        return compare(*inputs, matcher=matcher, decisions=decisions, context=around)
    return track(inputs, matcher=matcher, decisions=decisions, **options)


def _matcher(folder: Path, stored: dict[str, Any]) -> Matcher:
    dials = {**stored, "parts": tuple(stored["parts"])}
    return Matcher(**{**dials, "calibration": str(folder / stored["calibration"])})


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a bundle was made from.

    Raises
    ------
    SourceNotFoundError
        The folder holds no bundle.
    InvalidInputError
        The manifest is not readable.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise SourceNotFoundError(
            f"no replication bundle at {str(folder)!r}: it lacks {MANIFEST}; "
            "result.replication(path) writes one"
        )
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InvalidInputError(f"{MANIFEST} of {folder.name} is damaged: {error}") from error
    return manifest


def _plans(folder: Path, manifest: dict[str, Any], plans: Sequence[Plan] | None) -> list[Plan]:
    entries = manifest["plans"]
    if plans is None and not all(entry["file"] for entry in entries):
        names = ", ".join(entry["source"] for entry in entries)
        raise InvalidInputError(
            f"{folder.name} holds no texts; read {names} and give them as plans="
        )
    if plans is None:
        restored = [restore_plan(folder, entry) for entry in entries]
    else:
        known = {plan.sha256: plan for plan in plans}
        missing = [entry["source"] for entry in entries if entry["sha256"] not in known]
        if missing:
            raise InvalidInputError(
                f"plans= lacks the documents of {', '.join(missing)}, or they are other versions: "
                "their SHA-256 must be that of the manifest"
            )
        restored = [known[entry["sha256"]] for entry in entries]
    return restored
