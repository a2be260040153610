"""What tracking found: tables, and the questions they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from planddiff.bundle import Bundling
from planddiff.comparison import Comparison
from planddiff.errors import InvalidInputError
from planddiff.export import Exporting
from planddiff.plan import Plan
from planddiff.review import Reviewing
from planddiff.tracks import responsibility, survival, transitions
from planddiff.tracks.calendar import Calendar
from planddiff.tracks.codebook import codebook_table
from planddiff.tracks.fulfilment import fulfilment_table
from planddiff.tracks.groups import groups_of
from planddiff.tracks.history import history_table
from planddiff.tracks.tables import decisions_of_tracks, tracks_tables
from planddiff.tracks.target_series import target_series
from planddiff.tracks.trends import group_trend, status_trend
from planddiff.tracks.turnover import persistence_table
from planddiff.views import tracks_view

if TYPE_CHECKING:
    from planddiff.charts import TracksPlots

BOUNDS = ["low_matcher", "high_matcher"]


@dataclass(frozen=True, eq=False, repr=False)
class Tracks(Exporting, Reviewing, Bundling):
    """Initiatives over the years of one series of plans, as made by :func:`planddiff.track`.

    Attributes
    ----------
    initiatives : DataFrame
        One row per initiative: ``initiative_id``, ``label``, ``first_year``, ``last_year``,
        ``n_years``, ``gaps``, ``left_censored``, ``right_censored``, ``statuses``, ``themes``,
        ``parents``, ``children`` and more (:meth:`codebook` explains every column).
    members : DataFrame
        One row per item: ``initiative_id``, ``item_id``, ``year``, ``weight``, ``lost_share``.
    links : DataFrame
        Links of all pairs of neighbouring years and across gaps, with their evidence, ``weight``
        and ``main``.
    events : DataFrame
        ``birth``, ``persist``, ``change``, ``split``, ``merge``, ``recombine``, ``drop``,
        ``return`` with ``year`` and ``evidence``.
    presence : DataFrame
        Initiative by calendar year: ``present``, ``absent``, ``unobserved``, ``before``, ``after``.
    statuses : DataFrame
        ``old_year``, ``new_year``, ``side``, ``item_id``, ``status``.
    kinship : DataFrame
        Links from one initiative into another: ``parent``, ``child``, ``year``, ``weight``.
    items, documents, agency_mentions : DataFrame
        Items of all years with their ``document``; one row per document; agencies named in the
        items under the names asked for.
    plans, comparisons, calendar, settings
        What the tables were made from.
    """

    plans: tuple[Plan, ...]
    documents: pd.DataFrame
    comparisons: tuple[Comparison, ...]
    items: pd.DataFrame
    initiatives: pd.DataFrame
    members: pd.DataFrame
    links: pd.DataFrame
    events: pd.DataFrame
    kinship: pd.DataFrame
    presence: pd.DataFrame
    statuses: pd.DataFrame
    agency_mentions: pd.DataFrame
    calendar: Calendar
    settings: Mapping[str, Any]

    def __repr__(self) -> str:
        first, last = self.calendar.observed[0], self.calendar.observed[-1]
        returned = int((self.events["event"] == "return").sum())
        return (
            f"<Tracks {first}-{last}: {len(self.initiatives)} initiatives, "
            f"{len(self.items)} items, {len(self.documents)} documents, {returned} returns>"
        )

    def _repr_html_(self) -> str:
        return tracks_view(
            self.documents,
            self.initiatives,
            self.members,
            self.items[["item_id", "year", "ordinal", "title"]],
            self.events,
            self.calendar.span,
        )

    @property
    def plot(self) -> TracksPlots:
        """Charts of these tracks: ``plot.trend()``, ``plot.status()``, ``plot.timeline()`` ..."""
        from planddiff.charts import TracksPlots

        return TracksPlots(self)

    def trend(
        self,
        by: str = "theme",
        *,
        role: str | None = None,
        draws: int = 1000,
        confidence: float = 0.95,
        seed: int = 0,
        thresholds: Sequence[float] | None = None,
    ) -> pd.DataFrame:
        """Counts and shares per group and year.

        Parameters
        ----------
        by : {'theme', 'section', 'agency', 'status', 'strength', 'level'}
            What the items are grouped by.
        role : {'lead', 'support', 'listed'}, optional
            With ``by="agency"``: only agencies in this role.
        draws, confidence, seed
            Of the bootstrap bands.
        thresholds : sequence of float, optional
            With ``by="status"``, the one grouping that hangs on the matcher: track again at these
            thresholds and add ``low_matcher``, ``high_matcher``, the bounds of ``share`` over them.

        Returns
        -------
        DataFrame
            A column named as `by`, then ``year``, ``items``, ``total``, ``share``, ``low``,
            ``high``, ``chars``, ``share_chars``, ``low_chars``, ``high_chars``, ``keyness``; see
            :func:`planddiff.tracks.trends.group_trend`.

        Raises
        ------
        InvalidInputError
            `by` is none of these words.
        """
        dials: dict[str, Any] = {"draws": draws, "confidence": confidence, "seed": seed}
        if by == "status":
            table = status_trend(self.items, self.statuses, **dials)
            if thresholds is not None:
                bounds = self._matcher_band(thresholds)
                bounds["group"] = bounds["measure"].str.removeprefix("status:")
                bounds = bounds.rename(columns={"new_year": "year"})[["group", "year", *BOUNDS]]
                table = table.merge(bounds, on=["group", "year"], how="left").fillna(
                    dict.fromkeys(BOUNDS, 0.0)
                )
        else:
            table = group_trend(self.items, self._groups(by, role), **dials)
        return table.rename(columns={"group": by})

    def persistence(
        self,
        *,
        draws: int = 1000,
        confidence: float = 0.95,
        seed: int = 0,
        thresholds: Sequence[float] | None = None,
    ) -> pd.DataFrame:
        """Persistence, carry-over, novelty and turnover of each pair of years, with bands.

        See :func:`planddiff.tracks.turnover.persistence_table`. With `thresholds`, the plans are
        tracked again at these thresholds of the matcher, and ``low_matcher``, ``high_matcher``
        bound ``persistence`` over them.
        """
        table = persistence_table(
            self.statuses, self.links, draws=draws, confidence=confidence, seed=seed
        )
        if thresholds is None:
            return table
        bounds = self._matcher_band(thresholds).query("measure == 'persistence'")
        keys = ["old_year", "new_year"]
        return table.merge(bounds[[*keys, *BOUNDS]], on=keys, how="left")

    def sensitivity(self, thresholds: Sequence[float] | None = None) -> pd.DataFrame:
        """The same plans tracked at several thresholds of the matcher.

        See :func:`planddiff.tracks.sensitivity.sensitivity`, and
        :func:`planddiff.tracks.sensitivity.band` for the bounds.
        """
        from planddiff.tracks.sensitivity import sensitivity

        return sensitivity(self, thresholds)

    def history(self, query: str) -> pd.DataFrame:
        """Texts of initiatives over the years, each marked against the one before.

        Parameters
        ----------
        query : str
            An ``initiative_id``, an ``item_id``, a theme, or words of the text.

        Returns
        -------
        DataFrame
            One row per item; see :func:`planddiff.tracks.history.history_table`.

        Raises
        ------
        InvalidInputError
            Nothing fits.
        """
        return history_table(query, self.items, self.members, self.initiatives)

    def targets(self) -> pd.DataFrame:
        """Targets of each initiative as typed time series.

        See :func:`planddiff.tracks.target_series.target_series`.
        """
        table = pd.concat([plan.targets for plan in self.plans], ignore_index=True)
        return target_series(table, self.members, self.links)

    def agencies(self) -> pd.DataFrame:
        """Items per agency, role and year, with entries and exits.

        See :func:`planddiff.tracks.responsibility.agency_years`.
        """
        return responsibility.agency_years(self.agency_mentions, self.items, self.calendar)

    def co_responsibility(self) -> pd.DataFrame:
        """Pairs of agencies named for the same item, per year: an edge list."""
        return responsibility.co_responsibility(self.agency_mentions, self.items)

    def transitions(self, by: str = "section") -> pd.DataFrame:
        """Where items go: section by section, or into statuses, from year to year.

        Parameters
        ----------
        by : {'section', 'status'}

        Returns
        -------
        DataFrame
            See :func:`planddiff.tracks.transitions.section_transitions` and
            :func:`planddiff.tracks.transitions.status_counts`.
        """
        if by == "section":
            return transitions.section_transitions(self.links, self.items)
        if by == "status":
            return transitions.status_counts(self.statuses)
        raise InvalidInputError(f"by={by!r}; use 'section' or 'status'.")

    def survival(self, by: str | None = None, *, merged: str = "censor") -> pd.DataFrame:
        """Durations and events of initiatives, as lifelines takes them.

        Parameters
        ----------
        by : {'theme', 'section', 'agency', 'strength', 'level'}, optional
            Group of the founding item; an initiative stands once per group.
        merged : {'censor', 'end'}
            Whether being absorbed ends the watch or is a death.

        Returns
        -------
        DataFrame
            See :func:`planddiff.tracks.survival.survival_frame`.
        """
        groups = None
        if by is not None:
            founders = self.members.drop_duplicates("initiative_id")
            groups = founders.merge(self._groups(by), on="item_id")[["initiative_id", "group"]]
        return survival.survival_frame(self.initiatives, groups, merged=merged)

    def kaplan_meier(
        self, by: str | None = None, *, merged: str = "censor", confidence: float = 0.95
    ) -> pd.DataFrame:
        """Kaplan-Meier curves with their bands; needs the ``survival`` extra.

        See :func:`planddiff.tracks.survival.kaplan_meier`.
        """
        return survival.kaplan_meier(self.survival(by, merged=merged), confidence=confidence)

    def logrank(self, by: str, *, merged: str = "censor") -> pd.Series[Any]:
        """Log-rank test between groups; needs the ``survival`` extra.

        See :func:`planddiff.tracks.survival.logrank`.
        """
        return survival.logrank(self.survival(by, merged=merged))

    def suspicions(self) -> pd.DataFrame:
        """Initiatives whose ends share next to nothing, with the weakest link of each.

        Returns
        -------
        DataFrame
            ``initiative_id``, ``label``, ``title_likeness``, ``end_likeness``,
            ``bridge_old_id``, ``bridge_new_id``, ``bridge_confidence``; the weakest bridge first.
        """
        columns = ["initiative_id", "label", "title_likeness", "end_likeness"]
        bridges = ["bridge_old_id", "bridge_new_id", "bridge_confidence"]
        table = self.initiatives.loc[self.initiatives["suspect"], [*columns, *bridges]]
        return table.sort_values(["bridge_confidence", "initiative_id"]).reset_index(drop=True)

    def fulfilment(self, plan: Plan, next_report: Plan) -> pd.DataFrame:
        """Which tasks of a plan the review part of the next document reports.

        See :func:`planddiff.tracks.fulfilment.fulfilment_table`; the matcher is that of these
        tracks.
        """
        return fulfilment_table(plan, next_report, matcher=self.settings["matcher"])

    @property
    def decisions(self) -> pd.DataFrame:
        """Every decision given, with ``status`` (applied/not_applicable) and ``reason``."""
        return decisions_of_tracks(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name as they are handed in: titles beside ids, and a codebook."""
        return tracks_tables(self)

    def reviewed(self) -> tuple[Comparison, ...]:
        """The comparisons whose pairs are reviewed: those of neighbouring years."""
        return self.comparisons

    def pairs(self) -> pd.DataFrame:
        """Every pair of items of neighbouring years, linked or not, with its evidence.

        Returns across a gap of years are not among them.
        """
        return pd.concat([each.pairs() for each in self.comparisons], ignore_index=True)

    def recipe(self) -> dict[str, Any]:
        """What these tracks were made from, as ``replication`` stores it.

        Raises
        ------
        InvalidInputError
            They were made with an agency register of one's own, which is not stored.
        """
        agencies = self.settings["agencies"]
        if not isinstance(agencies, str):
            raise InvalidInputError(
                "an agency register of your own cannot be stored; track with "
                "agencies='harmonised' or 'as_written' to make a bundle"
            )
        return {
            "kind": "track",
            "plans": list(self.plans),
            "context": [],
            "matcher": self.settings["matcher"],
            "decisions": self.settings["decisions"],
            "options": {"agencies": agencies, "successors": self.settings["successors"]},
        }

    def dials(self) -> dict[str, Any]:
        """Everything that was set for this run."""
        others = {name: str(value) for name, value in self.settings.items() if name != "matcher"}
        return {"matcher": self.settings["matcher"].dials(), **others}

    def codebook(self) -> pd.DataFrame:
        """Units, statuses, rules, dials and versions of this very run."""
        return codebook_table(self)

    def _matcher_band(self, thresholds: Sequence[float]) -> pd.DataFrame:
        from planddiff.tracks.sensitivity import band

        return band(self.sensitivity(thresholds))

    def _groups(self, by: str, role: str | None = None) -> pd.DataFrame:
        return groups_of(by, self.items, self.agency_mentions, self.documents, role=role)
