"""Character repairs: widths, radicals, invisible code points, lost plus signs, spaced digits.

Every rule keeps the map to the source, so that a repair never moves an offset.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from functools import cache
from importlib.resources import files

import numpy as np

from planddiff.log import LogEntry
from planddiff.normalize.traced import Edit, Offsets, Traced

_BLANKS = "\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_INVISIBLE_RANGES = (
    (0x00, 0x09),
    (0x0E, 0x1C),
    (0x7F, 0x85),
    (0x86, 0xA0),
    (0xAD, 0xAE),
    (0x200B, 0x2010),
    (0x202A, 0x202F),
    (0x2060, 0x2070),
    (0xD800, 0xF900),
    (0xFE00, 0xFE10),
    (0xFEFF, 0xFF00),
    (0xFFF9, 0xFFFD),
)
_KEPT_WIDE = "。、“”‘’《》【】〔〕—…「」『』〈〉"
_WIDE_RUN = re.compile(r"[０-９Ａ-Ｚａ-ｚ．％]*[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ．％]*")
_INVISIBLE_RUN = re.compile(
    "[" + "".join(f"\\U{a:08x}-\\U{b - 1:08x}" for a, b in _INVISIBLE_RANGES) + "]+"
)
_RADICAL = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")

# The look behind stands second, so that a search can skip to the first blank.
_PLUS = re.compile(
    r" (?<=互联网 )(?=[”\"’』」])"
    r"| (?<=[“\"‘『「]互联网 )(?=[\u4e00-\u9fff]{2,10}[”\"’』」])"
    r"| (?<=[“\"]\d )(?=(?:\d|N|X|n|x)(?:[ +](?:\d|N|X|n|x))*[”\"])"
    r"| (?<=[“\"]\d[ +]\d )(?=(?:\d|N|X|n|x)[”\"])"
)
_PROVEN_LOSS = re.compile(r"互联网 (?=[”\"’』」])")
_PLUS_WHERE_PROVEN = re.compile(rf"{_PLUS.pattern}| (?<=互联网 )(?=[^\s\d])")
_MARKDOWN = re.compile(r"\*\*|__(?=[\u4e00-\u9fff])|(?m:^[ \t]*#{1,6}[ \t]+)")
_TONED = "[a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*"
_PINYIN = re.compile(
    rf"[(（]\s?{_TONED}(?:[\s'’]*(?:{_TONED}|[a-zü]{{1,6}}))*\s?[)）]"
    rf"|(?<=[\u4e00-\u9fff]){_TONED}(?:[ '’]?{_TONED})*(?=[\u4e00-\u9fff、,。;:\s]|$)"
)
_COUNTED = "年月日个项万亿千百家元户人次条公倍分台套米吨度处名%"
_BLANK_IN_NUMBER = re.compile(r" (?<=[\d年月] )")  # without which digits are not spaced
_SPACED_DIGITS = re.compile(
    rf"(?<![\d.])\d(?: \d)+(?= ?[{_COUNTED}])|(?<=\d) (?=[{_COUNTED}])|(?<=年) (?=\d{{1,2}} ?月)"
    r"|(?<=\d月) (?=\d{1,2} ?日)"
)


@cache
def _supplement() -> dict[str, str]:
    table = files("planddiff") / "data" / "radicals.csv"
    with table.open(encoding="utf-8") as handle:
        return {row["radical"]: row["character"] for row in csv.DictReader(handle)}


@cache
def _folding() -> dict[int, str | None]:
    """The map of ``str.translate``; ``None`` removes."""
    folding: dict[int, str | None] = dict.fromkeys(map(ord, _BLANKS), " ")
    for first, last in _INVISIBLE_RANGES:
        folding.update(dict.fromkeys(range(first, last)))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0xFF01, 0xFFEF)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code) and chr(code) not in _KEPT_WIDE:
            folding[code] = folded
    folding.update({ord(radical): character for radical, character in _supplement().items()})
    folding.update({ord("～"): "~", ord("−"): "-", ord("﹣"): "-", ord("﹢"): "+", ord("﹪"): "%"})
    folding[0xFF61] = "。"
    folding[0xFF64] = "、"
    return folding


def fold(source: str, log: list[LogEntry]) -> Traced:
    r"""Fold widths and blanks, repair radicals, drop invisible characters; one line stays one line.

    Line ends (``\\n`` and ``\\r``) are kept; tabs are kept too: they part the
    cells of a table.
    """
    folding = _folding()
    text = source.translate(folding)
    if len(text) == len(source):
        traced = Traced(text, *_unit_spans(np.arange(len(source), dtype=np.int64)))
    else:
        gone = [code for code, char in folding.items() if char is None]
        codes = np.frombuffer(
            source.encode(
                "utf-32-le" if sys.byteorder == "little" else "utf-32-be", "surrogatepass"
            ),
            dtype=np.uint32,
        )
        kept = np.flatnonzero(~np.isin(codes, np.array(gone, dtype=np.uint32)))
        traced = Traced(text, *_unit_spans(kept.astype(np.int64)))
        for run in _INVISIBLE_RUN.finditer(source):
            log.append(
                LogEntry("invisible", run.start(), run.end(), run[0], "", "invisible characters")
            )
    for run in _WIDE_RUN.finditer(source):
        folded = run[0].translate(folding)
        log.append(LogEntry("width", run.start(), run.end(), run[0], folded, "full-width forms"))
    for hit in _RADICAL.finditer(source):
        whole = folding.get(ord(hit[0]))
        if whole is not None:
            log.append(
                LogEntry("radical", hit.start(), hit.end(), hit[0], whole, "radical code point")
            )
    return traced


def _unit_spans(starts: Offsets) -> tuple[Offsets, Offsets]:
    return starts, starts + 1


def repair(traced: Traced, log: list[LogEntry]) -> Traced:
    """Drop Markdown signs and pinyin, put back lost plus signs, close up spaced digits.

    A blank before a closing quote proves that the copy lost its plus signs; only then is a blank
    after 互联网 outside quotes read as one.
    """
    traced = _without(traced, _MARKDOWN, "markup", "Markdown signs", log)
    traced = _without(traced, _PINYIN, "pinyin", "pinyin behind characters", log)
    plus = _PLUS_WHERE_PROVEN if _PROVEN_LOSS.search(traced.text) else _PLUS
    traced = _blanks_to(traced, plus, "+", "plus_restored", "a lost plus sign", log)
    if _BLANK_IN_NUMBER.search(traced.text) is None:
        return traced
    return _blanks_to(traced, _SPACED_DIGITS, "", "spaced_digits", "blanks inside a number", log)


def _without(
    traced: Traced, pattern: re.Pattern[str], kind: str, message: str, log: list[LogEntry]
) -> Traced:
    edits = []
    for hit in pattern.finditer(traced.text):
        edits.append(Edit(*hit.span(), ""))
        log.append(LogEntry(kind, *traced.source_span(*hit.span()), hit[0], "", message))
    return traced.edited(edits)


def _blanks_to(
    traced: Traced,
    pattern: re.Pattern[str],
    sign: str,
    kind: str,
    message: str,
    log: list[LogEntry],
) -> Traced:
    edits = []
    for hit in pattern.finditer(traced.text):
        edits += [Edit(at, at + 1, sign) for at in range(*hit.span()) if traced.text[at] == " "]
        after = hit[0].replace(" ", sign)
        log.append(LogEntry(kind, *traced.source_span(*hit.span()), hit[0], after, message))
    return traced.edited(edits)
