"""What the collection can and cannot know about years: observed, unobserved, censored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Calendar:
    """The years from which at least one document is at hand.

    A year between the first and the last without a document is *unobserved*: nothing is said to
    have been dropped or new in it. An initiative that is there in the first observed year is
    left-censored, one that is there in the last is right-censored.

    Examples
    --------
    >>> calendar = Calendar.of([2016, 2014, 2018])
    >>> calendar.span, calendar.unobserved
    ([2014, 2015, 2016, 2017, 2018], [2015, 2017])
    >>> calendar.before(2016), calendar.after(2018)
    (2014, None)
    """

    observed: tuple[int, ...]

    @classmethod
    def of(cls, years: Iterable[int]) -> Calendar:
        """Build from years in any order, with repeats."""
        return cls(tuple(sorted({int(year) for year in years})))

    @property
    def span(self) -> list[int]:
        """Every calendar year from the first to the last observed one."""
        return list(range(self.observed[0], self.observed[-1] + 1))

    @property
    def unobserved(self) -> list[int]:
        """Years inside the span without a document."""
        return [year for year in self.span if year not in self.observed]

    def before(self, year: int) -> int | None:
        """Last observed year before `year`."""
        return max((known for known in self.observed if known < year), default=None)

    def after(self, year: int) -> int | None:
        """First observed year after `year`."""
        return min((known for known in self.observed if known > year), default=None)

    def gaps(self, years: Iterable[int]) -> list[int]:
        """Observed years inside the life of an initiative in which it is absent."""
        there = set(years)
        return [y for y in self.observed if min(there) < y < max(there) and y not in there]


def presence_table(members: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Where each initiative stands in each calendar year.

    Parameters
    ----------
    members : DataFrame
        ``initiative_id``, ``year``.
    calendar : Calendar

    Returns
    -------
    DataFrame
        One row per initiative (in the order of `members`), one column per calendar year; the
        words are ``present``, ``absent`` (observed, in a gap of its life), ``unobserved``,
        ``before`` and ``after`` (its life, as far as seen).

    Examples
    --------
    >>> members = pd.DataFrame({"initiative_id": ["a", "a", "b"], "year": [2014, 2017, 2015]})
    >>> presence_table(members, Calendar.of([2014, 2015, 2017])).loc["a"].tolist()
    ['present', 'absent', 'unobserved', 'present']
    """
    lives = {
        name: set(years) for name, years in members.groupby("initiative_id", sort=False)["year"]
    }
    rows = [[_standing(year, life, calendar) for year in calendar.span] for life in lives.values()]
    index = pd.Index(list(lives), name="initiative_id")
    return pd.DataFrame(rows, index=index, columns=pd.Index(calendar.span, name="year"))


def _standing(year: int, life: set[int], calendar: Calendar) -> str:
    if year in life:
        return "present"
    if year not in calendar.observed:
        return "unobserved"
    if year < min(life):
        return "before"
    return "after" if year > max(life) else "absent"
