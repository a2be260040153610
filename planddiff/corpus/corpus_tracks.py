"""Tracks of many groups: a row for each in memory, their tables in the folder of the corpus."""

from __future__ import annotations

import logging
import os
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planddiff.corpus.columns import in_front, joined
from planddiff.corpus.corpus import Corpus
from planddiff.corpus.dataset import write_dataset
from planddiff.corpus.one_group import TABLES, Dials, track_group
from planddiff.corpus.pooling import founding_survival, group_shares, pooled_shares
from planddiff.errors import InvalidInputError
from planddiff.tracks.result import Tracks
from planddiff.views import corpus_tracks_view

_OF_PLANS = ("documents", "items")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False, repr=False)
class CorpusTracks:
    """Initiatives of every group of a corpus, as made by :func:`planddiff.track_corpus`.

    The tables lie in the folder of the corpus and are read when asked for. An ``item_id`` is that
    of one item in the whole corpus; an ``initiative_id`` is that of one initiative in its group,
    since two issuers may begin one with the same words.

    Attributes
    ----------
    groups : DataFrame
        One row per group: the columns `by`, ``tracked``, ``constructed``, ``n_documents``,
        ``n_set_aside``, ``n_years``, ``first_year``, ``last_year``, ``n_items``,
        ``n_initiatives``, ``n_links``, ``key`` (name of its tables in the store).
    errors : DataFrame
        One row per document that is in no tracks: the columns `by`, ``document_id``, ``source``,
        ``reason``, ``message``. ``reason`` is ``copy``, ``no year``, ``no tasks``, or holds for
        the whole group: ``one year``, ``clash``, ``no`` and the column that is empty, ``worker
        died``, or the class of another error.
    by : tuple of str
        Columns of ``corpus.documents`` that make the groups.
    corpus, dials
        What was tracked, and how.
    """

    groups: pd.DataFrame
    errors: pd.DataFrame
    by: tuple[str, ...]
    corpus: Corpus
    dials: Dials

    def __len__(self) -> int:
        return len(self.groups)

    def __repr__(self) -> str:
        tracked = self.groups[self.groups["tracked"]]
        span = ""
        if len(tracked):
            span = f" {tracked['first_year'].min()}-{tracked['last_year'].max()}"
        return (
            f"<CorpusTracks{span} by {', '.join(self.by)}: {len(tracked)} of {len(self)} groups "
            f"tracked, {tracked['n_initiatives'].sum()} initiatives, "
            f"{tracked['n_items'].sum()} items, {len(self.errors)} documents set aside>"
        )

    def _repr_html_(self) -> str:
        return corpus_tracks_view(self.groups, self.errors, self.by)

    def tracks(self, *group: Any) -> Tracks:
        """The tracks of one group with all that they offer, tracked again for it.

        Parameters
        ----------
        *group
            Its value, or one value for each column of `by`.

        Raises
        ------
        InvalidInputError
            There is no such group, or it could not be tracked.
        """
        row = self._row(group)
        tracks = track_group(self._part(row), self.dials).tracks
        if tracks is None:
            values = self._values(row)
            reasons = self.errors.loc[_mask(self.errors, values), "message"].drop_duplicates()
            raise InvalidInputError(f"{values} is not tracked: {'; '.join(reasons)}")
        return tracks

    def iter_tables(self, name: str) -> Iterator[pd.DataFrame]:
        """One table group by group, in the order of ``groups``; one is in memory at a time.

        Parameters and errors as in :meth:`table`. A column that is empty in a group may be of
        another type than in the whole table.
        """
        if name not in TABLES:
            raise InvalidInputError(f"no table {name!r}; give one of {', '.join(TABLES)}")
        for values, tables in self._stored():
            yield in_front(tables[name], values, same=name in _OF_PLANS)

    def table(self, name: str) -> pd.DataFrame:
        """One table of all groups, with the columns `by` in front.

        Parameters
        ----------
        name : {'documents', 'items', 'initiatives', 'presence', 'members', 'links', 'events', \
'kinship', 'statuses', 'persistence', 'targets', 'agency_mentions'}
            As in :class:`planddiff.Tracks`. ``presence`` has one row per initiative and year and
            holds the ``status`` of that year too; ``persistence`` and ``targets`` are what the
            methods of these names give. A column that is named as one of `by` but means something
            else is called ``own_`` and its name.

        Raises
        ------
        InvalidInputError
            No such table, or no group could be tracked.
        """
        self._check_any()
        return joined(list(self.iter_tables(name)))

    def trend(
        self,
        by: str = "theme",
        *,
        pooled: bool = False,
        role: str | None = None,
        draws: int = 1000,
        confidence: float = 0.95,
        seed: int = 0,
    ) -> pd.DataFrame:
        """Counts and shares over the years, of each group or of all together.

        Parameters
        ----------
        by : {'theme', 'section', 'agency', 'status', 'strength', 'level'}
            What the items are grouped by.
        pooled : bool
            All groups together, with bands over the groups, instead of each with bands over its
            items.
        role, draws, confidence, seed
            As in :meth:`planddiff.Tracks.trend`.

        Returns
        -------
        DataFrame
            The columns of :meth:`planddiff.Tracks.trend` behind those that make the groups;
            pooled, those of :func:`planddiff.corpus.pooling.pooled_shares`.
        """
        self._check_any()
        bands: dict[str, Any] = {"draws": draws, "confidence": confidence, "seed": seed}
        if pooled:
            stored = (tables for _, tables in self._stored())
            return pooled_shares(stored, by, role, **bands).rename(columns={"group": by})
        shares = [
            in_front(group_shares(tables, by, role, bands).rename(columns={"group": by}), values)
            for values, tables in self._stored()
        ]
        return joined(shares)

    def survival(self, by: str | None = None, *, merged: str = "censor") -> pd.DataFrame:
        """Durations and events of the initiatives of all groups, as lifelines takes them.

        Parameters
        ----------
        by : {'theme', 'section', 'agency', 'strength', 'level'}, optional
            Group of the founding item; an initiative stands once per group.
        merged : {'censor', 'end'}
            As in :meth:`planddiff.Tracks.survival`.

        Returns
        -------
        DataFrame
            What :meth:`planddiff.Tracks.survival` gives, behind the columns that make the groups;
            :func:`planddiff.tracks.survival.kaplan_meier` and ``logrank`` take it.
        """
        self._check_any()
        frames = (
            in_front(founding_survival(tables, by, merged), values)
            for values, tables in self._stored()
        )
        return joined(list(frames))

    def to_parquet(self, folder: str | os.PathLike[str]) -> None:
        """Write all tables, ``groups`` and ``errors`` as a Parquet dataset, group by group.

        See :mod:`planddiff.corpus.dataset` for its layout and :func:`planddiff.read_tables` to
        read it; pandas, DuckDB and polars read it too.

        Parameters
        ----------
        folder : str or path
            A dataset that stands there is replaced once the new one is whole.

        Raises
        ------
        InvalidInputError
            The folder holds something else.
        MissingExtraError
            pyarrow is not installed.
        """
        framed = (
            (
                values,
                {
                    name: in_front(table, values, same=name in _OF_PLANS)
                    for name, table in tables.items()
                },
            )
            for values, tables in self._stored()
        )
        whole = {"groups": self.groups, "errors": self.errors}
        facts = {"kind": "tracks", "by": list(self.by), "dials": self.dials.describe()}
        write_dataset(folder, framed, whole, facts)

    def _check_any(self) -> None:
        """Say why there is nothing, rather than give a table without columns."""
        if not self.groups["tracked"].any():
            reasons = self.errors["reason"].value_counts()
            said = ", ".join(f"{reason} ({number})" for reason, number in reasons.items())
            raise InvalidInputError(
                f"none of the {len(self.groups)} groups could be tracked: {said}; see errors"
            )

    def _stored(self) -> Iterator[tuple[dict[str, Any], dict[str, pd.DataFrame]]]:
        """What makes each tracked group, and its tables."""
        for row in self.groups[self.groups["tracked"]].to_dict("records"):
            tables = self.corpus.store.get(row["key"])
            if tables is None:
                _logger.warning("the tables of %s are gone and are made again", self._values(row))
                tables = track_group(self._part(row), self.dials).tables
                self.corpus.store.put(row["key"], tables)
            yield self._values(row), tables

    def _row(self, group: tuple[Any, ...]) -> dict[Hashable, Any]:
        values = group[0] if len(group) == 1 and isinstance(group[0], tuple) else group
        if len(values) != len(self.by):
            raise InvalidInputError(
                f"a group is named by {', '.join(self.by)}: {values} is not one value for each"
            )
        found = self.groups[_mask(self.groups, dict(zip(self.by, values, strict=True)))]
        if found.empty:
            listed = self.groups[self.by[0]].astype(str).drop_duplicates()
            near = get_close_matches(str(values[0]), listed.tolist(), n=3, cutoff=0.3)
            hint = f"; did you mean {'、'.join(near)}?" if near else ""
            raise InvalidInputError(f"no group {values} of {', '.join(self.by)}{hint}")
        return found.to_dict("records")[0]

    def _values(self, row: Mapping[Hashable, Any]) -> dict[str, Any]:
        return {name: row[name] for name in self.by}

    def _part(self, row: Mapping[Hashable, Any]) -> Corpus:
        return self.corpus.select(_mask(self.corpus.documents, self._values(row)))


def _mask(table: pd.DataFrame, values: Mapping[str, Any]) -> npt.NDArray[np.bool_]:
    """Rows with these values."""
    keep = np.ones(len(table), dtype=bool)
    for name, value in values.items():
        keep &= (table[name] == value).fillna(False).to_numpy(dtype=bool)
    return keep
