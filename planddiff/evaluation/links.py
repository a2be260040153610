"""Predicted links against the links that coders drew, one by one and as beads."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError

KEY = ["document", "old_id", "new_id"]
STRENGTHS = ("strong", "weak", "contested")


@dataclass(frozen=True)
class _Bead:
    document: str
    old_ids: tuple[Hashable, ...]
    new_ids: tuple[Hashable, ...]

    @property
    def relation(self) -> str:
        if len(self.old_ids) > 1:
            return "merged" if len(self.new_ids) == 1 else "recombined"
        return "continued" if len(self.new_ids) == 1 else "split"

    def overlaps(self, other: _Bead) -> bool:
        return (
            self.document == other.document
            and not set(self.old_ids).isdisjoint(other.old_ids)
            and not set(self.new_ids).isdisjoint(other.new_ids)
        )


def link_outcomes(predicted: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Judge every predicted and every gold link.

    Parameters
    ----------
    predicted : DataFrame
        ``old_id`` and ``new_id``, one row per link; optional ``document`` (which pair of plans
        the link belongs to; one pair where it is absent) and ``confidence``.
    gold : DataFrame
        ``old_id``, ``new_id``, optional ``document`` and ``strength``: ``strong`` links must be
        found, ``weak`` and ``contested`` ones neither help nor hurt. Without it all are strong.

    Returns
    -------
    DataFrame
        ``document``, ``old_id``, ``new_id``, ``outcome`` (``hit``, ``false``, ``missed`` or
        ``ignored``) and ``confidence`` (missing for a link that was not predicted), sorted.

    Raises
    ------
    InvalidInputError
        A column is missing, a link is listed twice, or a strength is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> predicted = pd.DataFrame({"old_id": [1, 2], "new_id": [1, 9]})
    >>> gold = pd.DataFrame({"old_id": [1, 3], "new_id": [1, 3]})
    >>> link_outcomes(predicted, gold)[["old_id", "new_id", "outcome"]].values.tolist()
    [[1, 1, 'hit'], [2, 9, 'false'], [3, 3, 'missed']]
    """
    found = _checked(predicted, "predicted")
    wanted = _checked(gold, "gold")
    if "strength" not in wanted:
        wanted = wanted.assign(strength="strong")
    unknown = set(wanted["strength"]) - set(STRENGTHS)
    if unknown:
        raise InvalidInputError(
            f"gold has the strength {min(map(str, unknown))!r}; use one of {', '.join(STRENGTHS)}"
        )
    if "confidence" not in found:
        found = found.assign(confidence=float("nan"))
    both = found[[*KEY, "confidence"]].merge(
        wanted[[*KEY, "strength"]], on=KEY, how="outer", indicator=True
    )
    outcome = both["_merge"].map({"left_only": "false", "both": "hit", "right_only": "missed"})
    outcome = outcome.astype(str).mask(both["strength"].isin(["weak", "contested"]), "ignored")
    both = both.assign(outcome=outcome)[[*KEY, "outcome", "confidence"]]
    return both.sort_values(KEY, ignore_index=True)


def score_links(predicted: pd.DataFrame, gold: pd.DataFrame) -> pd.Series:
    """Precision, recall and F1 of links; arguments as in :func:`link_outcomes`.

    Returns
    -------
    Series
        ``precision``, ``recall``, ``f1`` (0..1; 0 where nothing was found or nothing wanted)
        and the counts ``hits``, ``false``, ``missed``, ``ignored``.

    Examples
    --------
    >>> import pandas as pd
    >>> gold = pd.DataFrame(
    ...     {"old_id": [1, 2, 3], "new_id": [1, 2, 3], "strength": ["strong", "strong", "weak"]}
    ... )
    >>> score_links(gold.tail(2), gold)[["precision", "recall", "ignored"]].tolist()
    [1.0, 0.5, 1.0]
    """
    return outcome_scores(link_outcomes(predicted, gold))


def outcome_scores(outcomes: pd.DataFrame) -> pd.Series:
    """Precision, recall, F1 and counts of the rows of :func:`link_outcomes`."""
    count = outcomes["outcome"].value_counts()
    hits, false, missed = (int(count.get(word, 0)) for word in ("hit", "false", "missed"))
    scores = f_scores(hits, hits + false, hits, hits + missed)
    counts = {"hits": hits, "false": false, "missed": missed}
    return pd.Series(scores | counts | {"ignored": int(count.get("ignored", 0))}, dtype=float)


def f_scores(hits: int, predicted: int, found: int, wanted: int) -> dict[str, float]:
    """Precision ``hits / predicted``, recall ``found / wanted`` and their harmonic mean."""
    precision = hits / predicted if predicted else 0.0
    recall = found / wanted if wanted else 0.0
    both = precision + recall
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / both if both else 0.0,
    }


def find_beads(links: pd.DataFrame) -> pd.DataFrame:
    """Group links into beads: the connected components of old and new items.

    Parameters
    ----------
    links : DataFrame
        ``old_id``, ``new_id`` and optional ``document``.

    Returns
    -------
    DataFrame
        One row per bead: ``document``, ``old_ids`` and ``new_ids`` (sorted tuples) and
        ``relation`` by shape: ``continued`` 1:1, ``split`` 1:N, ``merged`` N:1, else
        ``recombined``.

    Examples
    --------
    >>> import pandas as pd
    >>> find_beads(pd.DataFrame({"old_id": [1, 1, 2], "new_id": [1, 2, 3]}))["relation"].tolist()
    ['split', 'continued']
    """
    columns = ["document", "old_ids", "new_ids", "relation"]
    rows = [(b.document, b.old_ids, b.new_ids, b.relation) for b in _beads(links)]
    return pd.DataFrame(rows, columns=columns)


def _beads(links: pd.DataFrame) -> list[_Bead]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    beads = []
    for document, group in _checked(links, "links").groupby("document", sort=True):
        old, old_names = pd.factorize(group["old_id"], sort=True)
        new, new_names = pd.factorize(group["new_id"], sort=True)
        size = len(old_names) + len(new_names)
        edges = (np.ones(len(group)), (old, new + len(old_names)))
        count, label = connected_components(coo_array(edges, shape=(size, size)), directed=False)
        members: list[tuple[list[Hashable], list[Hashable]]] = [([], []) for _ in range(count)]
        for place, name in enumerate([*old_names, *new_names]):
            members[label[place]][place >= len(old_names)].append(name)
        beads += [_Bead(str(document), tuple(olds), tuple(news)) for olds, news in members]
    return beads


def bead_outcomes(predicted: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Judge every bead of both sides; arguments as in :func:`link_outcomes`.

    Gold beads are built of strong links. Predicted links that gold calls weak or contested are
    left out before predicted beads are built, so that they neither help nor hurt.

    Returns
    -------
    DataFrame
        One row per bead: ``document``, ``side`` (predicted/gold), ``relation``, ``strict`` (the
        other side has a bead of the same old and the same new items), ``lax`` (it has one that
        shares an old and a new item), ``relation_found`` (one such has the same relation).

    Notes
    -----
    Strict and lax follow the bead scorers of sentence alignment (Thompson and Koehn 2019,
    Vecalign), without their monotone order: plans reorder their items freely.
    """
    outcomes = link_outcomes(predicted, gold)
    sides = {
        "predicted": _beads(outcomes[outcomes["outcome"].isin(["hit", "false"])]),
        "gold": _beads(outcomes[outcomes["outcome"].isin(["hit", "missed"])]),
    }
    rows = []
    for side, other in (("predicted", "gold"), ("gold", "predicted")):
        for bead in sides[side]:
            met = [rival for rival in sides[other] if bead.overlaps(rival)]
            alike = any(bead.relation == rival.relation for rival in met)
            rows.append((bead.document, side, bead.relation, bead in met, bool(met), alike))
    columns = ["document", "side", "relation", "strict", "lax", "relation_found"]
    return pd.DataFrame(rows, columns=columns)


def bead_scores(outcomes: pd.DataFrame, by: str = "strict") -> pd.Series:
    """Precision, recall and F1 of the beads of :func:`bead_outcomes`.

    Parameters
    ----------
    outcomes : DataFrame
        What :func:`bead_outcomes` returned, or its rows of some relations only.
    by : {'strict', 'lax', 'relation_found'}
        Which judgement counts as found.

    Examples
    --------
    >>> import pandas as pd
    >>> gold = pd.DataFrame({"old_id": [1, 1], "new_id": [1, 2]})
    >>> outcomes = bead_outcomes(gold.head(1), gold)
    >>> float(bead_scores(outcomes)["f1"]), float(bead_scores(outcomes, by="lax")["f1"])
    (0.0, 1.0)
    """
    ours = outcomes.loc[outcomes["side"] == "predicted", by]
    theirs = outcomes.loc[outcomes["side"] == "gold", by]
    return pd.Series(f_scores(int(ours.sum()), len(ours), int(theirs.sum()), len(theirs)))


def decoy_share(predicted: pd.DataFrame, decoys: pd.DataFrame) -> float:
    """Share of decoy pairs (which no coder would link) that were linked.

    Parameters
    ----------
    predicted, decoys : DataFrame
        ``old_id``, ``new_id`` and optional ``document``.

    Returns
    -------
    float
        0..1; ``nan`` where there are no decoys.
    """
    wanted = _checked(decoys, "decoys")
    if wanted.empty:
        return float("nan")
    linked = wanted[KEY].merge(_checked(predicted, "predicted")[KEY], on=KEY)
    return len(linked) / len(wanted)


def _checked(table: pd.DataFrame, role: str) -> pd.DataFrame:
    """The table with a ``document`` column and an old and a new id, each link once."""
    missing = [column for column in ("old_id", "new_id") if column not in table]
    if missing:
        raise InvalidInputError(
            f"the table of {role} links has no column {missing[0]!r} (it has "
            f"{', '.join(map(str, table.columns))}); rename its columns to old_id and new_id"
        )
    if "document" not in table:
        table = table.assign(document="")
    twice = table[table.duplicated(KEY)]
    if len(twice):
        row = twice.iloc[0]
        raise InvalidInputError(
            f"the table of {role} links lists {row['old_id']!r} -> {row['new_id']!r} twice; "
            "keep one row per link"
        )
    return table
