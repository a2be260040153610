"""What a researcher would try before planddiff, each in its best-known setting.

A baseline takes a :class:`benchmarks.gold.GoldPair` and returns links as positions (``old``,
``new``) with the similarity they were chosen by. Baselines that need a threshold and have none
get the best one there is, chosen on the test data itself: ``per pair`` (different for each pair
of plans) or ``global`` (one for all). That favours them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.gold import GoldPair

Ranker = Callable[[GoldPair], pd.DataFrame]


def same_number(pair: GoldPair) -> pd.DataFrame:
    """The nth item of one plan is the nth of the other."""
    return _links((n, n, 1.0) for n in range(min(len(pair.old_items), len(pair.new_items))))


def exact_title(pair: GoldPair) -> pd.DataFrame:
    """Titles equal character for character."""
    return _links(
        (old, new, 1.0)
        for old, title in enumerate(pair.old_items["title"])
        for new, other in enumerate(pair.new_items["title"])
        if title == other
    )


def ratio_greedy(pair: GoldPair) -> pd.DataFrame:
    """rapidfuzz ratio of the bodies, best first, one to one, all similarities."""
    scores = process.cdist(pair.old_items["text"], pair.new_items["text"], scorer=fuzz.ratio)
    free_old, free_new = set(range(scores.shape[0])), set(range(scores.shape[1]))
    chosen = []
    for place in np.argsort(-scores, axis=None, kind="stable"):
        old, new = divmod(int(place), scores.shape[1])
        if old in free_old and new in free_new:
            chosen.append((old, new, scores[old, new] / 100))
            free_old.remove(old)
            free_new.remove(new)
    return _links(chosen)


def bigram_assignment(pair: GoldPair) -> pd.DataFrame:
    """Character bigrams, TF-IDF, cosine; optimal one-to-one assignment, all similarities."""
    return _assigned(_cosine(pair, analyzer="char", ngram_range=(2, 2)))


def word_assignment(pair: GoldPair) -> pd.DataFrame:
    """jieba words, TF-IDF, cosine; optimal one-to-one assignment, all similarities."""
    return _assigned(_cosine(pair, analyzer=_words))


def word_threshold(pair: GoldPair) -> pd.DataFrame:
    """jieba words, TF-IDF, cosine; any pair may link (N:M), all similarities."""
    return _all(_cosine(pair, analyzer=_words))


def word_two_way(pair: GoldPair) -> pd.DataFrame:
    """Share of word weight that either side finds in the other, the larger of both (N:M)."""
    vectorizer = TfidfVectorizer(analyzer=_words, norm=None)
    weights = vectorizer.fit_transform([*pair.old_items["text"], *pair.new_items["text"]])
    dense = weights.toarray()
    old, new = dense[: len(pair.old_items)], dense[len(pair.old_items) :]
    shared = np.minimum(old[:, None, :], new[None, :, :]).sum(axis=2)
    forward = shared / old.sum(axis=1)[:, None]
    backward = shared / new.sum(axis=1)[None, :]
    return _all(np.maximum(forward, backward))


def string_grouper(pair: GoldPair) -> pd.DataFrame:
    """string_grouper with its ASCII cleaning off and bigrams, so that Chinese survives (N:M)."""
    from string_grouper import match_strings

    found = match_strings(
        pd.Series(list(pair.old_items["text"])),
        pd.Series(list(pair.new_items["text"])),
        ngram_size=2,
        normalize_to_ascii=False,
        regex=r"\s",
        min_similarity=0.01,
        max_n_matches=len(pair.new_items),
    )
    return _links(zip(found["left_index"], found["right_index"], found["similarity"], strict=True))


def polyfuzz(pair: GoldPair) -> pd.DataFrame:
    """PolyFuzz TF-IDF with its ASCII cleaning off: the best new item for every old one."""
    from polyfuzz.models import TFIDF

    old, new = list(pair.old_items["text"]), list(pair.new_items["text"])
    matched = TFIDF(n_gram_range=(2, 2), clean_string=False, min_similarity=0).match(old, new)
    place = {text: position for position, text in enumerate(new)}
    return _links(
        (position, place[text], similarity)
        for position, (text, similarity) in enumerate(
            zip(matched["To"], matched["Similarity"], strict=True)
        )
        if text in place
    )


PLAIN: dict[str, Ranker] = {"same number": same_number, "exact title": exact_title}
RANKED: dict[str, Ranker] = {
    "rapidfuzz ratio, greedy": ratio_greedy,
    "char-bigram TF-IDF, assignment": bigram_assignment,
    "jieba TF-IDF, assignment": word_assignment,
    "jieba TF-IDF, any pair": word_threshold,
    "jieba words, two directions": word_two_way,
    "string_grouper": string_grouper,
    "PolyFuzz": polyfuzz,
}


def oracle(
    ranked: dict[str, pd.DataFrame], pairs: Sequence[GoldPair], how: str
) -> dict[str, pd.DataFrame]:
    """Links above the threshold that scores best on strong gold, ``per pair`` or ``global``.

    ``ranked`` holds the links of every pair by its name.
    """
    groups = [[pair] for pair in pairs] if how == "per pair" else [list(pairs)]
    chosen = {}
    for group in groups:
        level = _best_level(group, ranked)
        for pair in group:
            table = ranked[pair.name]
            chosen[pair.name] = table[table["similarity"] >= level].reset_index(drop=True)
    return chosen


def _best_level(pairs: Sequence[GoldPair], ranked: dict[str, pd.DataFrame]) -> float:
    wanted = sum(int((pair.links["strength"] == "strong").sum()) for pair in pairs)
    judged = pd.concat(
        ranked[pair.name].merge(pair.links[["old", "new", "strength"]], how="left")
        for pair in pairs
    ).sort_values("similarity", ascending=False)
    hits = (judged["strength"] == "strong").cumsum()
    false = judged["strength"].isna().cumsum()
    scores = pd.DataFrame({"level": judged["similarity"], "f1": 2 * hits / (hits + false + wanted)})
    reached = scores.groupby("level").last()["f1"]
    return float(reached.idxmax())


def _words(text: str) -> list[str]:
    import jieba

    return [word for word in jieba.lcut(text) if re.match(r"\w", word)]


def _cosine(pair: GoldPair, **how: object) -> np.ndarray:
    vectors = TfidfVectorizer(**how).fit_transform(
        [*pair.old_items["text"], *pair.new_items["text"]]
    )
    count = len(pair.old_items)
    return (vectors[:count] @ vectors[count:].T).toarray()


def _all(scores: np.ndarray) -> pd.DataFrame:
    return _links((int(i), int(j), scores[i, j]) for i, j in np.argwhere(scores > 0))


def _assigned(scores: np.ndarray) -> pd.DataFrame:
    rows, columns = linear_sum_assignment(-scores)
    return _links((int(i), int(j), scores[i, j]) for i, j in zip(rows, columns, strict=True))


def _links(rows: Iterable[tuple[int, int, float]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["old", "new", "similarity"])
