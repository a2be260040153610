"""From a corpus to the tracks of every issuer: one task a group, wherever joblib runs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from tqdm import tqdm

from planddiff.corpus.columns import kinds_of, shaped
from planddiff.corpus.corpus import Corpus
from planddiff.corpus.corpus_tracks import CorpusTracks
from planddiff.corpus.one_group import Aside, Dials, Outcome, track_group
from planddiff.corpus.parallel import run_tasks
from planddiff.corpus.store import key_of
from planddiff.errors import InvalidInputError
from planddiff.fields.agency_register import AgencyRegister
from planddiff.matching import Matcher

_OF_ONE = ("document_id", "source", "year", "title", "n_items", "sha256", "key", "inferred")
_TELLING = ["document_id", "source", "key", "issuer", "region", "year"]
"""Columns of documents that their tracks hang on, where the plan itself is told by its key."""
_COUNTS = ("n_years", "first_year", "last_year", "n_items", "n_initiatives", "n_links")
Summary = dict[str, Any]


@dataclass(frozen=True)
class _Group:
    """What makes a group, the rows of its documents, and the name of its tables in the store."""

    values: dict[str, Any]
    rows: npt.NDArray[np.intp]
    key: str


_Task = tuple[Corpus, str]
"""The documents of a group, and the name of its tables."""


@dataclass(frozen=True)
class _Tasks(Sequence[_Task]):
    """Tasks that are put together when they are sent, so that few are in memory."""

    corpus: Corpus
    groups: list[_Group]

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, place: Any) -> Any:
        group = self.groups[place]
        documents = self.corpus.documents.iloc[group.rows].reset_index(drop=True)
        part = replace(self.corpus, documents=documents, doubts=self.corpus.doubts.iloc[:0])
        return part, group.key


def track_corpus(
    corpus: Corpus,
    by: str | Sequence[str] = "issuer",
    *,
    n_jobs: int | None = None,
    matcher: Matcher | None = None,
    themes: Any = None,
    agencies: str | AgencyRegister = "harmonised",
    progress: bool = True,
) -> CorpusTracks:
    """Follow the initiatives of every issuer of a corpus, each by :func:`planddiff.track`.

    What is finished is kept in the folder of the corpus: a run that was stopped goes on where it
    was, and one that is repeated takes it from there. The result is the same, bit for bit, however
    many workers there are and whatever happens to them.

    Parameters
    ----------
    corpus : Corpus
        As :func:`planddiff.read_corpus` gives it.
    by : str or sequence of str
        Columns of ``corpus.documents`` that are the same in all documents of a series:
        ``issuer``, ``["issuer", "kind"]``, a column of your own. Where the body that signs changed
        its name over the years, ``region`` keeps its plans together.
    n_jobs : int, optional
        Workers, as :class:`joblib.Parallel` has it: -1 for one a processor. They are processes of
        this machine, or those of a cluster inside ``joblib.parallel_config(backend="dask")``; all
        of them need to see the folder of the corpus.
    matcher, themes, agencies
        As in :func:`planddiff.track`, for all groups alike. Results that a matcher with evidence
        of its own leads to are not taken up by a later run, since a function cannot be told from
        another one.
    progress : bool
        Show a progress bar where it takes more than two seconds.

    Returns
    -------
    CorpusTracks
        Documents and groups that cannot be tracked are rows of ``errors`` with the reason; a
        worker that dies (as where memory runs out) is replaced, and its group tried again.

    Raises
    ------
    InvalidInputError
        No documents; no such column, or one that differs from document to document.
    SourceNotFoundError
        A worker does not see the folder of the corpus, or the plans in it were deleted.
    PlanDiffError
        A worker has another version of planddiff or of what it needs.

    Examples
    --------
    >>> import tempfile
    >>> from planddiff.corpus import read_corpus
    >>> corpus = read_corpus("seeds", cache=tempfile.mkdtemp(), progress=False)
    >>> tracks = track_corpus(corpus, by="region")
    >>> tracks.groups[["region", "n_years", "n_items"]].values.tolist()
    [['浙江省', 5, 191]]
    >>> tracks.table("initiatives")["region"].unique().tolist()
    ['浙江省']
    """
    names = _checked(corpus, by)
    dials = Dials.of(matcher, themes, agencies)
    groups = _groups_of(corpus, names, dials)
    summaries: dict[int, Summary] = {}
    left = []
    for place, group in enumerate(groups):
        if empty := [name for name, value in group.values.items() if _no(value)]:
            summaries[place] = _summary(_unnamed(corpus.documents.iloc[group.rows], empty[0]))
        elif kept := corpus.store.get(_summary_key(group.key)):
            summaries[place] = kept
        else:
            left.append(place)
    tasks = _Tasks(corpus, [groups[place] for place in left])
    found = run_tasks(partial(_finish, dials=dials), tasks, n_jobs=n_jobs, lost=_lost)
    bar: dict[str, Any] = {"total": len(left), "desc": "groups", "delay": 2, "leave": False}
    for number, summary in tqdm(found, disable=not progress, **bar):
        summaries[left[number]] = summary
    listed = [(group, summaries[place]) for place, group in enumerate(groups)]
    return CorpusTracks(
        groups=_groups_table(listed, corpus.documents),
        errors=_errors_table(listed, corpus.documents, names),
        by=tuple(names),
        corpus=corpus,
        dials=dials,
    )


def _checked(corpus: Corpus, by: str | Sequence[str]) -> list[str]:
    names = [by] if isinstance(by, str) else list(by)
    if not len(corpus):
        raise InvalidInputError("the corpus has no documents: see corpus.errors")
    if unfit := [name for name in names if name in _OF_ONE]:
        raise InvalidInputError(
            f"by={unfit[0]!r} differs from document to document; group by what a series shares, "
            "such as 'issuer' or ['issuer', 'kind']"
        )
    if not names:
        raise InvalidInputError("by names no column; give 'issuer', or ['issuer', 'kind']")
    return names


def _groups_of(corpus: Corpus, names: list[str], dials: Dials) -> list[_Group]:
    """The groups in the order of their values; a missing value is a value too."""
    documents = corpus.documents
    if missing := [name for name in names if name not in documents]:
        raise InvalidInputError(
            f"documents have no column {missing}; group by some of {', '.join(documents.columns)}"
        )
    told = documents[_TELLING].astype(str).to_numpy().tolist()
    numbers = documents.groupby(names, sort=True, dropna=False).ngroup().to_numpy()
    order = np.argsort(numbers, kind="stable")
    values = documents[names].to_numpy(dtype=object).tolist()
    found = []
    for rows in np.split(order, np.flatnonzero(np.diff(numbers[order])) + 1):
        made_by = dict(zip(names, values[rows[0]], strict=True))
        found.append(_Group(made_by, rows, dials.key([told[row] for row in rows])))
    return found


def _no(value: Any) -> bool:
    return bool(pd.isna(value)) or value == ""


def _unnamed(documents: pd.DataFrame, column: str) -> Outcome:
    message = f"{column} is not known: give it in the table that read_corpus takes"
    return Outcome(None, {}, _all_aside(documents, f"no {column}", message))


def _all_aside(documents: pd.DataFrame, reason: str, message: str) -> list[Aside]:
    names = documents["document_id"].tolist()
    return [{"document_id": name, "reason": reason, "message": message} for name in names]


def _summary_key(key: str) -> str:
    """Name in the store of what is kept of a group once its tables are."""
    return key_of("summary", key)


def _finish(task: _Task, dials: Dials) -> Summary:
    """Track a group in a worker; its tables go to the store, and little comes back."""
    part, key = task
    # Finished before another worker died, and sent again because nobody had heard of it.
    if kept := part.store.get(_summary_key(key)):
        return dict(kept)
    outcome = track_group(part, dials)
    summary = _summary(outcome)
    if outcome.tracks is not None:
        part.store.put(key, outcome.tables)
        part.store.put(_summary_key(key), summary)
    return summary


def _lost(task: _Task) -> Summary:
    message = (
        "the worker that tracked it died every time, as where memory runs out: try again with "
        "fewer workers, or group its documents more finely"
    )
    return _summary(Outcome(None, {}, _all_aside(task[0].documents, "worker died", message)))


def _summary(outcome: Outcome) -> Summary:
    tracks = outcome.tracks
    counts: dict[str, Any] = {"tracked": tracks is not None, "aside": outcome.aside}
    if tracks is None:
        return {**counts, **dict.fromkeys(_COUNTS, 0), "first_year": None, "last_year": None}
    years = tracks.calendar.observed
    return {
        **counts,
        "n_years": len(years),
        "first_year": years[0],
        "last_year": years[-1],
        "n_items": len(tracks.items),
        "n_initiatives": len(tracks.initiatives),
        "n_links": len(tracks.links),
    }


def _groups_table(listed: list[tuple[_Group, Summary]], documents: pd.DataFrame) -> pd.DataFrame:
    constructed = documents["constructed"].to_numpy()
    rows = [
        {
            **group.values,
            "tracked": summary["tracked"],
            "constructed": bool(constructed[group.rows].any()),
            "n_documents": len(group.rows),
            "n_set_aside": len(summary["aside"]),
            **{name: summary[name] for name in _COUNTS},
            "key": group.key,
        }
        for group, summary in listed
    ]
    table = pd.DataFrame(rows).astype({"first_year": "Int64", "last_year": "Int64"})
    return shaped(table, kinds_of(table))


def _errors_table(
    listed: list[tuple[_Group, Summary]], documents: pd.DataFrame, names: list[str]
) -> pd.DataFrame:
    """One row per document that is in no tracks, in the order of the groups and documents."""
    sources = documents["source"].tolist()
    called = documents["document_id"].tolist()
    rows = []
    for group, summary in listed:
        why = {each["document_id"]: each for each in summary["aside"]}
        rows += [
            {**group.values, "source": sources[row], **why[called[row]]}
            for row in group.rows
            if called[row] in why
        ]
    table = pd.DataFrame(rows, columns=[*names, "document_id", "source", "reason", "message"])
    return shaped(table, kinds_of(table))
