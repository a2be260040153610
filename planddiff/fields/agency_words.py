"""The words by which a responsibility clause is known: labels, role words, endings of bodies.

They stand in ``planddiff/data/agency_words.csv``, each with its source; this file only turns
them into regular expressions, once.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

OPEN = r"(（【\[〔〈［｛{〖"
CLOSE = r")）】\]〕〉］｝}〗"
HAN = r"[㐀-鿿]"
SEPARATORS = r"、，,;；。/|★☆※▲●*\s"


@dataclass(frozen=True)
class AgencyWords:
    """Compiled vocabulary of responsibility clauses.

    ``labels`` and ``role_words`` map a word to ``lead``, ``support``, ``listed`` or ``none``
    (a column such as 完成时限 that names no body); ``suffixes`` maps an ending to a kind,
    and words such as 社会 and 布局 end like a body but are ``not_bodies``. ``openings`` are words
    of running text that no body's name begins with.
    """

    labels: dict[str, str]
    role_words: dict[str, str]
    suffixes: dict[str, str]
    not_bodies: tuple[str, ...]
    openings: tuple[str, ...]
    label: re.Pattern[str]
    column: re.Pattern[str]
    bare_label: re.Pattern[str]
    role_tail: re.Pattern[str]
    actor_class: re.Pattern[str]
    shield: re.Pattern[str]
    trigger: re.Pattern[str]


def _either(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def agency_words() -> AgencyWords:
    """Load ``agency_words.csv`` and compile its patterns."""
    groups: dict[str, dict[str, str]] = {}
    source = files("planddiff") / "data" / "agency_words.csv"
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        groups.setdefault(row["group"], {})[row["word"]] = row["value"]
    labels, roles = groups["label"], groups["role_word"]
    label = _either(list(labels))
    long_label = _either([word for word in labels if len(word) > 2])
    role = _either(list(roles))
    duty = r"按照?(?:各自|自身)?(?:职责分工|职能分工|职责|职能|分工)"
    adverb = f"(?:{_either(list(groups['adverb']))}|{duty})"
    quantifier = _either(list(groups["quantifier"]))
    heads = _either(list(groups["class"]))
    units = r"(?:设区)?[市区县州盟旗乡镇地省]|街道|镇街|(?:功能|开发|高新|新|园|经济|自治)区|直辖市"
    more = rf"(?:(?:[、和及与]|以及)?(?:{units}|\([^()]{{1,12}}\)|（[^（）]{{1,12}}）))"
    return AgencyWords(
        labels=labels,
        role_words=roles,
        suffixes=groups["suffix"],
        not_bodies=tuple(groups["not_body"]),
        openings=tuple(groups["opening"]),
        label=re.compile(
            rf"[{OPEN}]\s*({long_label})\s*[:：∶]?\s*[{CLOSE}]\s*[:：∶]?\s*"
            rf"|({label})(?:\s*[:：∶]|[为是](?!民))\s*"
        ),
        column=re.compile(
            rf"[{OPEN}]\s*(?:{long_label})\s*[:：∶]?\s*[{CLOSE}]|(?:{long_label})(?:\s*[:：∶]|[为是](?!民))"
        ),
        bare_label=re.compile(rf"({long_label})(?={HAN})"),
        role_tail=re.compile(
            rf"(?:{adverb}|{role})*(?:{role}|{duty})$|[为是](?:{role}|责任)(?:单位|部门)$"
        ),
        actor_class=re.compile(
            rf"(?:(?:[省市区县州国]政府|[省市区县州国]|全[省市区县州国]|自治区|国务院)?"
            rf"(?:{quantifier})+"
            rf"[^{SEPARATORS}]{{0,16}}?(?:{heads})+(?:等)?"
            rf"|[省市区县][级直](?:{heads})"
            rf"|[^{SEPARATORS}]{{2,24}}(?:{_either(list(groups['class_tail']))}))"
        ),
        shield=re.compile(
            rf"(?:各|有关|相关)[^{SEPARATORS}{OPEN}各有相]{{0,4}}?(?:{units}){more}+"
            rf"(?:(?:人民)?政府|管委会|党委)?(?=$|[{SEPARATORS}{CLOSE}等]|{adverb}|{role}"
            r"|各|[及和与]|以及)"
        ),
        trigger=re.compile(
            rf"{label}|{role}|职责|{_either(list(groups['suffix']))}"
            rf"|{heads}"
        ),
    )
