"""What every result offers to coders: review, and blind sheets."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from planddiff.errors import InvalidInputError, MissingExtraError
from planddiff.review.cases import review_cases
from planddiff.review.sampling import draw_sample
from planddiff.review.session import Session
from planddiff.review.sheets import write_sheets
from planddiff.review.standalone import review_page

if TYPE_CHECKING:
    from planddiff.comparison import Comparison
    from planddiff.review.widget import ReviewWidget


class Reviewing(ABC):
    """A result whose links coders can check."""

    @abstractmethod
    def pairs(self) -> pd.DataFrame:
        """Every pair of items of neighbouring years, linked or not, with its evidence."""

    @abstractmethod
    def reviewed(self) -> Sequence[Comparison]:
        """The comparisons whose pairs are reviewed."""

    @abstractmethod
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""

    def review(
        self, path: str | Path = "decisions.csv", *, coder: str, blind: bool = False
    ) -> ReviewWidget:
        """Review pairs in the notebook, doubtful ones first; every decision is saved at once.

        Keys: ``c`` confirm, ``r`` reject, ``l`` link to another item, ``s`` split further, ``n``
        note, ``u`` undo, ``j`` and ``k`` (or the arrows) next and back.

        Parameters
        ----------
        path : str or path
            The file of decisions; made where there is none. Give it as ``decisions=`` afterwards.
        coder : str
            Your name. Only your own decisions are shown.
        blind : bool
            Hide what the machine thinks, and mix the order.

        Raises
        ------
        MissingExtraError
            anywidget is not installed; :meth:`review_html` needs nothing.
        InvalidInputError
            No name, or a file that is no table of decisions.
        """
        session = Session(Path(path), coder)
        try:
            widget = import_module("planddiff.review.widget")
        except ModuleNotFoundError as error:
            raise MissingExtraError(
                "review() needs anywidget: pip install 'planddiff[review]'; review_html(path) "
                "writes a page that needs nothing"
            ) from error
        shown: ReviewWidget = widget.ReviewWidget(
            session, *review_cases(self.reviewed(), blind=blind), blind
        )
        return shown

    def review_html(self, path: str | Path, *, coder: str, blind: bool = False) -> Path:
        """Write the review as one HTML page, for where notebooks show no widgets.

        The page works from disk. Decisions stay in the browser until they are downloaded as a CSV
        file, which ``decisions=`` and :func:`planddiff.merge_decisions` take.

        Parameters
        ----------
        path : str or path
            The page, ending in ``.html``.
        coder, blind
            As in :meth:`review`.

        Raises
        ------
        InvalidInputError
            No name, or a name of the page that does not end in ``.html``.
        """
        if Path(path).suffix.lower() != ".html":
            raise InvalidInputError(f"path={str(path)!r}: the name of the page ends in .html")
        name = Session(None, coder).coder
        cases, options = review_cases(self.reviewed(), blind=blind)
        title = f"planddiff: {', '.join(options)}"
        page = review_page(cases, options, name, blind, title)
        Path(path).write_text(page, encoding="utf-8")
        return Path(path)

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
