"""How common a wording was among the issuers of a corpus in each year.

What every issuer writes tells nothing of who followed whom. Yet an inverse document frequency over
the whole corpus (Spärck Jones 1972) would punish success: a wording that ends up everywhere was
somebody's own when it began to spread. So commonness is counted as of a year: the formula of the
genre was common from the first, the wording of an innovation became so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planddiff.corpus.wording import Keys
from planddiff.evidence.bigrams import Floats, Ints

COMMON_SHARE = 0.2
"""Share of the issuers from which on a wording is nobody's own."""

FEW = 12
"""With no more issuers than this all must use a wording for it to be nobody's own."""


@dataclass(frozen=True)
class Commonness:
    """How many issuers had used each stretch of wording by the end of each year.

    Attributes
    ----------
    keys : array, shape (n_keys,)
        The stretches, sorted.
    years : array, shape (n_years,)
        Years with a document, sorted.
    users : array of int, shape (n_years, n_keys)
        Issuers that had used the stretch in this year or before.
    issuers : array of int, shape (n_years,)
        Issuers of which a plan of this year or before is at hand.
    """

    keys: Keys
    years: Ints
    users: NDArray[np.int32]
    issuers: Ints

    def of_year(self, year: int) -> Floats:
        """Weight of each stretch as of a year: 1 where two issuers had it, 0 where it is common."""
        place = self._place(year)
        return weight(self.users[place], int(self.issuers[place]))

    def at_best(self) -> Floats:
        """Greatest weight of each stretch in the years in which two issuers could share it.

        No pair of items shares more in any year. A stretch of one issuer alone weighs 1.
        """
        best = np.where(self.users[-1] < 2, 1.0, 0.0)
        for users, issuers in zip(self.users, self.issuers.tolist(), strict=True):
            best = np.maximum(best, np.where(users < 2, 0.0, weight(users, issuers)))
        return best

    def users_by(self, year: int) -> NDArray[np.int32]:
        """Issuers that had used each stretch by the end of a year."""
        users: NDArray[np.int32] = self.users[self._place(year)]
        return users

    def _place(self, year: int) -> int:
        return int(np.searchsorted(self.years, year, side="right")) - 1


def weight(users: Ints | NDArray[np.int32], issuers: int) -> Floats:
    """What it tells that two issuers share a stretch, 0 to 1.

    Logarithmic like an inverse document frequency: 1 where only the two have used it, 0 from
    ``COMMON_SHARE`` of the issuers on; among few issuers 0 only past all of them.

    Examples
    --------
    >>> weight(np.array([1, 2, 10, 40]), 200).round(2).tolist()
    [1.0, 1.0, 0.46, 0.0]
    >>> weight(np.array([2, 3]), 3).round(2).tolist()
    [1.0, 0.42]
    """
    common = max(min(issuers + 1, max(FEW, COMMON_SHARE * issuers)), 3)
    logs = np.log(common / np.maximum(users, 2)) / np.log(common / 2)
    clipped: Floats = np.clip(logs, 0.0, 1.0)
    return clipped


def count_users(
    keys: Keys, years: Ints, issuers: Iterable[tuple[Ints, list[tuple[int, Ints]]]]
) -> Commonness:
    """Add up what was found in the plans of each issuer.

    Parameters
    ----------
    keys, years : array
        As in :class:`Commonness`.
    issuers : iterable of (observed, firsts)
        For each issuer the years with a plan, and for each of these years its place in `years`
        and the places in `keys` of the stretches that the issuer used for the first time.
    """
    users = np.zeros((len(years), len(keys)), dtype=np.int32)
    known = np.zeros(len(years), dtype=np.int64)
    for observed, firsts in issuers:
        if len(observed):
            known[np.searchsorted(years, observed.min())] += 1
        for place, found in firsts:
            users[place, found] += 1
    return Commonness(keys, years, np.cumsum(users, axis=0, out=users), np.cumsum(known))
