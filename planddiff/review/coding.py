"""What coders answered: agreement, disagreements, gold, quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planddiff.calibration import Calibration, fit_calibration
from planddiff.errors import InvalidInputError
from planddiff.evidence import PIECES
from planddiff.review.agreement import agreement_table
from planddiff.review.quality import quality_table
from planddiff.review.sheets import ANSWERS, read_answers, read_key

VERDICTS = ("yes", "no", "contested")
_NAMED = ["document", "old_id", "new_id", "old_title", "new_title"]


@dataclass(frozen=True, eq=False)
class Gold:
    """Pairs that coders judged, after adjudication.

    Attributes
    ----------
    pairs : DataFrame
        Every judged pair: ``document``, ids, ``is_link``, ``strength`` (``strong``, or
        ``contested`` where the coders remained apart), stratum, inclusion probability, evidence.
    """

    pairs: pd.DataFrame

    @property
    def links(self) -> pd.DataFrame:
        """Gold links for :mod:`planddiff.evaluation`.

        Returns
        -------
        DataFrame
            ``document``, ``old_id``, ``new_id``, ``strength``. Only pairs of the sample were
            judged: score those of the predicted links that stand in :attr:`pairs`.
        """
        wanted = self.pairs["is_link"] | (self.pairs["strength"] == "contested")
        columns = ["document", "old_id", "new_id", "strength"]
        return self.pairs.loc[wanted, columns].reset_index(drop=True)

    @property
    def non_links(self) -> pd.DataFrame:
        """Pairs that are no link, as :func:`planddiff.evaluation.decoy_share` takes them."""
        firm = ~self.pairs["is_link"] & (self.pairs["strength"] == "strong")
        return self.pairs.loc[firm, ["document", "old_id", "new_id"]].reset_index(drop=True)

    def estimate_quality(self, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
        """Precision, recall and F1 of the whole run, with intervals; contested pairs left out.

        See :func:`planddiff.review.quality.quality_table` for the method and its sources.
        """
        firm = self.pairs[self.pairs["strength"] == "strong"]
        return quality_table(firm, level=level, seed=seed)

    def fit_calibration(self, *, source: str, penalty: float = 0.3) -> Calibration:
        """Weights of the evidence fitted to these pairs.

        Store them with ``to_csv`` and use them with ``Matcher(calibration=path)``. Pairs that were
        never weighed carry no evidence and are left out; see
        :func:`planddiff.calibration.fit_calibration`.
        """
        firm = self.pairs[self.pairs["strength"] == "strong"].dropna(subset=["emphasis"])
        pieces = firm[[name for name in PIECES if name in firm.columns]].astype(float)
        return fit_calibration(pieces, firm["is_link"].tolist(), source=source, penalty=penalty)


@dataclass(frozen=True, eq=False)
class Coding:
    """Answers of all coders to one sample of pairs.

    Attributes
    ----------
    key : DataFrame
        The sample: which items each pair holds, and with what probability it was drawn.
    answers : DataFrame
        Index ``pair``, one column a coder: ``yes``, ``no``, ``unsure``, or missing.
    notes : DataFrame
        Of the same shape.
    """

    key: pd.DataFrame
    answers: pd.DataFrame
    notes: pd.DataFrame

    def __repr__(self) -> str:
        coders = ", ".join(map(str, self.answers.columns))
        return f"<Coding: {len(self.answers)} pairs by {coders}>"

    def agreement(self, *, draws: int = 1000, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
        """Kappa, alpha, F1 of links and share of equal codes, with bootstrap intervals.

        They describe the sample as coded; see
        :func:`planddiff.review.agreement.agreement_table`.

        Raises
        ------
        InvalidInputError
            Only one coder.
        """
        if len(self.answers.columns) < 2:
            raise InvalidInputError(
                f"only {list(self.answers.columns)} coded these pairs; agreement takes two coders"
            )
        return agreement_table(self.answers, draws=draws, level=level, seed=seed)

    def disagreements(self) -> pd.DataFrame:
        """Pairs that the coders did not answer alike, or that one of them was unsure of.

        Returns
        -------
        DataFrame
            ``pair``, ids, titles, one column a coder and his note, and an empty ``verdict`` to be
            filled in and given to :meth:`adjudicate`.
        """
        open_pairs = self.answers[[_verdict(row) is None for row in self._rows()]]
        table = self.key.set_index("pair").loc[open_pairs.index, _NAMED]
        for coder in self.answers.columns:
            table[coder] = open_pairs[coder]
            table[f"note {coder}"] = self.notes.loc[open_pairs.index, coder]
        return table.assign(verdict="").reset_index()

    def adjudicate(self, verdicts: Mapping[str, str] | pd.DataFrame | None = None) -> Gold:
        """Settle what the coders left open.

        Parameters
        ----------
        verdicts : mapping of pair to verdict, or DataFrame with ``pair`` and ``verdict``
            ``yes``, ``no`` or ``contested`` for pairs of :meth:`disagreements`; pairs that are
            not named remain contested.

        Raises
        ------
        InvalidInputError
            A verdict on a pair that the coders agreed on or that is not in the sample, or an
            unknown word.
        """
        if isinstance(verdicts, pd.DataFrame):
            filled = verdicts[verdicts["verdict"].fillna("") != ""]
            verdicts = dict(zip(filled["pair"], filled["verdict"], strict=True))
        given = dict(verdicts or {})
        agreed = {
            str(pair): _verdict(row)
            for pair, row in zip(self.answers.index, self._rows(), strict=True)
        }
        for pair, word in given.items():
            if word not in VERDICTS:
                raise InvalidInputError(
                    f"verdict on {pair} is {word!r}; give one of {', '.join(VERDICTS)}"
                )
            if agreed.get(pair, "unknown") is not None:
                known = f"the coders agreed on {agreed[pair]!r}" if pair in agreed else "unknown"
                raise InvalidInputError(f"no verdict is open on {pair}: {known}")
        final = {pair: word or given.get(pair, "contested") for pair, word in agreed.items()}
        words = self.key["pair"].map(final)
        pairs = self.key.assign(
            is_link=words == "yes",
            strength=words.map({"contested": "contested"}).fillna("strong"),
        )
        return Gold(pairs[words.notna()].reset_index(drop=True))

    def _rows(self) -> list[list[object]]:
        rows: list[list[object]] = self.answers.to_numpy(dtype=object).tolist()
        return rows


def read_coding(folder: str | Path, *, partial: bool = False) -> Coding:
    """Read the sheets that coders filled in.

    Parameters
    ----------
    folder : str or path
        Where ``coding_sheets`` wrote the sheets and ``key.csv``.
    partial : bool
        Take sheets that are not finished: empty answers are missing.

    Raises
    ------
    SourceNotFoundError
        There is no key or no sheet.
    InvalidInputError
        A cell that is empty or holds no answer, a pair that is missing, twice there or not of the
        sample; the message names the file and the cell.
    """
    where = Path(folder)
    key = read_key(where)
    answers, notes = read_answers(where, key["pair"].tolist(), partial=partial)
    return Coding(key, answers, notes)


def _verdict(answers: Sequence[object]) -> str | None:
    """What all who answered say, where they say one thing and it is not ``unsure``."""
    said = {str(each) for each in answers if each in ANSWERS}
    return said.pop() if len(said) == 1 and "unsure" not in said else None
