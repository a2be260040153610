"""Whether a stated confidence keeps its word."""

from __future__ import annotations

import numpy as np
import pandas as pd


def _judged(outcomes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Confidence and truth (1 hit, 0 false) of the predicted links that gold decides."""
    rows = outcomes[outcomes["outcome"].isin(["hit", "false"]) & outcomes["confidence"].notna()]
    return (
        rows["confidence"].to_numpy(dtype=float),
        (rows["outcome"] == "hit").to_numpy(dtype=float),
    )


def brier_score(outcomes: pd.DataFrame) -> float:
    """Mean squared distance of confidence from truth (Brier 1950).

    Parameters
    ----------
    outcomes : DataFrame
        Rows of :func:`planddiff.evaluation.link_outcomes`; only predicted links that gold calls
        right or wrong count.

    Returns
    -------
    float
        0 (best) to 1; ``nan`` where no link carries a confidence.

    Examples
    --------
    >>> import pandas as pd
    >>> brier_score(pd.DataFrame({"outcome": ["hit", "false"], "confidence": [1.0, 0.5]}))
    0.125
    """
    confidence, truth = _judged(outcomes)
    return float(np.mean((confidence - truth) ** 2)) if len(truth) else float("nan")


def reliability(outcomes: pd.DataFrame, bins: int = 10) -> pd.DataFrame:
    """Stated confidence beside observed precision, per bin of equal width.

    Returns
    -------
    DataFrame
        ``low``, ``high``, ``links``, ``confidence`` (mean), ``precision``; empty bins left out.
    """
    confidence, truth = _judged(outcomes)
    edges = np.linspace(0, 1, bins + 1)
    place = np.clip(np.searchsorted(edges, confidence, side="right") - 1, 0, bins - 1)
    rows = [
        (
            edges[number],
            edges[number + 1],
            int((place == number).sum()),
            confidence[place == number].mean(),
            truth[place == number].mean(),
        )
        for number in sorted(set(place.tolist()))
    ]
    return pd.DataFrame(rows, columns=["low", "high", "links", "confidence", "precision"])


def calibration_error(outcomes: pd.DataFrame, bins: int = 10) -> float:
    """Expected calibration error: mean gap of confidence and precision, weighted by links.

    Source: Naeini, Cooper and Hauskrecht 2015, AAAI. ``nan`` where no link carries a confidence.

    Examples
    --------
    >>> import pandas as pd
    >>> calibration_error(pd.DataFrame({"outcome": ["hit", "false"], "confidence": [0.5, 0.5]}))
    0.0
    """
    table = reliability(outcomes, bins)
    if table.empty:
        return float("nan")
    gaps = (table["confidence"] - table["precision"]).abs()
    return float((gaps * table["links"]).sum() / table["links"].sum())
