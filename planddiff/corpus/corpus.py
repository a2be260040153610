"""Plans of many issuers: a table of documents in memory, the plans in a folder."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from planddiff.corpus.dataset import plan_groups, write_dataset
from planddiff.corpus.documents import KeptPlan
from planddiff.corpus.store import Store, unpacked
from planddiff.errors import InvalidInputError, SourceNotFoundError
from planddiff.plan import Plan
from planddiff.views import corpus_view

_TABLES = ("items", "agencies", "targets", "citations", "theme_hits")


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """Plans of many issuers, as read by :func:`planddiff.read_corpus`.

    Plans stay in the folder they are kept in and are loaded when they are asked for, so a corpus
    is as small as its table of documents.

    Attributes
    ----------
    documents : DataFrame
        One row per document that was read, by issuer, year and source: ``document_id``,
        ``source``, ``issuer``, ``region``, ``level``, ``province``, ``year``, ``kind``,
        ``title``, ``series_title``, ``unit``, ``n_items``, ``constructed``, ``sha256``, ``key``
        (the name of the kept plan), ``inferred`` (which of issuer, region, year and kind the
        document itself was asked for, with ``;`` between), ``issuer_as_written`` and
        ``issuer_harmonised`` (the body that holds the issuer's place today, by the register of
        agencies). ``issuer`` is one spelling for each body, ``region`` the official name of the
        place.
    errors : DataFrame
        One row per document that could not be read: ``source``, ``error``, ``message``.
    doubts : DataFrame
        What is to be looked at: ``document_id``, ``source``, ``column``, ``value``, ``message``.
    store : Store
        The folder with the plans.
    """

    documents: pd.DataFrame
    errors: pd.DataFrame
    doubts: pd.DataFrame
    store: Store

    def __len__(self) -> int:
        return len(self.documents)

    def __repr__(self) -> str:
        years = self.documents["year"].dropna()
        span = f" {years.min()}-{years.max()}" if len(years) else ""
        return (
            f"<Corpus{span}: {len(self)} documents of {self.documents['issuer'].nunique()} "
            f"issuers, {self.documents['n_items'].sum()} items, {len(self.errors)} errors, "
            f"{len(self.doubts)} doubts>"
        )

    def _repr_html_(self) -> str:
        return corpus_view(self.documents, self.errors, self.doubts)

    def plan(self, document_id: str) -> Plan:
        """One plan, with the issuer, region and year that ``documents`` gives it.

        Raises
        ------
        InvalidInputError
            No document of that name.
        SourceNotFoundError
            Its plan is not in the folder, or not any more.
        """
        rows = self.documents[self.documents["document_id"] == document_id]
        if rows.empty:
            raise InvalidInputError(
                f"no document {document_id!r} in this corpus; see corpus.documents['document_id']"
            )
        return self._load(rows.iloc[0].to_dict())

    def plans(self, which: Any = None) -> Iterator[Plan]:
        """Plans one after the other, in the order of ``documents``.

        Parameters
        ----------
        which : array-like of bool, or iterable of str, optional
            A mask on ``documents``, or names of documents; by default all.
        """
        chosen = self.documents
        if which is not None:
            listed = which if isinstance(which, (pd.Series, np.ndarray)) else list(which)
            named = len(listed) != len(self) or any(isinstance(each, str) for each in listed)
            chosen = chosen[self._mask_of_names(listed) if named else self._mask(listed)]
        for row in chosen.to_dict("records"):
            yield self._load(row)

    def select(self, mask: Any) -> Corpus:
        """The corpus with only the documents that ``mask`` keeps; ``errors`` stay as they are.

        Parameters
        ----------
        mask : array-like of bool, shape (n_documents,), or boolean Series on the index of
            ``documents``

        Raises
        ------
        InvalidInputError
            The mask is not boolean or not as long as ``documents``.
        """
        documents = self.documents[self._mask(mask)].reset_index(drop=True)
        kept = self.doubts["document_id"].isin(documents["document_id"])
        return replace(self, documents=documents, doubts=self.doubts[kept].reset_index(drop=True))

    def groups(self, by: str | Sequence[str] = "issuer") -> dict[Hashable, Corpus]:
        """The corpus in parts, one for every value of a column or of several, in their order.

        Documents that were not read belong to no part.

        Parameters
        ----------
        by : str or sequence of str
            Columns of ``documents``; for several the keys are tuples.

        Raises
        ------
        InvalidInputError
            No such column.
        """
        names = [by] if isinstance(by, str) else list(by)
        if missing := [name for name in names if name not in self.documents]:
            raise InvalidInputError(
                f"documents have no column {missing}; group by some of "
                f"{', '.join(self.documents.columns)}"
            )
        grouped = self.documents.groupby(names, sort=True, dropna=False)
        numbers = np.asarray(grouped.ngroup())
        found: dict[Hashable, Corpus] = {}
        for number in range(grouped.ngroups):
            part = replace(self.select(numbers == number), errors=self.errors[:0])
            values = tuple(part.documents[names].head(1).astype(object).to_numpy()[0].tolist())
            found[values[0] if isinstance(by, str) else values] = part
        return found

    def to_parquet(
        self, folder: str | os.PathLike[str], by: str | Sequence[str] = "issuer"
    ) -> None:
        """Write the tables of all plans as a Parquet dataset, one group in memory at a time.

        ``items``, ``agencies``, ``targets``, ``citations`` and ``theme_hits`` with the columns `by`
        and ``document_id`` in front, and ``documents``, ``errors`` and ``doubts`` as they are. See
        :mod:`planddiff.corpus.dataset` for the layout; :func:`planddiff.read_tables`, pandas,
        DuckDB and polars read it.

        Parameters
        ----------
        folder : str or path
            A dataset that stands there is replaced once the new one is whole.
        by : str or sequence of str
            Columns of ``documents`` that make the groups, a file for each.

        Raises
        ------
        InvalidInputError
            No such column, or the folder holds something else.
        MissingExtraError
            pyarrow is not installed.
        """
        names = [by] if isinstance(by, str) else list(by)
        whole = {"documents": self.documents, "errors": self.errors, "doubts": self.doubts}
        facts = {"kind": "plans", "by": names}
        write_dataset(folder, plan_groups(self, names), whole, facts)

    def _load(self, row: Mapping[Hashable, Any]) -> Plan:
        kept: KeptPlan | None = self.store.get(row["key"])
        if kept is None:
            raise SourceNotFoundError(
                f"the plan of {row['source']!r} is not in {str(self.store.folder)!r}; call "
                "read_corpus again, which reads what is missing, and on a cluster with a cache= "
                "that all machines share"
            )
        return _as_listed(unpacked(kept.plan), row)

    def _mask(self, mask: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
        if isinstance(mask, pd.Series) and not mask.index.equals(self.documents.index):
            raise InvalidInputError(
                "the mask has another index than corpus.documents; build it from "
                "corpus.documents itself"
            )
        if isinstance(mask, pd.Series) and mask.dtype == "boolean":
            # A comparison with an unknown year is neither true nor false, and does not keep.
            mask = mask.to_numpy(bool, na_value=False)
        keep = np.asarray(mask)
        if keep.shape != (len(self),) or keep.dtype != bool:
            raise InvalidInputError(
                f"the mask is boolean with one entry for each of the {len(self)} documents, "
                f"not {keep.dtype} of shape {keep.shape}"
            )
        return keep

    def _mask_of_names(self, names: Iterable[str]) -> pd.Series[bool]:
        wanted = {str(name) for name in names}
        if missing := sorted(wanted - set(self.documents["document_id"])):
            raise InvalidInputError(
                f"no documents {missing[:5]} in this corpus; see corpus.documents['document_id']"
            )
        return self.documents["document_id"].isin(wanted)


def _as_listed(plan: Plan, row: Mapping[Hashable, Any]) -> Plan:
    """The plan under the names that the table of documents gives it, its items and its issuer."""
    own, named = f"{plan.year or 'undated'}-{plan.sha256[:6]}", row["document_id"]
    tables = {name: getattr(plan, name) for name in _TABLES}
    if own != named:
        tables = {
            name: table.assign(item_id=named + table["item_id"].str.slice(len(own)))
            for name, table in tables.items()
        }
    if plan.issuer != row["issuer"]:
        text = pd.Series(row["issuer"], tables["items"].index, tables["items"]["issuer"].dtype)
        tables["items"] = tables["items"].assign(issuer=text)
    facts = {name: row[name] for name in ("source", "issuer", "region", "level")}
    return replace(plan, **facts, **tables)
