"""What every word, rule and dial of one run means: the codebook to print beside the results."""

from __future__ import annotations

import platform
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planddiff._version import __version__
from planddiff.tracks import alike, labels, returns

if TYPE_CHECKING:
    from planddiff.tracks.result import Tracks

COLUMNS = ["topic", "name", "meaning", "value", "source"]


def codebook_table(tracks: Tracks) -> pd.DataFrame:
    """Units, statuses, events, rules, columns, dials, documents and versions of a run.

    Parameters
    ----------
    tracks : Tracks

    Returns
    -------
    DataFrame
        ``topic``, ``name``, ``meaning``, ``value`` (of this run, for dials, documents and
        versions), ``source`` (where a rule comes from).
    """
    dials = [
        ("return_min_confidence", "least confidence of a returned link", returns.MIN_CONFIDENCE),
        ("return_min_similarity", "least similarity of a returned link", returns.MIN_SIMILARITY),
        ("return_floor", "least cosine for a pair to be compared across a gap", alike.FLOOR),
        ("label_drift", "titles less alike than this have drifted", labels.DRIFT),
        ("suspect", "ends that share less than this are suspect", labels.BROKEN),
        *((name, f"track({name}=)", value) for name, value in tracks.settings.items()),
    ]
    documents = [
        (
            f"{row['year']} {row['title']}",
            "constructed for the example, not official" if row["constructed"] else "as published",
            f"sha256 {row['sha256']}",
        )
        for row in tracks.documents.to_dict("records")
    ]
    versions = [
        ("planddiff", "package", __version__),
        ("python", "interpreter", platform.python_version()),
        ("pandas", "package", pd.__version__),
        ("numpy", "package", np.__version__),
    ]
    run = pd.concat(
        [
            pd.DataFrame(rows, columns=["name", "meaning", "value"]).assign(topic=topic)
            for topic, rows in (("dial", dials), ("document", documents), ("version", versions))
        ],
        ignore_index=True,
    )
    table = pd.concat([_words(), run.assign(value=run["value"].astype(str))], ignore_index=True)
    return table[COLUMNS].fillna("")


@cache
def _words() -> pd.DataFrame:
    path = files("planddiff") / "data" / "tracks_codebook.csv"
    with path.open("r", encoding="utf-8") as stream:
        return pd.read_csv(stream, dtype=str, keep_default_na=False)
