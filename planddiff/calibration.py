"""From evidence to confidence: a logistic model with one weight per piece of evidence.

The model is the one of Fellegi and Sunter (1969) in its logistic form: pieces of evidence add up as
log-odds, so each weight says what a piece is worth and every confidence can be taken apart again.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError, SourceNotFoundError
from planddiff.evidence.bigrams import Floats
from planddiff.evidence.pieces import AGAINST

_COLUMNS = ["piece", "weight", "source"]
_INTERCEPT = "intercept"


@dataclass(frozen=True)
class Calibration:
    """Weights of the pieces of evidence, in log-odds; ``source`` says where they were fitted."""

    weights: dict[str, float]
    intercept: float
    source: str

    def log_odds(self, pairs: Mapping[str, Any] | pd.DataFrame) -> Floats:
        """Log-odds of each row of ``pairs``, which has one column per piece."""
        terms = [weight * np.asarray(pairs[name]) for name, weight in self.weights.items()]
        total: Floats = np.sum(terms, axis=0) + self.intercept
        return total

    def contributions(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """What each piece adds to the log-odds of each row of ``pairs``."""
        return pd.DataFrame({name: pairs[name] * self.weights[name] for name in self.weights})

    def to_csv(self, path: str | Path, *, exact: bool = False) -> None:
        """Store the weights in a small table ``piece, weight, source``.

        Parameters
        ----------
        path : str or path
        exact : bool
            All digits of the weights instead of four decimals.
        """
        rows = [(_INTERCEPT, self.intercept), *self.weights.items()]
        table = [
            {"piece": n, "weight": repr(w) if exact else f"{w:.4f}", "source": self.source}
            for n, w in rows
        ]
        pd.DataFrame(table, columns=_COLUMNS).to_csv(path, index=False)


def confidence(log_odds: Floats) -> Floats:
    """Probability from log-odds, 0 to 1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -40, 40))))


@cache
def default_calibration() -> Calibration:
    """The weights that come with planddiff (``planddiff/data/evidence_weights.csv``)."""
    text = (files("planddiff") / "data" / "evidence_weights.csv").read_text(encoding="utf-8")
    return _parse(text, "planddiff/data/evidence_weights.csv")


def read_calibration(path: str | Path) -> Calibration:
    """Read weights that :meth:`Calibration.to_csv` stored.

    Raises
    ------
    SourceNotFoundError
        No such file.
    InvalidInputError
        The table lacks a column or the row ``intercept``, or a weight is no number.
    """
    if not Path(path).is_file():
        raise SourceNotFoundError(
            f"no calibration at {str(path)!r}: store one with Calibration.to_csv"
        )
    return _parse(Path(path).read_text(encoding="utf-8"), str(path))


def _parse(text: str, name: str) -> Calibration:
    rows = list(csv.DictReader(StringIO(text)))
    try:
        weights = {row["piece"]: float(row["weight"]) for row in rows}
        intercept = weights.pop(_INTERCEPT)
        source = rows[0]["source"]
    except (KeyError, ValueError, IndexError) as error:
        raise InvalidInputError(
            f"{name}: a calibration has the columns {', '.join(_COLUMNS)} and a row "
            f"{_INTERCEPT!r}; found {error!r}"
        ) from error
    return Calibration(weights, intercept, source)


def fit_calibration(
    pairs: pd.DataFrame, is_link: Sequence[bool] | Floats, *, source: str, penalty: float = 0.3
) -> Calibration:
    """Fit the weights to labelled pairs by penalised maximum likelihood.

    A piece that speaks for a pair never gets a negative weight, nor one that speaks against it
    a positive one: what a piece means stays true whatever the labels.

    Parameters
    ----------
    pairs : DataFrame
        One column per piece of evidence, values 0 to 1 (:data:`planddiff.evidence.PIECES`).
    is_link : sequence of bool
        Whether coders linked the pair.
    source : str
        What the labels are, kept with the weights.
    penalty : float
        Strength of the ridge penalty on the standardised weights.

    Raises
    ------
    InvalidInputError
        Fewer than ten links or ten non-links: too few to fit on.
    """
    from scipy.optimize import minimize

    label = np.asarray(is_link, dtype=float)
    if min(label.sum(), len(label) - label.sum()) < 10:
        raise InvalidInputError(
            f"{int(label.sum())} links and {int(len(label) - label.sum())} non-links are too few "
            "to fit weights on: code at least ten of each"
        )
    values = pairs.to_numpy(dtype=float)
    scale = values.std(axis=0)
    scale[scale == 0] = 1.0
    standard = np.column_stack([np.ones(len(values)), (values - values.mean(axis=0)) / scale])
    signs = 2 * label - 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (standard @ weights)
        ridge = np.concatenate([[0.0], weights[1:]])
        value = np.logaddexp(0, -margins).sum() + 0.5 * penalty * (ridge @ ridge)
        slope = -(standard.T @ (signs * confidence(-margins))) + penalty * ridge
        return float(value), slope

    limits = [
        (None, None),
        *((None, 0) if name in AGAINST else (0, None) for name in pairs.columns),
    ]
    found: Any = minimize(
        loss, np.zeros(standard.shape[1]), jac=True, method="L-BFGS-B", bounds=limits
    )
    weights = found.x[1:] / scale
    intercept = float(found.x[0] - weights @ values.mean(axis=0))
    return Calibration(
        dict(zip(pairs.columns, map(float, weights), strict=True)), intercept, source
    )
