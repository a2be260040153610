"""Two walks through a corpus: which items a question means, and how common their wording is.

Neither keeps a plan: the first keeps the items that are asked for, the second counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NoReturn, TypeVar

import numpy as np
import pandas as pd
from tqdm import tqdm

from planddiff.corpus.columns import joined
from planddiff.corpus.commonness import Commonness, count_users
from planddiff.corpus.corpus import Corpus
from planddiff.corpus.parallel import run_tasks
from planddiff.corpus.question import TELLING_PARTS, Question
from planddiff.corpus.wording import Keys, places_in, stretches
from planddiff.errors import PlanDiffError
from planddiff.evidence.bigrams import Ints
from planddiff.matching import PARTS

ITEM_COLUMNS = ["item_id", "document_id", "year", "date", "ordinal", "title", "core"]
Result = TypeVar("Result")


def gather_items(
    parts: Sequence[Corpus], question: Question, n_jobs: int | None, progress: bool
) -> tuple[pd.DataFrame, set[str]]:
    """Items that a question may mean, in the documents that commit to something.

    Parameters
    ----------
    parts : sequence of Corpus
        One for each issuer.
    question : Question
    n_jobs, progress
        As in :func:`planddiff.diffusion`.

    Returns
    -------
    items : DataFrame
        Columns ``ITEM_COLUMNS``; ``date`` is the date of the document.
    observed : set of str
        ``document_id`` of documents with items that are compared: a notice without any is no
        observation.
    """
    work = partial(_items_of, question=question, keys=question.keys())
    found = _each(work, parts, n_jobs, progress, "items")
    items = joined([table for table, _ in found])
    return items[ITEM_COLUMNS], {name for _, names in found for name in names}


def _items_of(part: Corpus, question: Question, keys: Keys) -> tuple[pd.DataFrame, list[str]]:
    tables, observed = [], []
    documents = part.documents["document_id"].tolist()
    for document_id, plan in zip(documents, part.plans(), strict=True):
        picked = question.picks(plan, keys)
        if plan.items["part"].isin(PARTS).any():
            observed.append(document_id)
        else:
            picked = picked[:0]
        tables.append(picked.assign(document_id=document_id, date=plan.date)[ITEM_COLUMNS])
    return joined(tables), observed


def gather_commonness(
    parts: Sequence[Corpus], keys: Keys, n_jobs: int | None, progress: bool
) -> Commonness:
    """How many issuers use each stretch of wording, year by year.

    Parameters
    ----------
    parts : sequence of Corpus
        One for each issuer; every document with a year.
    keys : array
        Stretches to count, sorted.
    n_jobs, progress
        As in :func:`planddiff.diffusion`.
    """
    years = np.unique(np.concatenate([_years(part) for part in parts]))
    work = partial(_uses_of, keys=keys, years=years)
    found = _each(work, parts, n_jobs, progress, "wording")
    return count_users(keys, years, zip(map(_years, parts), found, strict=True))


def _years(part: Corpus) -> Ints:
    years: Ints = part.documents["year"].to_numpy(np.int64)
    return years


def _uses_of(part: Corpus, keys: Keys, years: Ints) -> list[tuple[int, Ints]]:
    """Stretches that the issuer used for the first time, by the place of the year."""
    order = np.argsort(_years(part), kind="stable")
    seen = np.zeros(len(keys), dtype=bool)
    uses = []
    for document_id in part.documents["document_id"].iloc[order]:
        plan = part.plan(document_id)
        texts = plan.items.loc[plan.items["part"].isin(TELLING_PARTS), "core"].tolist()
        _, used, _, _ = stretches(texts)
        places, known = places_in(keys, np.unique(used))
        new = places[known][~seen[places[known]]]
        seen[new] = True
        uses.append((int(np.searchsorted(years, _year_of(part, document_id))), new))
    return uses


def _year_of(part: Corpus, document_id: str) -> int:
    documents = part.documents
    return int(documents.loc[documents["document_id"] == document_id, "year"].iloc[0])


def _each(
    work: Callable[[Corpus], Result],
    parts: Sequence[Corpus],
    n_jobs: int | None,
    progress: bool,
    what: str,
) -> list[Result]:
    """The results for all parts, in their order."""
    found: dict[int, Result] = {}
    results = run_tasks(work, parts, n_jobs=n_jobs, lost=_lost)
    with tqdm(total=len(parts), disable=not progress, desc=what, delay=2, leave=False) as bar:
        for place, result in results:
            found[place] = result
            bar.update()
    return [found[place] for place in range(len(parts))]


def _lost(part: Corpus) -> NoReturn:
    sources = part.documents["source"].tolist()
    raise PlanDiffError(
        f"a worker died on the plans {sources[:3]}, alone and again; take fewer workers (n_jobs), "
        "or more memory for each"
    )
