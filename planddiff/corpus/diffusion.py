"""Who had what first: adoption among the issuers of a corpus, and the wording they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from planddiff.corpus.adoption import adoption_curve, adoption_table, lag_table, presence_by_year
from planddiff.corpus.commonness import COMMON_SHARE, Commonness
from planddiff.corpus.corpus import Corpus
from planddiff.corpus.diffusion_result import Diffusion
from planddiff.corpus.gathering import gather_commonness, gather_items
from planddiff.corpus.precedence import edge_table, ordered_pairs, shared_runs
from planddiff.corpus.question import Question, understand
from planddiff.corpus.similar import confidence_of, similar_items
from planddiff.corpus.upstream import explained_by_upstream
from planddiff.corpus.wording import Wording, wording_of
from planddiff.errors import InvalidInputError
from planddiff.evidence.bigrams import Ints

ITEM_COLUMNS = [
    "item_id", "document_id", "issuer", "region", "province", "level", "year", "date", "ordinal",
    "title", "match", "core",
]  # fmt: skip
LINK_COLUMNS = [
    "source_issuer", "target_issuer", "source_year", "target_year", "lag", "direction",
    "same_province", "same_year", "ordered", "source_level", "target_level", "source_item_id",
    "target_item_id", "similarity", "confidence", "shared_text", "shared_by", "on_subject",
    "via_upstream",
    "upstream_issuer", "upstream_year", "upstream_item_id", "remaining",
]  # fmt: skip
_NAMES = (
    "source_issuer", "source_item_id", "source_direction", "upstream_issuer", "upstream_item_id",
)  # fmt: skip
SOURCE_COLUMNS = [
    "source_issuer", "source_year", "source_item_id", "source_direction", "source_confidence",
    "source_on_subject",
]  # fmt: skip


def diffusion(
    corpus: Corpus,
    asked: str | Sequence[str],
    *,
    kind: str = "auto",
    by: str = "issuer",
    threshold: float = 0.8,
    themes: Any = None,
    n_jobs: int | None = None,
    progress: bool = True,
) -> Diffusion:
    """Say which issuers adopted a theme or an initiative, when, and whose wording they share.

    An adoption is the first year in which a plan of an issuer has an item on what is asked for: a
    task, a requirement, a safeguard, or the lead-in of a section, where a term is often taken up
    before any task names it (`part` ``framing``; where the lead-in is a heading and no more, the
    first item below it counts for it); the review of what was done and attachments do not count.
    Unobserved years are never taken for years without it; an issuer whose first plan
    already has it is left-censored; only observed issuers are at risk.

    Parameters
    ----------
    corpus : Corpus
        As :func:`planddiff.read_corpus` gives it. Documents without a year, without a value in the
        column `by`, or without any task are left out, and the result says how many.
    asked : str or sequence of str
        A theme; an ``item_id``, or several of one initiative; the label of an initiative; words;
        or a text.
    kind : {'auto', 'theme', 'item', 'words', 'text'}
        How `asked` is understood; ``auto`` tries in this order and takes the first that fits
        anything. ``theme``: items tagged with it. ``item``: items that share telling wording with
        the items named, or with those of this title. ``words``: items whose text holds these
        words. ``text``: items that share telling wording with the text, or hold it nearly whole.
    by : str
        Column of ``corpus.documents`` that makes an adopter: ``issuer``, or ``region`` where
        several bodies of one place issue plans.
    threshold : float
        Least confidence, 0 to 1, that two items share wording that is not everybody's.
    themes : optional
        A theme lexicon of one's own; anything that ``ThemeLexicon.from_any`` takes.
    n_jobs : int, optional
        Workers, as :class:`joblib.Parallel` has it.
    progress : bool
        Show a progress bar where it takes more than two seconds.

    Returns
    -------
    Diffusion

    Raises
    ------
    InvalidInputError
        No documents with year and issuer; nothing in the corpus fits `asked`; an argument that
        does not fit.
    MissingExtraError
        ``sparse_dot_topn`` is not installed (``planddiff[corpus]``).

    Notes
    -----
    Two items share wording if the stretches of four letters that both hold weigh enough; a stretch
    weighs by how few issuers had used it by the later of the two years, so that what every issuer
    writes counts nothing (:mod:`planddiff.corpus.commonness`). Two items on a theme may share
    wording on something else that both speak of; ``on_subject`` of the links tells these apart.
    Text reuse as a trace of diffusion: Linder, Desmarais, Burgess and Giraudy (2020,
    doi:10.1111/psj.12257); internal and external, vertical and horizontal diffusion: Berry and
    Berry (1990), Shipan and Volden (2008).

    Examples
    --------
    >>> import tempfile
    >>> from planddiff.corpus import read_corpus
    >>> corpus = read_corpus("seeds", cache=tempfile.mkdtemp(), progress=False)
    >>> found = diffusion(corpus, "智慧城市", by="region", progress=False)
    >>> found.adoptions[["issuer", "status", "adoption_year"]].values.tolist()
    [['浙江省', 'left_censored', 2014]]
    >>> found.question.kind, len(found.edges)
    ('theme', 0)
    """
    if not 0 < threshold < 1:
        raise InvalidInputError(f"threshold={threshold!r}: give a number between 0 and 1")
    known = _known(corpus, by)
    parts = [part for _, part in sorted(known.groups(by).items(), key=lambda each: str(each[0]))]
    question, found, observed_ids = _asked_for(known, parts, asked, kind, themes, n_jobs, progress)
    documents = known.documents.assign(issuer=known.documents[by])
    items = _placed(found, documents)
    wording = wording_of(items["core"].tolist())
    commonness = gather_commonness(parts, wording.keys, n_jobs, progress)
    if question.by_wording:
        items = items.assign(match=question.confidences(items, commonness))
        keep = (items["match"] >= threshold).to_numpy()
        items, wording = (
            items[keep].reset_index(drop=True),
            replace(wording, held=wording.held[keep]),
        )
    if items.empty and question.kind != "theme":
        raise InvalidInputError(
            f"no item of this corpus fits {asked!r} as {question.kind}; give a theme, an item_id, "
            "words that the plans use, or a longer text"
        )
    observed = documents[documents["document_id"].isin(observed_ids)]
    if observed.empty:
        raise InvalidInputError("no document of this corpus has a task: there is nobody to adopt")
    links = _links(items, wording, commonness, question, threshold, n_jobs)
    adoptions = adoption_table(observed, items)
    return Diffusion(
        question=question,
        adoptions=_with_sources(adoptions, links),
        presence=presence_by_year(observed, items, adoptions),
        curve=adoption_curve(observed, adoptions),
        lags=lag_table(adoptions),
        links=links,
        edges=edge_table(links),
        items=items[ITEM_COLUMNS],
        documents=observed.reset_index(drop=True),
        settings={
            "asked": question.asked,
            "kind": question.kind,
            "by": by,
            "threshold": threshold,
            "themes": "own" if question.lexicon else "shipped",
            "common_share": COMMON_SHARE,
            **_left_out(corpus.documents, observed, by),
        },
    )


def _known(corpus: Corpus, by: str) -> Corpus:
    """The documents with a year and somebody to adopt."""
    if by not in corpus.documents:
        raise InvalidInputError(
            f"by={by!r}: documents have the columns {', '.join(corpus.documents.columns)}"
        )
    named = corpus.documents[by].fillna("").astype(str) != ""
    mask = (named & corpus.documents["year"].notna()).to_numpy(bool)
    if not mask.any():
        raise InvalidInputError(
            f"none of the {len(corpus)} documents has both a year and a value in {by!r}; give them "
            "in a table of sources"
        )
    return corpus.select(mask)


def _left_out(documents: pd.DataFrame, observed: pd.DataFrame, by: str) -> dict[str, int]:
    """How many documents were not looked at, and for want of what."""
    rest = documents[~documents["document_id"].isin(observed["document_id"])]
    undated = rest["year"].isna()
    nameless = ~undated & (rest[by].fillna("").astype(str) == "")
    return {
        "left_out": len(rest),
        "without_year": int(undated.sum()),
        "without_adopter": int(nameless.sum()),
        "without_task": int((~undated & ~nameless).sum()),
    }


def _asked_for(
    corpus: Corpus,
    parts: Sequence[Corpus],
    asked: str | Sequence[str],
    kind: str,
    themes: Any,
    n_jobs: int | None,
    progress: bool,
) -> tuple[Question, pd.DataFrame, set[str]]:
    """The question, the items it may mean, and the documents that were observed."""
    question = understand(corpus, asked, kind, themes)
    items, observed = gather_items(parts, question, n_jobs, progress)
    if kind == "auto" and question.kind == "words":
        titled = items.loc[items["title"] == question.asked, "item_id"].tolist()
        if titled or items.empty:
            named = understand(corpus, titled or asked, "item" if titled else "text", themes)
            question = replace(named, asked=question.asked)
            items, observed = gather_items(parts, question, n_jobs, progress)
    return question, items, observed


def _placed(found: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Items with the issuer, place and year of their document, in an order of their own."""
    columns = ["document_id", "issuer", "region", "province", "level", "year"]
    items = found.drop(columns="year").merge(documents[columns], on="document_id", how="left")
    items = items.sort_values(["issuer", "year", "document_id", "ordinal"], kind="stable")
    return items.assign(match=1.0).astype({"year": "int64"}).reset_index(drop=True)


def _links(
    items: pd.DataFrame,
    wording: Wording,
    commonness: Commonness,
    question: Question,
    threshold: float,
    n_jobs: int | None,
) -> pd.DataFrame:
    """Pairs of items of different issuers that share wording, ordered in time."""
    owners = pd.factorize(items["issuer"])[0].astype(np.int64)
    years = items["year"].to_numpy(np.int64)
    pairs = similar_items(wording, owners, years, commonness, threshold=threshold, n_jobs=n_jobs)
    links = ordered_pairs(items, pairs)
    source, target = links["source"].to_numpy(np.int64), links["target"].to_numpy(np.int64)
    later = np.maximum(years[source], years[target])
    texts, users = shared_runs(items["core"].tolist(), source, target, later, commonness)
    above = explained_by_upstream(items, wording.held, source, target, commonness)
    rest = (pairs["shared"] * (1 - above["explained"])).to_numpy()
    still = confidence_of(rest, pairs["telling"].to_numpy()) >= threshold
    upstream = _upstream(items, above["item"].to_numpy(np.int64))
    links = links.assign(
        similarity=pairs["similarity"],
        confidence=pairs["confidence"],
        shared_text=pd.Series(texts, dtype=object),
        shared_by=users,
        on_subject=np.array(question.on_subject(texts), dtype=bool),
        via_upstream=(above["item"] >= 0) & ~still,
        remaining=pairs["similarity"] * (1 - above["explained"]),
        **upstream,
    )
    order = ["target_year", "source_year", "source_issuer", "target_issuer"]
    links = links.sort_values([*order, "source_item_id", "target_item_id"], kind="stable")
    return _with_text(links[LINK_COLUMNS].reset_index(drop=True))


def _upstream(items: pd.DataFrame, rows: Ints) -> dict[str, pd.Series[Any]]:
    """Issuer, year and id of the upstream items; missing where there is none."""
    found = items[["issuer", "year", "item_id"]].reindex(np.where(rows >= 0, rows, -1))
    named = found.rename(columns=lambda name: f"upstream_{name}").reset_index(drop=True)
    named = named.astype({"upstream_year": "Int64"})
    return {str(name): named[name] for name in named}


def _with_sources(adoptions: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Adoptions with the candidate source of the items of the adoption year."""
    spread = adoptions[["issuer", "adoption_year"]].dropna().astype({"adoption_year": "int64"})
    into = links[links["ordered"] & ~links["via_upstream"]].merge(
        spread, left_on=["target_issuer", "target_year"], right_on=["issuer", "adoption_year"]
    )
    into = into.sort_values(
        ["confidence", "source_year", "source_item_id", "target_item_id"],
        ascending=[False, True, True, True],
        kind="stable",
    )
    into = into.drop_duplicates("issuer").rename(
        columns={
            "direction": "source_direction",
            "confidence": "source_confidence",
            "on_subject": "source_on_subject",
        }
    )
    merged = adoptions.merge(into[["issuer", *SOURCE_COLUMNS]], on="issuer", how="left")
    return _with_text(merged.astype({"source_year": "Int64", "source_on_subject": "boolean"}))


def _with_text(table: pd.DataFrame) -> pd.DataFrame:
    """The table with columns that name something as text, also where there is nothing to name."""
    text = pd.Series(["text"]).dtype
    names = [name for name in _NAMES if name in table]
    return table.assign(
        **{
            name: table[name].astype(object).where(table[name].notna(), None).astype(text)
            for name in names
        }
    )
