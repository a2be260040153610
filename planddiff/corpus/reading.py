"""From a folder, a list or a table of sources to a corpus; what was read once is not read again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, overload

import pandas as pd

from planddiff.corpus.corpus import Corpus
from planddiff.corpus.documents import ERROR_COLUMNS, KeptPlan, documents_tables, typed
from planddiff.corpus.facts import document_facts
from planddiff.corpus.parallel import run_tasks
from planddiff.corpus.sources import Wanted, wanted_documents
from planddiff.corpus.store import Store, key_of, packed
from planddiff.errors import PlanDiffError, UnreadableSourceError
from planddiff.plan import plan_of
from planddiff.readers import Raw, Sources, read_opened


@dataclass(frozen=True)
class _Options:
    """How documents are read; all but ``timeout`` can change what is read from them."""

    unit: str
    encoding: str | None
    script: str | None
    timeout: float


@dataclass(frozen=True)
class _Read:
    """A document that was read: its row but for the name, and the doubts about it."""

    row: Mapping[str, Any]
    doubts: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class _Failed:
    """A document that was not read, and why."""

    source: str
    error: str
    message: str


@dataclass(frozen=True)
class _Task:
    """One document as a worker gets it: its content, or what is wrong, or how to fetch it."""

    source: str
    opened: Raw | str | _Failed | Callable[..., Raw | str]
    given: Mapping[str, Any]
    options: _Options
    store: Store


def read_corpus(
    source: Sources | pd.DataFrame,
    *,
    n_jobs: int | None = None,
    cache: str | os.PathLike[str] | None = None,
    unit: str = "auto",
    progress: bool = True,
    encoding: str | None = None,
    script: str | None = None,
    timeout: float = 30.0,
) -> Corpus:
    r"""Read the plans of many issuers; a document that was read before is not read again.

    Parameters
    ----------
    source : str, path, iterable of sources, or DataFrame
        A folder, a pattern, a zip archive, a list of these, or a table with the column
        ``source`` (path or URL) and, where known, ``issuer``, ``region``, ``year`` and ``kind``,
        which go before what the documents say. Empty cells are read from the documents.
    n_jobs : int, optional
        How many documents are read at a time, as :class:`joblib.Parallel` has it: one, if nothing
        else is said; -1 for one a processor. Under
        ``joblib.parallel_config(backend="dask")`` they are read on the cluster.
    cache : path, optional
        Folder in which finished plans are kept, by default the user's cache folder. On a cluster
        it has to be one that all workers and this program see; the documents themselves do not.
    unit, encoding, script, timeout
        As in :func:`planddiff.read_plan`, for every document.
    progress : bool
        Show a progress bar where reading takes more than two seconds.

    Returns
    -------
    Corpus
        The same for any number of workers and any order of the sources. What could not be read is
        in ``errors``, what is to be looked at in ``doubts``.

    Raises
    ------
    SourceNotFoundError
        There is no document at all.
    InvalidInputError, MissingExtraError
        A table that does not fit, or an option that no document can be read with.

    Notes
    -----
    A plan is kept under a digest of the document's bytes, its name, the options, and the version
    of planddiff with its lexicons: after a change of any of them, and only then, the document is
    read again. A page behind a URL is kept as it was fetched first; give another ``cache`` to
    fetch it anew. Documents that could not be read are tried again in every run. A run that was
    killed is resumed by calling it again.

    To correct what was inferred, correct ``corpus.documents[["source", "issuer", "region", "year",
    "kind"]]`` and read that table.

    Examples
    --------
    >>> import tempfile
    >>> texts = ["2020年杭州市工作要点\n1.建设园区。", "2021年杭州市工作要点\n1.扩建园区。"]
    >>> corpus = read_corpus([text.encode() for text in texts], cache=tempfile.mkdtemp())
    >>> corpus.documents[["issuer", "year", "kind", "n_items"]].values.tolist()
    [['杭州市', 2020, '工作要点', 1], ['杭州市', 2021, '工作要点', 1]]
    """
    from tqdm import tqdm

    wanted = wanted_documents(source)
    store = Store.open(cache)
    tasks = _Tasks(wanted, _Options(unit, encoding, script, timeout), store)
    results: list[_Read | _Failed] = []
    missing = []
    with tqdm(total=len(wanted), disable=not progress, desc="plans", delay=2, leave=False) as bar:
        for place in range(len(wanted)):
            known = _kept(tasks[place])
            if known is None:
                missing.append(place)
            else:
                results.append(known)
                bar.update()
        if missing and (unit != "auto" or encoding or script):
            _check(tasks.options)
        left = _Tasks([wanted[place] for place in missing], tasks.options, store)
        for _, result in run_tasks(_read, left, n_jobs=n_jobs, lost=_lost):
            results.append(result)
            bar.update()
    return _corpus(results, store)


def _check(options: _Options) -> None:
    """Raise here and once what would be wrong with every document."""
    with suppress(UnreadableSourceError):
        sample = Raw("1.建设园区。".encode(), "<sample>", encoding=options.encoding or "")
        plan_of(read_opened(sample, "<sample>", options.script), unit=options.unit)


class _Tasks(Sequence[_Task]):
    """Tasks that are made when they are sent, so that few documents are in memory at a time."""

    def __init__(self, wanted: Sequence[Wanted], options: _Options, store: Store) -> None:
        self._wanted = wanted
        self.options = options
        self._store = store

    def __len__(self) -> int:
        return len(self._wanted)

    @overload
    def __getitem__(self, place: int) -> _Task: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[_Task]: ...
    def __getitem__(self, place: int | slice) -> _Task | Sequence[_Task]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        wanted = self._wanted[place]
        entry = wanted.entry
        options = self.options
        opened: Raw | str | _Failed | Callable[..., Raw | str]
        if isinstance(entry, PlanDiffError):
            opened = _failed(wanted.source, entry)
        elif wanted.remote:
            opened = self._store.get(_page_key(wanted.source, options), entry.fetch)
        else:
            try:
                opened = entry.fetch(encoding=options.encoding, timeout=options.timeout)
            except Exception as error:
                opened = _failed(wanted.source, error)
        return _Task(wanted.source, opened, wanted.given, options, self._store)


def _page_key(url: str, options: _Options) -> str:
    return hashlib.sha256(f"page {options.encoding} {url}".encode()).hexdigest()


def _kept(task: _Task) -> _Read | _Failed | None:
    """What is known of a document without reading it; ``None`` where it has to be read."""
    if isinstance(task.opened, _Failed):
        return task.opened
    if callable(task.opened):
        return None
    key = _key(task, task.opened)
    kept: KeptPlan | None = task.store.get(key)
    return None if kept is None else _listed(task, key, kept)


def _key(task: _Task, opened: Raw | str) -> str:
    options = task.options
    how = (options.unit, options.encoding, options.script, dict(task.given))
    if isinstance(opened, str):
        digest = hashlib.sha256(opened.encode("utf-8", "surrogatepass")).hexdigest()
        return key_of("plan of text", digest, task.source, how)
    digest = hashlib.sha256(opened.data).hexdigest()
    known = (opened.name, opened.extension, opened.charset, opened.media_type)
    return key_of("plan", digest, known, how)


def _listed(task: _Task, key: str, kept: KeptPlan) -> _Read:
    return _Read({**kept.row, "source": task.source, "key": key}, kept.doubts)


def _read(task: _Task) -> _Read | _Failed:
    """Read one document and keep its plan; what is wrong with it is a result like any other."""
    opened = _fetched(task, task.opened) if callable(task.opened) else task.opened
    if isinstance(opened, _Failed):
        return opened
    try:
        key = _key(task, opened)
        kept = _plan_kept(task, opened)
    except Exception as error:
        # A reader or a rule that breaks on one document in thousands must not end the run.
        return _failed(task.source, error)
    task.store.put(key, kept)
    return _listed(task, key, kept)


def _fetched(task: _Task, fetch: Callable[..., Raw | str]) -> Raw | str | _Failed:
    """A page from its server, kept as it came so that no later run needs the server."""
    try:
        page = fetch(encoding=task.options.encoding, timeout=task.options.timeout)
    except Exception as error:
        return _failed(task.source, error)
    task.store.put(_page_key(task.source, task.options), page)
    return page


def _plan_kept(task: _Task, opened: Raw | str) -> KeptPlan:
    document = read_opened(opened, task.source, task.options.script)
    given = {name: task.given.get(name) for name in ("year", "issuer", "region")}
    plan, doubts, guesses = plan_of(document, unit=task.options.unit, **given)
    row, doubted = document_facts(plan, task.given, doubts, guesses)
    return KeptPlan(row, doubted, packed(plan))


def _failed(source: str, error: Exception) -> _Failed:
    return _Failed(source, type(error).__name__, str(error))


def _lost(task: _Task) -> _Failed:
    return _Failed(
        task.source,
        "WorkerLost",
        "the worker that read it died every time (out of memory, or a fault in a library); read "
        "it alone with read_plan to see why, or leave it out",
    )


def _corpus(results: Sequence[_Read | _Failed], store: Store) -> Corpus:
    read = [each for each in results if isinstance(each, _Read)]
    failed = [vars(each) for each in results if isinstance(each, _Failed)]
    failed.sort(key=lambda row: (row["source"], row["error"], row["message"]))
    documents, doubts = documents_tables([(each.row, each.doubts) for each in read])
    return Corpus(documents, typed(failed, ERROR_COLUMNS), doubts, store)
