"""The word lists of the target grammar, compiled once into regular expressions.

``data/units.csv`` says what a figure can count, ``data/target_words.csv`` which words stand around
a figure and what they mean, ``data/non_targets.csv`` which figures belong to names, dates and
document numbers. A researcher edits the files; the grammar in ``targets`` stays.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from planddiff.fields.numerals import ARABIC, CHINESE, SCALE

# What makes a verb part of a noun: 开发|区, 接入|率, 供应|商, but not 建设|区域 and 培育|商贸企业.
_NOT_IN_NOUN = (
    "(?!率(?!先)|度(?!假)|商(?![贸业务圈品标户])|会(?![议展计商])|面(?![向积])|[点型者性购班]"
    "|员(?!工)|区(?![域块级县])|方案)"
)
_COMPARISON = ("before", "after")


@dataclass(frozen=True, slots=True)
class TargetLexicon:
    """Compiled expressions of the target grammar."""

    quantity: re.Pattern[str]
    names: re.Pattern[str]
    before: re.Pattern[str]
    reach: re.Pattern[str]
    level: frozenset[str]
    growth: re.Pattern[str]
    share: re.Pattern[str]
    flow: re.Pattern[str]
    stock: re.Pattern[str]
    reported: re.Pattern[str]
    intended: re.Pattern[str]
    scope: re.Pattern[str]
    adverb: re.Pattern[str]
    place: re.Pattern[str]
    opening: re.Pattern[str]
    cut: re.Pattern[str]
    preposition: re.Pattern[str]
    verb: re.Pattern[str]
    noun_verb: re.Pattern[str]
    predicate: re.Pattern[str]
    generic: re.Pattern[str]
    comparators: dict[str, str]
    directions: dict[str, str]
    units: dict[str, str]
    kinds: dict[str, str]
    chinese_units: frozenset[str]


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of a lexicon file in ``planddiff/data``."""
    text = files("planddiff.data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def any_of(words: Iterable[str]) -> str:
    """Alternation of words, longest first, so that 不低于 wins over 低于."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def target_lexicon() -> TargetLexicon:
    """The compiled word lists (read once per process)."""
    roles: dict[str, list[str]] = {}
    comparators: dict[str, str] = {}
    words = rows_of("target_words.csv")
    for row in words:
        roles.setdefault(row["role"], []).append(row["word"])
        if row["role"] in _COMPARISON:
            comparators[row["word"]] = row["value"]
    units = rows_of("units.csv")
    lead = any_of(roles["lead"])
    verb = f"(?:{any_of(roles['verb'])}){_NOT_IN_NOUN}"
    return TargetLexicon(
        quantity=_quantity(any_of(r["written"] for r in units), any_of(roles["after"])),
        names=re.compile("|".join(f"(?:{row['pattern']})" for row in rows_of("non_targets.csv"))),
        before=re.compile(f"(?P<word>{any_of(roles['before'])})(?:{verb})?\\s*$"),
        reach=re.compile(f"(?:{any_of(roles['reach'])})\\s*$"),
        level=frozenset(row["word"] for row in words if row["value"] == "level"),
        growth=re.compile(f"(?P<word>{any_of(roles['growth'])})了?\\s*$"),
        share=re.compile(f"(?:{any_of(roles['share'])})"),
        flow=re.compile(any_of(roles["flow"])),
        stock=re.compile(any_of(roles["stock"])),
        reported=re.compile(any_of(roles["reported"])),
        intended=re.compile(any_of(roles["intended"])),
        scope=re.compile(any_of(roles["scope"])),
        place=re.compile(f"(?P<scope>{any_of(roles['scope'])})(?:{verb})?$"),
        adverb=re.compile(f"(?:{lead})+"),
        cut=re.compile(f"(?:{lead})*(?P<word>{any_of(roles['cut'])})"),
        opening=re.compile(f"(?:{lead}|{verb})+"),
        preposition=re.compile(f"(?:{any_of(roles['preposition'])})$"),
        verb=re.compile(verb),
        noun_verb=re.compile(f"(?:{any_of(roles['noun_verb'])})$"),
        predicate=re.compile(f"(?:{any_of(roles['predicate'])}){_NOT_IN_NOUN}"),
        generic=re.compile(f"(?:{any_of(roles['generic'])})(?:[(（]\ue000*[)）])?$"),
        comparators=comparators,
        directions={row["word"]: row["value"] for row in words if row["role"] in ("growth", "cut")},
        units={r["written"]: r["unit"] for r in units},
        kinds={r["unit"]: r["kind"] for r in units},
        chinese_units=frozenset(r["written"] for r in units if r["after_chinese_numeral"] == "1"),
    )


def _quantity(unit: str, after: str) -> re.Pattern[str]:
    number = f"{ARABIC}|{CHINESE}"
    return re.compile(
        rf"""(?<![A-Za-z\d.第\-/])
        (?:
          百分之(?P<percent>[零〇一二三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?
          |\d+(?:\.\d+)?)
        | (?P<tenths>[一二三四五六七八九])成(?P<half>半)?
          (?=以上|以内|以下|左右|的|行|县|乡|村|[,，。；;、])
        | (?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九十])
        | (?P<fraction>\d{{1,2}}/\d{{1,2}})(?=以上|以下|左右|的|[,，。；;、]|$)
        | 翻(?P<doubling>[一两二三])?番
        | (?P<low>{number})\s?(?P<low_scale>{SCALE})?(?P<more>[余多])?\s?
          (?:(?P<low_unit>{unit})?\s?[-—–－~～〜至到]{{1,2}}\s?
             (?P<high>{number})(?P<high_scale>{SCALE})?(?P<high_more>[余多])?\s?)?
          (?P<unit>{unit})(?P<bracket>[(（][套件次台座处个只户家项名人辆条][)）])?(?P<per>/[^\W\da-zA-Z]{{1,3}}(?=以上|以下|以内|左右|[,，。;；、)）]|$))?(?P<unit_more>[余多])?
          (?!级|[A-Za-z])
        )
        \s?(?P<after>{after})?""",
        re.VERBOSE,
    )
