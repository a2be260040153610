"""What every result offers to coders: review, and blind sheets."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.review.sampling import draw_sample
from planddiff.review.sheets import write_sheets


class Reviewing(ABC):
    """A result whose links coders can check."""

    @abstractmethod
    def pairs(self) -> pd.DataFrame:
        """Every pair of items of neighbouring years, linked or not, with its evidence."""

    @abstractmethod
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""

    def coding_sheets(
        self,
        folder: str | Path,
        n: int = 60,
        *,
        coders: int | Sequence[str] = 2,
        strata: Sequence[str] = ("confidence", "status"),
        seed: int = 0,
    ) -> list[Path]:
        """Write blind Excel sheets of pairs for coders: links and non-links, in random order.

        Parameters
        ----------
        folder : str or path
            Gets one sheet a coder and ``key.csv``, which coders must not see. When they are filled
            in, read them with :func:`planddiff.read_coding`.
        n : int
            Number of pairs, half of them links.
        coders : int or sequence of str
            How many coders, or their names.
        strata : sequence of {'confidence', 'status', 'document'}
            What the sample is stratified by.
        seed : int
            The same seed draws the same pairs.

        Returns
        -------
        list of Path
            The sheets.

        Raises
        ------
        InvalidInputError
            Too few pairs for the strata, no coder, names that are no file names, or sheets that
            are there already.
        """
        names = _names(coders)
        sample = draw_sample(self.pairs(), n, strata, seed)
        return write_sheets(sample, self.tables()["items"], Path(folder), names, seed)


def _names(coders: int | Sequence[str]) -> list[str]:
    if isinstance(coders, int):
        names = [f"coder-{number}" for number in range(1, coders + 1)]
    else:
        names = list(coders)
    if not names or len(set(names)) < len(names):
        raise InvalidInputError(f"coders={coders!r}: give a number, or different names")
    for name in names:
        if not name or set(name) & set('\\/:*?"<>|'):
            raise InvalidInputError(f"coders: {name!r} cannot name a file")
    return names
