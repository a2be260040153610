"""Segmentation: text to tokens whose concatenation is exactly the text.

Three kinds of stretch are kept whole whichever segmenter cuts the rest: domain terms
(``planddiff/data/terms.csv``), Latin words with their digits (``4G``, ``IPTV``), and a number with
its scale and unit (``4000万户``), so that a word-level comparison never shows half a figure.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from planddiff.errors import InvalidInputError, MissingExtraError

Cut = Callable[[str], Iterable[str]]

_HAN_DIGITS = "〇零一二两三四五六七八九十百千万亿"


@cache
def _terms(kind: str) -> tuple[str, ...]:
    """Entries of one kind, longest first: the first alternative of a pattern that fits is used."""
    table = files("planddiff") / "data" / "terms.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    found = [row["term"] for row in rows if row["kind"] == kind]
    return tuple(sorted(found, key=lambda term: (-len(term), term)))


@cache
def _whole() -> re.Pattern[str]:
    """Compile what no segmenter gets to see; one group, so that ``split`` keeps it."""
    units = "|".join(map(re.escape, _terms("unit")))
    measure = rf"(?:[多余几]?[百千万亿]*?(?:{units})(?:/(?:{units}))?|[多余几]?[百千万亿]*)"
    return re.compile(
        r"((?<![A-Za-z0-9])(?:"
        r"(?:\d+(?:\.\d+)?)?[A-Za-z]+[A-Za-z0-9]*(?:[-.&][A-Za-z0-9]+)*"
        rf"|第?\d+(?:,\d{{3}})*(?:\.\d+)?(?![A-Za-z]){measure}"
        r"|百分之[〇零一二两三四五六七八九十百点]+"
        rf"|第[{_HAN_DIGITS}]+(?:{units})"
        rf"|[{_HAN_DIGITS}]{{2,}}(?:{units}))"
        rf"|{'|'.join(map(re.escape, _terms('term')))}"
        r"|\s+)"
    )


@cache
def _tokenizer() -> Any:
    """Build a jieba tokenizer of our own.

    jieba's shared one reads and writes a fixed file in the temporary folder of the machine, which
    anyone may have put there, and reports on stderr; building from the dictionary is as fast.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@cache
def _rjieba() -> Cut:
    try:
        import rjieba
    except ImportError as error:
        raise MissingExtraError(
            "segmenter='rjieba' needs the package rjieba: pip install 'planddiff[fast]'"
        ) from error
    cut: Cut = rjieba.cut
    return cut


def _cutter(segmenter: str | Cut | None) -> Cut:
    if segmenter is None or segmenter == "jieba":
        cut: Cut = _tokenizer().cut
        return cut
    if segmenter == "rjieba":
        return _rjieba()
    if callable(segmenter):
        return segmenter
    raise InvalidInputError(
        f"segmenter={segmenter!r}: give 'jieba', 'rjieba' or a callable that takes a str "
        "and returns its pieces"
    )


def tokens(text: str, segmenter: str | Cut | None = None) -> list[str]:
    """Cut a text into tokens.

    Parameters
    ----------
    text : str
        Any text; canonical text is not required.
    segmenter : {'jieba', 'rjieba'} or callable, optional
        What cuts the stretches between the parts kept whole. ``'jieba'`` (the default) needs
        nothing more; ``'rjieba'`` is far faster (``pip install 'planddiff[fast]'``); a callable
        takes a str and returns its pieces in order.

    Returns
    -------
    list of str
        ``"".join(tokens(text)) == text``, so the offsets are the running lengths.

    Raises
    ------
    InvalidInputError
        For an unknown segmenter, or a callable that loses or alters characters.
    MissingExtraError
        Where rjieba is asked for and not installed.

    Examples
    --------
    >>> tokens("力争IPTV用户达到150万户以上")
    ['力争', 'IPTV', '用户', '达到', '150万户', '以上']
    """
    cut = _cutter(segmenter)
    found: list[str] = []
    for position, piece in enumerate(_whole().split(text)):
        if not piece:
            continue
        if position % 2:
            found.append(piece)
            continue
        cuts = [token for token in cut(piece) if token]
        if "".join(cuts) != piece:
            raise InvalidInputError(
                f"the segmenter returned {cuts!r} for {piece!r}: the pieces must add up to the text"
            )
        found.extend(cuts)
    return found


@cache
def _function_words() -> frozenset[str]:
    return frozenset(_terms("function"))


def words(text: str, segmenter: str | Cut | None = None) -> list[str]:
    """Content words of a text in order: no white space, punctuation or function words.

    Function words are the rows of kind ``function`` in ``planddiff/data/terms.csv``.

    Parameters
    ----------
    text, segmenter
        As in :func:`tokens`.

    Examples
    --------
    >>> words("深化智慧城市与大数据的应用。")
    ['深化', '智慧城市', '大数据', '应用']
    """
    return [
        token
        for token in tokens(text, segmenter)
        if any(map(str.isalnum, token)) and not is_function_word(token)
    ]


def is_function_word(word: str) -> bool:
    """Whether the word is a row of kind ``function`` in ``planddiff/data/terms.csv``.

    Examples
    --------
    >>> is_function_word("以及"), is_function_word("推进")
    (True, False)
    """
    return word in _function_words()


def in_dictionary(word: str) -> bool:
    """Whether jieba's dictionary or the domain lexicon knows the word.

    Examples
    --------
    >>> in_dictionary("信息化"), in_dictionary("三网融合"), in_dictionary("企码")
    (True, True, False)
    """
    return bool(_tokenizer().FREQ.get(word)) or word in _terms("term")
