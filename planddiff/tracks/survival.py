"""How long initiatives live: frames that lifelines takes as they are, curves and tests."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planddiff.errors import InvalidInputError, MissingExtraError

COLUMNS = [
    "initiative_id",
    "label",
    "group",
    "first_year",
    "last_year",
    "duration",
    "event",
    "exit",
    "left_censored",
    "shortest",
    "longest",
]


def survival_frame(
    initiatives: pd.DataFrame, groups: pd.DataFrame | None = None, *, merged: str = "censor"
) -> pd.DataFrame:
    """Durations and events of initiatives.

    Parameters
    ----------
    initiatives : DataFrame
        The table of :class:`~planddiff.tracks.Tracks`.
    groups : DataFrame, optional
        ``initiative_id``, ``group``: groups of the *founding* item. An initiative stands once per
        group. Groups picked up later in life would favour long lives (immortal time bias).
    merged : {'censor', 'end'}
        Whether being absorbed into another initiative ends the watch or is a death.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``. ``duration`` in years from the first to the last year with an item,
        gaps bridged; ``event`` True where the initiative was dropped. ``shortest`` and
        ``longest`` bound the duration where unobserved years hide the exact birth or end
        (``longest`` is missing where the life is censored): for interval-censored fits.

    Raises
    ------
    InvalidInputError
        `merged` is neither word.
    """
    if merged not in ("censor", "end"):
        raise InvalidInputError(f"merged={merged!r}; use 'censor' or 'end'.")
    deaths = ["dropped"] if merged == "censor" else ["dropped", "merged"]
    frame = initiatives.assign(
        duration=initiatives["last_year"] - initiatives["first_year"] + 1,
        event=initiatives["exit"].isin(deaths),
        group="all",
    )
    frame["shortest"] = frame["duration"]
    frame["longest"] = frame["gone_by"] - frame["born_after"] - 1
    if groups is not None:
        frame = frame.drop(columns="group").merge(groups, on="initiative_id", how="inner")
    return frame[COLUMNS].reset_index(drop=True)


def kaplan_meier(frame: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Kaplan-Meier survival per group, through lifelines.

    Parameters
    ----------
    frame : DataFrame
        ``group``, ``duration``, ``event``.
    confidence : float
        Width of the (log-log, Greenwood) band, 0..1.

    Returns
    -------
    DataFrame
        ``group``, ``years`` (0 first), ``survival``, ``low``, ``high`` (0..1), ``at_risk``,
        ``events``.

    Raises
    ------
    MissingExtraError
        lifelines is not installed.

    Notes
    -----
    Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations.
    Journal of the American Statistical Association 53, 457-481.
    """
    lifelines = _lifelines()
    pieces = []
    for name, part in frame.groupby("group", sort=True):
        fit = lifelines.KaplanMeierFitter(alpha=1 - confidence)
        fit.fit(part["duration"], part["event"])
        band = fit.confidence_interval_survival_function_
        counts = fit.event_table
        pieces.append(
            pd.DataFrame(
                {
                    "group": name,
                    "years": counts.index.astype(int),
                    "survival": fit.survival_function_.iloc[:, 0].to_numpy(),
                    "low": band.iloc[:, 0].to_numpy(),
                    "high": band.iloc[:, 1].to_numpy(),
                    "at_risk": counts["at_risk"].to_numpy(),
                    "events": counts["observed"].to_numpy(),
                }
            )
        )
    return pd.concat(pieces, ignore_index=True)


def logrank(frame: pd.DataFrame) -> pd.Series:
    """Log-rank test that all groups live equally long, through lifelines.

    Parameters
    ----------
    frame : DataFrame
        ``group`` (at least two), ``duration``, ``event``.

    Returns
    -------
    Series
        ``statistic``, ``df``, ``p``, ``groups``, ``initiatives``. An initiative with two groups
        counts in both, which makes the test too sure of itself.

    Raises
    ------
    MissingExtraError
        lifelines is not installed.
    InvalidInputError
        Fewer than two groups.

    Notes
    -----
    Mantel, N. (1966). Evaluation of survival data and two new rank order statistics arising in its
    consideration. Cancer Chemotherapy Reports 50, 163-170.
    """
    groups = frame["group"].nunique()
    if groups < 2:
        raise InvalidInputError(f"a log-rank test compares groups; there is {groups}: pass by=.")
    _lifelines()
    from lifelines.statistics import multivariate_logrank_test

    test = multivariate_logrank_test(frame["duration"], frame["group"], frame["event"])
    return pd.Series(
        {
            "statistic": float(test.test_statistic),
            "df": groups - 1,
            "p": float(test.p_value),
            "groups": groups,
            "initiatives": frame["initiative_id"].nunique(),
        }
    )


def _lifelines() -> Any:
    try:
        import lifelines
    except ImportError as error:
        raise MissingExtraError(
            "survival curves need lifelines: pip install 'planddiff[survival]'"
        ) from error
    return lifelines
