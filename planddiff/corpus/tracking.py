"""From a corpus to the tracks of every issuer: one task a group, wherever joblib runs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from tqdm import tqdm

from planddiff.corpus.corpus import Corpus
from planddiff.corpus.corpus_tracks import CorpusTracks
from planddiff.corpus.one_group import Aside, Dials, Outcome, tables_of, track_group
from planddiff.corpus.parallel import run_tasks
from planddiff.corpus.store import key_of
from planddiff.errors import InvalidInputError
from planddiff.fields.agency_register import AgencyRegister
from planddiff.matching import Matcher

_OF_ONE = ("document_id", "source", "year", "title", "n_items", "sha256", "key", "inferred")
_COUNTS = ("n_years", "first_year", "last_year", "n_items", "n_initiatives", "n_links")
Summary = dict[str, Any]


@dataclass(frozen=True)
class _Task:
    """One group: what makes it, its documents, and the name of its tables in the store."""

    values: tuple[Any, ...]
    part: Corpus
    key: str

    @property
    def done(self) -> str:
        """Name in the store of what is kept once the tables are."""
        return key_of("summary", self.key)


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
    tasks = [
        _Task(values if isinstance(values, tuple) else (values,), part, dials.key(part))
        for values, part in corpus.groups(names).items()
    ]
    summaries: dict[int, Summary] = {}
    todo = []
    for place, task in enumerate(tasks):
        if empty := [name for name, value in zip(names, task.values, strict=True) if _no(value)]:
            summaries[place] = _summary(_unnamed(task.part, empty[0]))
        elif kept := corpus.store.get(task.done):
            summaries[place] = kept
        else:
            todo.append(place)
    found = run_tasks(
        partial(_finish, dials=dials), [tasks[place] for place in todo], n_jobs=n_jobs, lost=_lost
    )
    shown = tqdm(found, total=len(todo), disable=not progress, desc="groups", delay=2, leave=False)
    for number, summary in shown:
        summaries[todo[number]] = summary
    listed = [(task, summaries[place]) for place, task in enumerate(tasks)]
    return CorpusTracks(_groups(listed, names), _errors(listed, names), tuple(names), corpus, dials)


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


def _no(value: Any) -> bool:
    return bool(pd.isna(value)) or value == ""


def _unnamed(part: Corpus, column: str) -> Outcome:
    message = f"{column} is not known: give it in the table that read_corpus takes"
    return Outcome(None, _all_aside(part, f"no {column}", message))


def _all_aside(part: Corpus, reason: str, message: str) -> list[Aside]:
    names = part.documents["document_id"].tolist()
    return [{"document_id": name, "reason": reason, "message": message} for name in names]


def _finish(task: _Task, dials: Dials) -> Summary:
    """Track a group in a worker; its tables go to the store, and little comes back."""
    store = task.part.store
    outcome = track_group(task.part, dials)
    summary = _summary(outcome)
    if outcome.tracks is not None:
        store.put(task.key, tables_of(outcome))
        store.put(task.done, summary)
    return summary


def _lost(task: _Task) -> Summary:
    message = (
        "the worker that tracked it died every time, as where memory runs out: try again with "
        "fewer workers, or group its documents more finely"
    )
    return _summary(Outcome(None, _all_aside(task.part, "worker died", message)))


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


def _groups(listed: list[tuple[_Task, Summary]], names: list[str]) -> pd.DataFrame:
    rows = [
        {
            **dict(zip(names, task.values, strict=True)),
            "tracked": summary["tracked"],
            "constructed": bool(task.part.documents["constructed"].any()),
            "n_documents": len(task.part),
            "n_set_aside": len(summary["aside"]),
            **{name: summary[name] for name in _COUNTS},
            "key": task.key,
        }
        for task, summary in listed
    ]
    return pd.DataFrame(rows).astype({"first_year": "Int64", "last_year": "Int64"})


def _errors(listed: list[tuple[_Task, Summary]], names: list[str]) -> pd.DataFrame:
    rows = []
    for task, summary in listed:
        documents = task.part.documents
        source = dict(zip(documents["document_id"], documents["source"], strict=True))
        values = dict(zip(names, task.values, strict=True))
        for each in sorted(
            summary["aside"], key=lambda row: list(source).index(row["document_id"])
        ):
            rows.append({**values, "source": source[each["document_id"]], **each})
    columns = [*names, "document_id", "source", "reason", "message"]
    return pd.DataFrame(rows, columns=columns)
