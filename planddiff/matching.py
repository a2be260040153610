"""The matcher: from evidence on pairs of items to links with a confidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from planddiff.calibration import (
    Calibration,
    confidence,
    default_calibration,
    read_calibration,
)
from planddiff.errors import InvalidInputError
from planddiff.evidence import candidates_and_decoys, prepare, weigh_chosen, weigh_sides
from planddiff.evidence.bigrams import Floats, Ints
from planddiff.evidence.sides import Side
from planddiff.evidence.verbatim import bound_elsewhere, verbatim_partners
from planddiff.fields.agency_register import load_register
from planddiff.plan import Plan

PARTS = ("task", "requirement", "safeguard")
"""Parts of a plan whose items commit to something; a review or a preamble does not."""

READ = ("item_id", "ordinal", "title", "fingerprint", "core", "lead", "support")
"""Columns of the items that a comparison reads."""

Measure = Callable[[Sequence[str], Sequence[str], Ints, Ints], Floats]


@dataclass(frozen=True)
class ExtraEvidence:
    """A piece of evidence of one's own.

    Attributes
    ----------
    name : str
        Its column in ``links``.
    measure : callable
        ``measure(old_texts, new_texts, first, second)`` returns, for each pair
        ``old_texts[first[k]]``, ``new_texts[second[k]]``, a number from 0 to 1.
    weight : float
        Log-odds that a pair gains when the measure rises from its median to 1.
    """

    name: str
    measure: Measure
    weight: float


def encoder_evidence(
    encoder: Callable[[list[str]], Any], weight: float = 2.0, name: str = "encoder"
) -> ExtraEvidence:
    """Evidence from a sentence encoder: the cosine of the vectors of the two bodies.

    Parameters
    ----------
    encoder : callable
        Takes a list of texts, returns an array of shape (n_texts, n_dimensions).
    weight : float
        As in :class:`ExtraEvidence`.
    name : str
        Column name.

    Examples
    --------
    >>> import numpy as np
    >>> piece = encoder_evidence(lambda texts: np.array([[len(t), 1.0] for t in texts]))
    >>> piece.measure(["甲"], ["乙"], np.array([0]), np.array([0])).tolist()
    [1.0]
    """

    def measure(old: Sequence[str], new: Sequence[str], first: Ints, second: Ints) -> Floats:
        vectors = np.asarray(encoder([*old, *new]), dtype=float)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        cosine = np.einsum("ij,ij->i", vectors[first], vectors[len(old) + second])
        rounded: Floats = np.round(np.clip(cosine, 0, 1), 12)
        return rounded

    return ExtraEvidence(name, measure, weight)


@dataclass(frozen=True)
class Prepared:
    """The compared items of two plans, ready to be weighed against each other and themselves.

    Attributes
    ----------
    items : tuple of DataFrame
        Old and new, in the order of :meth:`Matcher.compares`, with the columns ``READ``.
    texts, agencies, sides
        What is read of them.
    """

    items: tuple[pd.DataFrame, pd.DataFrame]
    texts: tuple[list[str], list[str]]
    agencies: tuple[list[list[str]], list[list[str]]]
    sides: tuple[Side, Side]


@dataclass(frozen=True)
class Decoys:
    """What matching a plan with itself brings about, where every link would be false.

    Attributes
    ----------
    winning : array
        Confidence of the pairs that beat all that their item finds in the other plan.
    rival : array, shape (n_items,)
        Confidence of the best pair of each item.
    """

    winning: Floats
    rival: Floats


@dataclass(frozen=True)
class Matcher:
    """How items are linked: few dials, each with a meaning.

    Parameters
    ----------
    threshold : float
        Least confidence of a link, 0 to 1. Raising it never adds a link.
    band : float
        A link is ``stable`` when its confidence exceeds the threshold by this much; a pair that
        misses the threshold by less is a doubt, and an item with nothing better is ``uncertain``.
    tie : float
        Two rivals whose similarity differs by less are a near tie.
    fdr : float, optional
        Greatest estimated false-link rate: links are dropped from the doubtful end until the rate
        estimated from the plans themselves is not above it. None leaves the rate as information.
    parts : tuple of str
        Parts of the plans that are compared.
    calibration : Calibration or path, optional
        Weights of the evidence, fitted to labels of one's own; by default those shipped.
    evidence : tuple of ExtraEvidence
        More pieces of evidence.
    """

    threshold: float = 0.5
    band: float = 0.15
    tie: float = 0.01
    fdr: float | None = None
    parts: tuple[str, ...] = PARTS
    calibration: Calibration | str | None = None
    evidence: tuple[ExtraEvidence, ...] = ()

    def __post_init__(self) -> None:
        for name in ("threshold", "band", "tie", "fdr"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise InvalidInputError(f"Matcher({name}={value!r}): give a number from 0 to 1")

    @property
    def weights(self) -> Calibration:
        """The calibration in force."""
        if self.calibration is None:
            return default_calibration()
        if isinstance(self.calibration, Calibration):
            return self.calibration
        return read_calibration(self.calibration)

    def dials(self) -> dict[str, Any]:
        """Every dial with its value, the weights of the evidence included."""
        weights = self.weights
        return {
            "threshold": self.threshold,
            "band": self.band,
            "tie": self.tie,
            "fdr": self.fdr,
            "parts": list(self.parts),
            "calibration": weights.source,
            "intercept": weights.intercept,
            "weights": dict(weights.weights),
            "evidence": [each.name for each in self.evidence],
        }

    def compares(self, plan: Plan) -> pd.DataFrame:
        """Items of a plan that are compared, in the order of the plan."""
        items = plan.items.take(self._compared(plan))
        items.index = pd.RangeIndex(len(items))
        return items

    def _compared(self, plan: Plan) -> Ints:
        """Rows of ``plan.items`` that are compared, in the order of the plan."""
        ordinal = plan.items["ordinal"].to_numpy()
        compared = np.flatnonzero([part in self.parts for part in plan.items["part"]])
        return compared[np.argsort(ordinal[compared], kind="stable")]

    def prepare(self, old: Plan, new: Plan, *, context: Sequence[Plan] = ()) -> Prepared:
        """Ready two plans for weighing.

        Parameters
        ----------
        old, new : Plan
        context : sequence of Plan
            Plans from which the rarity of words is learned; the two themselves, where empty.
        """
        items = _read(old, self._compared(old)), _read(new, self._compared(new))
        texts = items[0]["core"].tolist(), items[1]["core"].tolist()
        around = [_read(plan, self._compared(plan))["core"].tolist() for plan in context]
        # Most bodies of one plan are in the other, too: each is looked up once.
        heir = cache(load_register().harmonise)
        agencies = _agencies(items[0], old, heir), _agencies(items[1], new, heir)
        return Prepared(items, texts, agencies, prepare(*texts, *agencies, context=around))

    def weigh(
        self,
        old: Plan,
        new: Plan,
        *,
        context: Sequence[Plan] = (),
        also: Sequence[tuple[int, int]] = (),
    ) -> pd.DataFrame:
        """All candidate pairs of two plans with their evidence and ``confidence``.

        Parameters
        ----------
        old, new, context
            As in :meth:`prepare`.
        also
            As in :meth:`weigh_prepared`.

        Returns
        -------
        DataFrame
            The columns of :meth:`weigh_prepared`.
        """
        return pd.DataFrame(self.weigh_prepared(self.prepare(old, new, context=context), also))

    def weigh_prepared(
        self, prepared: Prepared, also: Sequence[tuple[int, int]] = ()
    ) -> dict[str, Any]:
        """All candidate pairs of two plans made ready before.

        Two items that each stand word for word elsewhere in the other plan are no pair.

        Parameters
        ----------
        prepared : Prepared
        also : sequence of (int, int)
            Rows of :meth:`compares` to weigh besides the candidates.

        Returns
        -------
        dict of arrays
            ``old``, ``new`` (rows of :meth:`compares`), a column per piece of evidence,
            ``forward``, ``backward``, ``log_odds``, ``confidence``; ordered by old, new.
        """
        columns = weigh_sides(*prepared.sides, also=also)
        return self._judged(_unbound(columns, prepared, also), *prepared.texts)

    def weigh_with_decoys(self, prepared: Prepared) -> tuple[dict[str, Any], list[Decoys]]:
        """All candidate pairs of two plans made ready before, and what chance alone brings about.

        The items of one plan are different initiatives, so a link between two of them would be
        false. Each plan is weighed against itself by the same rules, near twins set aside. Where an
        item is better matched by an item of its own plan than by any of the other plan, it has
        found nothing but chance there.

        Parameters
        ----------
        prepared : Prepared

        Returns
        -------
        dict of arrays
            As :meth:`weigh_prepared`.
        list of Decoys
            Of the old and of the new plan.
        """
        old, new = prepared.sides
        between, *within = candidates_and_decoys(old.even, new.even)
        weighed = _unbound(weigh_chosen(old, new, *between), prepared)
        weighed = self._judged(weighed, *prepared.texts)
        decoys = []
        for end, side, pairs, texts in zip(
            ("old", "new"), (old, new), within, prepared.texts, strict=True
        ):
            best = np.zeros(len(side))
            np.maximum.at(best, weighed[end], weighed["confidence"])
            own = self._judged(weigh_chosen(side, side, *pairs), texts, texts)
            apart = own["similarity"] < _TWINS
            item, sure = own["old"][apart], own["confidence"][apart]
            rival = np.zeros(len(side))
            np.maximum.at(rival, item, sure)
            decoys.append(Decoys(sure[sure > best[item]], rival))
        return weighed, decoys

    def _judged(
        self, columns: dict[str, Any], old_texts: Sequence[str], new_texts: Sequence[str]
    ) -> dict[str, Any]:
        """The columns of weighed pairs, and what they amount to."""
        log_odds = self.weights.log_odds(columns)
        own: dict[str, Floats] = {}
        for extra in self.evidence:
            value: Floats = np.asarray(
                extra.measure(old_texts, new_texts, columns["old"], columns["new"]),
                dtype=np.float64,
            )
            own[extra.name] = value
            usual = float(np.median(value)) if len(value) else 0.0
            log_odds = log_odds + extra.weight * (value - usual)
        return {**columns, **own, "log_odds": log_odds, "confidence": confidence(log_odds)}


def _unbound(
    columns: dict[str, Any], prepared: Prepared, also: Sequence[tuple[int, int]] = ()
) -> dict[str, Any]:
    """The pairs but for those of two items that each stand word for word elsewhere."""
    partner = verbatim_partners(*prepared.texts, *prepared.agencies)
    first, second = columns["old"], columns["new"]
    dropped = bound_elsewhere(first, second, partner, len(prepared.texts[1]))
    if not dropped.any():
        return columns
    asked = set(also)
    dropped &= [pair not in asked for pair in zip(first, second, strict=True)]
    return {name: values[~dropped] for name, values in columns.items()}


def false_link_rate(pairs: Mapping[str, Any], decoys: Sequence[Decoys]) -> Floats:
    """Estimated share of false links among all pairs at least as confident as each pair.

    Target-decoy competition (Elias and Gygi 2007): an item without a counterpart is as likely to
    be drawn to an item of its own plan as to one of the other, so the pairs within a plan that win
    tell how many of the winning pairs across are false. On coded pairs of documents the estimate
    was about twice the true share.

    Parameters
    ----------
    pairs : mapping
        ``old``, ``new`` and ``confidence`` of the pairs of two plans.
    decoys : sequence of two Decoys
        Of the old and of the new plan, as :meth:`Matcher.weigh_with_decoys` gives them.
    """
    found = pairs["confidence"]
    rate = np.zeros(len(found))
    for end, own, other in zip(("old", "new"), decoys, reversed(decoys), strict=True):
        true = _at_least(found, found[found > own.rival[pairs[end]]])
        # As many pairs are tried within a plan as it has other items.
        tried = len(other.rival) / max(len(own.rival) - 1, 1)
        rate += tried * _at_least(found, own.winning) / np.maximum(true, 1) / 2
    order = np.argsort(-found, kind="stable")
    rising = np.minimum.accumulate(rate[order][::-1])[::-1]
    result = np.empty(len(found))
    result[order] = np.minimum(rising, 1.0)
    return result


def _at_least(bounds: Floats, values: Floats) -> Ints:
    """How many of the values are no less than each bound."""
    counted: Ints = len(values) - np.searchsorted(np.sort(values), bounds, side="left")
    return counted


_TWINS = 0.6
"""Items of one plan more alike than this may be one initiative written twice."""


def _read(plan: Plan, rows: Ints) -> pd.DataFrame:
    columns = {name: plan.items[name].to_numpy()[rows] for name in READ}
    return pd.DataFrame(columns, copy=False)


def _agencies(items: pd.DataFrame, plan: Plan, heir: Callable[..., str]) -> list[list[str]]:
    """Names after all reforms, so that a renamed body is the same body in every year."""
    region = plan.region or None
    return [
        [heir(name, _LATEST, region) for name in (*lead, *rest)]
        for lead, rest in zip(items["lead"].tolist(), items["support"].tolist(), strict=True)
    ]


_LATEST = 9999
