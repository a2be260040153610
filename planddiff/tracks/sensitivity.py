"""How far the findings hang on the matcher's threshold: the same tracks over a grid of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.tracks.result import Tracks
from planddiff.tracks.track import track

MEASURES = ["persistence", "carried_mass", "carry_over", "novelty", "returned", "turnover"]
COLUMNS = ["threshold", "old_year", "new_year", "measure", "value"]


def sensitivity(tracks: Tracks, thresholds: Sequence[float] | None = None) -> pd.DataFrame:
    """Track the same plans at several thresholds of the matcher.

    Parameters
    ----------
    tracks : Tracks
        Their plans, and all dials but the threshold, are taken over.
    thresholds : sequence of float, optional
        Least confidences of a link, 0..1; by default five over the matcher's own band.

    Returns
    -------
    DataFrame
        ``threshold``, ``old_year``, ``new_year``, ``measure``, ``value``: the measures of
        ``Tracks.persistence`` (0..1), and the share of each status as ``status:persisted`` and so
        on, of the new items, ``status:dropped`` of the old items. Costs one run of ``track`` per
        threshold.

    Raises
    ------
    InvalidInputError
        A threshold lies outside 0..1.
    """
    matcher = tracks.settings["matcher"]
    if thresholds is None:
        low, high = matcher.threshold - matcher.band, matcher.threshold + matcher.band
        thresholds = np.linspace(max(low, 0.0), min(high, 1.0), 5).round(4).tolist()
    wrong = [value for value in thresholds if not 0 <= value <= 1]
    if wrong:
        raise InvalidInputError(f"thresholds lie between 0 and 1, got {wrong}.")
    settings = {name: value for name, value in tracks.settings.items() if name != "matcher"}
    pieces = []
    for threshold in thresholds:
        dial = replace(matcher, threshold=threshold)
        again = track(tracks.plans, matcher=dial, progress=False, **settings)
        rates = again.persistence(draws=1).melt(
            ["old_year", "new_year"], MEASURES, var_name="measure", value_name="value"
        )
        shares = again.transitions("status")
        towards = (shares["side"] == "new") | (shares["status"] == "dropped")
        shares = shares.loc[towards].assign(
            measure="status:" + shares["status"], value=shares["share"]
        )
        pieces.append(pd.concat([rates, shares]).assign(threshold=threshold)[COLUMNS])
    return pd.concat(pieces, ignore_index=True)


def band(grid: pd.DataFrame) -> pd.DataFrame:
    """Least and greatest value of each measure over the thresholds.

    Parameters
    ----------
    grid : DataFrame
        What :func:`sensitivity` returns.

    Returns
    -------
    DataFrame
        ``old_year``, ``new_year``, ``measure``, ``low_matcher``, ``high_matcher``. A status that
        does not occur at some threshold has share 0 there.
    """
    wide = grid.pivot_table("value", ["old_year", "new_year", "measure"], "threshold")
    wide = wide.fillna(0.0)
    bounds = pd.DataFrame({"low_matcher": wide.min(axis=1), "high_matcher": wide.max(axis=1)})
    return bounds.reset_index()
