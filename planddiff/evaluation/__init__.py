"""Scores against gold: links, beads, statuses, confidence, initiatives and fields.

Each measure first lays out what was judged, one row per link, bead or item, and then a small
function turns those rows into figures. So every figure can be traced to its rows, and
:func:`bootstrap_interval` can redraw whole documents for any of them.
"""

from planddiff.evaluation.bootstrap import bootstrap_interval
from planddiff.evaluation.calibration import brier_score, calibration_error, reliability
from planddiff.evaluation.initiatives import b_cubed, initiatives_from_links
from planddiff.evaluation.links import (
    bead_outcomes,
    bead_scores,
    decoy_share,
    find_beads,
    link_outcomes,
    score_links,
)
from planddiff.evaluation.merges import merge_distance
from planddiff.evaluation.rows import score_rows
from planddiff.evaluation.statuses import (
    headline_error,
    macro_f1,
    status_confusion,
    status_outcomes,
    statuses_from_links,
)

__all__ = [
    "b_cubed",
    "bead_outcomes",
    "bead_scores",
    "bootstrap_interval",
    "brier_score",
    "calibration_error",
    "decoy_share",
    "find_beads",
    "headline_error",
    "initiatives_from_links",
    "link_outcomes",
    "macro_f1",
    "merge_distance",
    "reliability",
    "score_links",
    "score_rows",
    "status_confusion",
    "status_outcomes",
    "statuses_from_links",
]
