"""Why a pair is a link or is none: the evidence, the clauses, the rivals, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planddiff.comparison.clauses import align_clauses
from planddiff.evidence import PIECES
from planddiff.matching import Matcher
from planddiff.plan import Plan
from planddiff.views import explanation_view

_RIVALS = 3


@dataclass(frozen=True, eq=False)
class Explanation:
    """The case for and against one pair of items.

    Attributes
    ----------
    evidence : DataFrame
        ``evidence`` (name), ``value`` (0 to 1), ``weight``, ``contribution`` (log-odds; with the
        row ``intercept`` they sum to ``log_odds``), ``meaning``. Empty where the pair shares so
        little that it was never weighed.
    clauses : DataFrame
        The clauses of both items side by side (:func:`align_clauses`).
    rivals : DataFrame
        The next best pairs that share an item with this one: ``old_ordinal``, ``new_ordinal``,
        ``old_title``, ``new_title``, ``similarity``, ``confidence``, ``linked``, ``weakest`` (the
        piece of evidence in which a rival falls furthest behind).
    linked : bool
    confidence, log_odds : float
    sentence_zh, sentence_en : str
    """

    old_title: str
    new_title: str
    evidence: pd.DataFrame
    clauses: pd.DataFrame
    rivals: pd.DataFrame
    linked: bool
    confidence: float
    log_odds: float
    sentence_zh: str
    sentence_en: str

    def __repr__(self) -> str:
        verdict = "link" if self.linked else "no link"
        return (
            f"<Explanation {self.old_title} → {self.new_title}: {verdict}, {self.confidence:.2f}>"
        )

    def _repr_html_(self) -> str:
        return explanation_view(
            (self.old_title, self.new_title),
            (self.sentence_zh, self.sentence_en),
            (self.linked, self.confidence),
            self.evidence,
            self.clauses,
            self.rivals,
        )


def explain_pair(
    candidates: pd.DataFrame, old_id: str, new_id: str, old: Plan, new: Plan, matcher: Matcher
) -> Explanation:
    """Explain the pair of items ``old_id``, ``new_id`` from the pairs that were weighed."""
    one, other = _item(old, old_id), _item(new, new_id)
    mine = (candidates["old_id"] == old_id) & (candidates["new_id"] == new_id)
    row = candidates[mine]
    clauses = align_clauses(one["core"], other["core"])
    evidence = _evidence(row, matcher)
    linked = bool(row["linked"].iloc[0]) if len(row) else False
    sure = float(row["confidence"].iloc[0]) if len(row) else 0.0
    odds = float(row["log_odds"].iloc[0]) if len(row) else float("-inf")
    rivals = _rivals(candidates, old_id, new_id, old, new, row, matcher)
    return Explanation(
        old_title=one["title"],
        new_title=other["title"],
        evidence=evidence,
        clauses=clauses,
        rivals=rivals,
        linked=linked,
        confidence=sure,
        log_odds=odds,
        **_sentences(one, other, linked, sure, clauses, evidence),
    )


def _item(plan: Plan, item_id: str) -> dict[str, str]:
    row = plan.items[plan.items["item_id"] == item_id].iloc[0]
    return {name: str(row[name]) for name in ("title", "core")}


def _evidence(row: pd.DataFrame, matcher: Matcher) -> pd.DataFrame:
    columns = ["evidence", "value", "weight", "contribution", "meaning"]
    if row.empty:
        return pd.DataFrame(columns=columns)
    weights = matcher.weights
    rows: list[tuple[str, float, float, float, str]] = [
        (name, float(row[name].iloc[0]), weight, float(row[name].iloc[0]) * weight, PIECES[name])
        for name, weight in weights.weights.items()
    ]
    rest = float(row["log_odds"].iloc[0]) - weights.intercept - sum(each[3] for each in rows)
    for extra in matcher.evidence:
        share = rest / len(matcher.evidence)
        rows.append((extra.name, float(row[extra.name].iloc[0]), extra.weight, share, "your own"))
    rows.sort(key=lambda each: (-abs(each[3]), each[0]))
    rows.insert(
        0, ("intercept", 1.0, weights.intercept, weights.intercept, "a pair before any evidence")
    )
    return pd.DataFrame(rows, columns=columns)


def _rivals(
    candidates: pd.DataFrame,
    old_id: str,
    new_id: str,
    old: Plan,
    new: Plan,
    row: pd.DataFrame,
    matcher: Matcher,
) -> pd.DataFrame:
    shares = (candidates["old_id"] == old_id) ^ (candidates["new_id"] == new_id)
    best = candidates[shares].sort_values(
        ["confidence", "old_ordinal", "new_ordinal"], ascending=[False, True, True]
    )[:_RIVALS]
    titles = [plan.items.set_index("item_id")["title"] for plan in (old, new)]
    weights = matcher.weights
    behind = [""] * len(best)
    if len(row) and len(best):
        gap = weights.contributions(best) - weights.contributions(row).iloc[0]
        behind = [str(name) for name in gap.idxmin(axis=1)]
    return pd.DataFrame(
        {
            "old_ordinal": best["old_ordinal"],
            "new_ordinal": best["new_ordinal"],
            "old_title": titles[0].reindex(best["old_id"]).to_numpy(),
            "new_title": titles[1].reindex(best["new_id"]).to_numpy(),
            "similarity": best["similarity"],
            "confidence": best["confidence"],
            "linked": best["linked"],
            "weakest": behind,
        }
    ).reset_index(drop=True)


def _sentences(
    one: dict[str, str],
    other: dict[str, str],
    linked: bool,
    sure: float,
    clauses: pd.DataFrame,
    evidence: pd.DataFrame,
) -> dict[str, str]:
    carried = clauses[clauses["similarity"] > 0]
    total = int((clauses["old"] != "").sum())
    kept = int(carried["old"].nunique())
    pieces = evidence[evidence["evidence"] != "intercept"]
    strongest = "、".join(pieces["evidence"][:2])
    verdict_zh = "判为同一举措" if linked else "不判为同一举措"
    verdict_en = "are taken as the same initiative" if linked else "are not linked"
    return {
        "sentence_zh": (
            f"“{one['title']}”与“{other['title']}”{verdict_zh}(置信度{sure:.2f}):"
            f"旧条目{total}个分句中有{kept}个在新条目中延续;最有分量的证据:{strongest or '无'}。"
        ),
        "sentence_en": (
            f"“{one['title']}” and “{other['title']}” {verdict_en} (confidence {sure:.2f}): "
            f"{kept} of {total} clauses of the old item are carried into the new one; "
            f"weightiest evidence: {strongest.replace('、', ', ') or 'none'}."
        ),
    }
