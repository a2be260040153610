"""``cmp.plot`` and ``tracks.plot``: the charts with the tables of a result already in hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from matplotlib.axes import Axes

from planddiff.charts.adoption import adoption
from planddiff.charts.agencies import agencies, agency_ranks
from planddiff.charts.evidence import evidence
from planddiff.charts.flow import flow
from planddiff.charts.presence import presence
from planddiff.charts.region_strip import region_strip
from planddiff.charts.status import status
from planddiff.charts.survival import survival
from planddiff.charts.tables import sources_of
from planddiff.charts.targets import targets
from planddiff.charts.timeline import timeline
from planddiff.charts.trend import trend
from planddiff.errors import InvalidInputError

if TYPE_CHECKING:
    from planddiff.comparison import Comparison
    from planddiff.corpus.diffusion_result import Diffusion
    from planddiff.tracks.result import Tracks


class ComparisonPlots:
    """Charts of one comparison; options are those of the functions in ``planddiff.charts``."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._sources = sources_of([comparison.old, comparison.new])

    def status(self, **options: Any) -> Axes:
        """Shares of statuses of the old and of the new items: :func:`planddiff.charts.status`."""
        years = {"old_year": self._comparison.old.year, "new_year": self._comparison.new.year}
        table = self._comparison.items.assign(**years)
        return status(table, **self._options(options))

    def flow(self, **options: Any) -> Axes:
        """What became of every item: :func:`planddiff.charts.flow`."""
        items = pd.concat([self._comparison.old.items, self._comparison.new.items])
        compared = items["item_id"].isin(self._comparison.items["item_id"])
        return flow(items[compared], self._comparison.links, **self._options(options))

    def evidence(self, old: int | str, new: int | str, **options: Any) -> Axes:
        """What speaks for and against a pair of items: :func:`planddiff.charts.evidence`.

        Parameters
        ----------
        old, new : int or str
            Ordinal or ``item_id`` of the old and of the new item.
        **options
            As for the function.

        Raises
        ------
        InvalidInputError
            If there is no such item, or the pair shares too little to have been weighed.
        """
        told = self._comparison.explain(old, new)
        if told.evidence.empty:
            raise InvalidInputError(
                f"items {old!r} and {new!r} share too little to have been weighed: there is no "
                "evidence to draw"
            )
        options = {
            "scale": "log_odds",
            "threshold": self._comparison.matcher.threshold,
            "title": f"{told.old_title} → {told.new_title}",
        } | options
        return evidence(told.evidence, **self._options(options))

    def _options(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"sources": self._sources} | options


class TracksPlots:
    """Charts of tracks; options are those of the functions in ``planddiff.charts``."""

    def __init__(self, tracks: Tracks) -> None:
        self._tracks = tracks
        self._sources = sources_of(tracks.plans)

    def trend(self, by: str = "theme", **options: Any) -> Axes:
        """Items per theme (or other group) and year: :func:`planddiff.charts.trend`."""
        return trend(self._tracks.trend(by=by), by=by, **self._options(options))

    def status(self, **options: Any) -> Axes:
        """Shares of statuses of every pair of years: :func:`planddiff.charts.status`."""
        return status(self._tracks.statuses, **self._options(options))

    def flow(self, highlight: str | Sequence[str] | None = None, **options: Any) -> Axes:
        """Items of all years and what flows between them: :func:`planddiff.charts.flow`.

        Parameters
        ----------
        highlight : str or sequence of str, optional
            ``initiative_id`` of those to keep in colour.
        **options
            As for the function.
        """
        items = pd.concat([plan.items for plan in self._tracks.plans])
        members = self._tracks.members
        items = items[items["item_id"].isin(members["item_id"])]
        if highlight is not None:
            wanted = [highlight] if isinstance(highlight, str) else list(highlight)
            options["highlight"] = members.loc[members["initiative_id"].isin(wanted), "item_id"]
        return flow(items, self._tracks.links, **self._options(options))

    def timeline(self, **options: Any) -> Axes:
        """One row per initiative with gaps and events: :func:`planddiff.charts.timeline`."""
        tables = (self._tracks.initiatives, self._tracks.members, self._tracks.events)
        return timeline(*tables, **self._options(options))

    def presence(self, **options: Any) -> Axes:
        """Matrix of initiatives and years: :func:`planddiff.charts.presence`."""
        tables = (self._tracks.initiatives, self._tracks.members)
        return presence(*tables, **self._options(options))

    def targets(self, **options: Any) -> Axes:
        """Quantified targets as steps: :func:`planddiff.charts.targets`."""
        labels = self._tracks.initiatives[["initiative_id", "label"]]
        series = self._tracks.targets().drop(columns="label", errors="ignore")
        table = series.merge(labels, on="initiative_id", how="left")
        return targets(table, **self._options(options))

    def agencies(self, kind: Literal["heat", "ranks"] = "heat", **options: Any) -> Axes:
        """Items by agency and year: :func:`planddiff.charts.agencies` or ``agency_ranks``."""
        draw = agency_ranks if kind == "ranks" else agencies
        return draw(self._tracks.agencies(), **self._options(options))

    def survival(self, by: str | None = None, **options: Any) -> Axes:
        """Kaplan-Meier curves: :func:`planddiff.charts.survival`; needs the extra of that name."""
        return survival(self._tracks.kaplan_meier(by=by), **self._options(options))

    def _options(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"sources": self._sources} | options


class DiffusionPlots:
    """Charts of one diffusion; options are those of the functions in ``planddiff.charts``."""

    def __init__(self, diffusion: Diffusion) -> None:
        self._diffusion = diffusion

    def adoption(self, **options: Any) -> Axes:
        """Adopters so far beside issuers observed so far: :func:`planddiff.charts.adoption`."""
        return adoption(self._diffusion.curve, **self._options(options))

    def regions(self, **options: Any) -> Axes:
        """Every issuer in every year: :func:`planddiff.charts.region_strip`."""
        return region_strip(self._diffusion.presence, **self._options(options))

    def _options(self, options: dict[str, Any]) -> dict[str, Any]:
        question, documents = self._diffusion.question, self._diffusion.documents
        asked = question.asked if question.kind in ("theme", "words") else ""
        left_out = self._diffusion.settings["left_out"]
        return {"sources": documents, "name": asked, "left_out": left_out} | options
