"""Plans of many invented issuers over the years, drawn from the example series with fixed seeds.

Every issuer begins with items whose sentences come from the example series with words exchanged,
and rewrites its plan from year to year: items are kept, reworded, given other figures, split,
merged, moved, dropped and added. Besides, there are *campaigns*: items that the issuers take over
nearly word for word, each in a year of its own, so that there is something to diffuse. A plan
depends on nothing but its issuer's number and the seed, so a larger corpus holds a smaller one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

import planddiff as pdd

FIRST_LINE = "【示例构造文本,并非官方文件】"
FIRST_YEAR = 2014
CAMPAIGNS = 12
SECTIONS = 6
SENTENCES = (3, 6)
EXCHANGED_AT_FIRST = 0.5
FATE = {"keep": 0.3, "reword": 0.3, "renew": 0.12, "move": 0.08, "split": 0.04, "merge": 0.06}
_NUMERALS = "零一二三四五六七八九"
_PAIR = re.compile(r"[\u4e00-\u9fff]{2}")
_PLACES = re.compile("浙江|杭州|宁波|温州|嘉兴|金华|绍兴|台州|湖州|乌镇|义乌|长三角")


@dataclass(frozen=True)
class Item:
    """One item: its title, the sentences behind it, and who is responsible."""

    title: str
    sentences: tuple[str, ...]
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """One constructed plan."""

    issuer: str
    year: int
    text: str


@dataclass(frozen=True)
class Material:
    """What the example series lends: whole items, sentences, words, section titles."""

    items: tuple[Item, ...]
    sentences: tuple[str, ...]
    words: tuple[str, ...]
    sections: tuple[str, ...]


def write_corpus(
    folder: Path, issuers: int, *, years: int = 10, items: int = 20, seed: int = 0
) -> pd.DataFrame:
    """Write the plans into a folder; a row for each: ``source``, ``issuer``, ``region``, ``year``.

    Parameters
    ----------
    folder : path
    issuers, years, items : int
        Number of issuers, of years of each, of items of its first plan.
    seed : int
    """
    rows = []
    for number in range(issuers):
        for plan in plans_of(number, years=years, items=items, seed=seed):
            file = folder / plan.issuer / f"{plan.year}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(plan.text, "utf-8")
            rows.append((str(file), plan.issuer, plan.issuer, plan.year))
    return pd.DataFrame(rows, columns=["source", "issuer", "region", "year"])


def plans_of(number: int, *, years: int = 10, items: int = 20, seed: int = 0) -> Iterator[Document]:
    """All plans of one issuer, in order."""
    draw = np.random.default_rng([seed, number])
    place = place_of(number)
    material = _material()
    adopted = _adoption_years(draw, years)
    current = [_fresh(draw) for _ in range(items)]
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        if year > FIRST_YEAR:
            current = _next_year(current, items, draw)
        taken = [material.items[n] for n in np.flatnonzero(adopted == year)]
        for item in taken:
            current.insert(int(draw.integers(len(current) + 1)), _varied(item, draw, 0.05))
        yield Document(place, year, _printed(place, year, current))


def campaign(number: int) -> str:
    """The words of a campaign, of which there are ``CAMPAIGNS``."""
    item = _material().items[number]
    return "。".join([item.title, *item.sentences])


def adoptions(issuers: int, *, years: int = 10, seed: int = 0) -> pd.DataFrame:
    """When each issuer takes each campaign over: ``issuer``, ``campaign``, ``year``, if at all."""
    rows = [
        (place_of(number), campaign_, int(year))
        for number in range(issuers)
        for campaign_, year in enumerate(
            _adoption_years(np.random.default_rng([seed, number]), years)
        )
        if year < FIRST_YEAR + years
    ]
    return pd.DataFrame(rows, columns=["issuer", "campaign", "year"])


def place_of(number: int) -> str:
    """The invented place of an issuer."""
    return "示例" + "".join(_NUMERALS[int(digit)] for digit in f"{number:04d}") + "市"


def _adoption_years(draw: np.random.Generator, years: int) -> np.ndarray:
    """Of all campaigns; about half of them are later than the last plan."""
    return FIRST_YEAR + draw.integers(0, 2 * years, size=CAMPAIGNS)


@cache
def _material() -> Material:
    items, sections = [], []
    for plan in pdd.load_example():
        for row in plan.items.itertuples():
            title, *sentences = [part for part in row.core.split("。") if len(part) > 5]
            agencies = tuple(name.replace("省", "市") for name in [*row.lead, *row.support])
            items.append(Item(title, tuple(sentences), agencies[:4]))
            sections.append(row.section)
    sentences = tuple(dict.fromkeys(part for item in items for part in item.sentences))
    words = sorted({word for part in sentences for word in _PAIR.findall(part)})
    # The campaigns are spread over all years of the series.
    order = np.random.default_rng(0).permutation(len(items))
    mixed = tuple(items[n] for n in order)
    return Material(mixed, sentences, tuple(words), tuple(dict.fromkeys(sections)))


def _fresh(draw: np.random.Generator) -> Item:
    material = _material()
    model = material.items[draw.integers(len(material.items))]
    chosen = draw.integers(len(material.sentences), size=draw.integers(*SENTENCES))
    fresh = replace(model, sentences=tuple(material.sentences[n] for n in chosen))
    return _varied(fresh, draw, EXCHANGED_AT_FIRST)


def _varied(item: Item, draw: np.random.Generator, share: float) -> Item:
    title = _exchanged(item.title, draw, share)
    return replace(
        item,
        title=title,
        sentences=tuple(_exchanged(part, draw, share) for part in item.sentences),
    )


def _exchanged(text: str, draw: np.random.Generator, share: float) -> str:
    """The text with a share of its pairs of characters exchanged for others of the series."""
    words = _material().words
    pairs = list(_PAIR.finditer(text))
    chosen = np.flatnonzero(draw.random(len(pairs)) < share)
    parts, done = [], 0
    for place, word in zip(chosen, draw.integers(len(words), size=len(chosen)), strict=True):
        parts += [text[done : pairs[place].start()], words[word]]
        done = pairs[place].end()
    return "".join([*parts, text[done:]])


def _next_year(items: Sequence[Item], wanted: int, draw: np.random.Generator) -> list[Item]:
    """The plan as it is rewritten: the fates of all items, then new ones up to the usual number."""
    chances = np.array([*FATE.values(), 1 - sum(FATE.values())])
    fates = draw.choice([*FATE, "drop"], size=len(items), p=chances)
    later: list[Item] = []
    moved: list[Item] = []
    for item, fate in zip(items, fates, strict=True):
        if fate == "keep":
            later.append(item)
        elif fate == "reword":
            later.append(_with_figures(_varied(item, draw, 0.08), draw))
        elif fate == "renew":
            later.append(_renewed(item, draw))
        elif fate == "move":
            moved.append(item)
        elif fate == "split" and len(item.sentences) > 1:
            later += _halves(item, draw)
        elif fate == "merge" and later:
            host = later[-1]
            later[-1] = replace(host, sentences=(*host.sentences, *item.sentences)[:8])
    for item in [*moved, *(_fresh(draw) for _ in range(wanted - len(later) - len(moved)))]:
        later.insert(int(draw.integers(len(later) + 1)), item)
    return later


def _with_figures(item: Item, draw: np.random.Generator) -> Item:
    """Other figures in the same sentences."""
    factor = draw.choice([0.8, 1.2, 1.5])
    raised = [
        re.sub(r"\d+(?=[个家项万])", lambda n: str(max(1, round(int(n[0]) * factor))), part)
        for part in item.sentences
    ]
    return replace(item, sentences=tuple(raised))


def _renewed(item: Item, draw: np.random.Generator) -> Item:
    """About half the sentences are new, and their order is another."""
    kept = [part for part in item.sentences if draw.random() < 0.5] or list(item.sentences[:1])
    sentences = [*kept, *_fresh(draw).sentences[: max(1, len(item.sentences) - len(kept))]]
    return replace(item, sentences=tuple(sentences[n] for n in draw.permutation(len(sentences))))


def _halves(item: Item, draw: np.random.Generator) -> list[Item]:
    middle = len(item.sentences) // 2
    second = _exchanged(item.title, draw, 0.5)
    return [
        replace(item, sentences=item.sentences[:middle]),
        replace(item, title=second, sentences=item.sentences[middle:]),
    ]


def _printed(place: str, year: int, items: Sequence[Item]) -> str:
    short = place.removesuffix("市")
    lines = [FIRST_LINE, f"{year}年{place}信息化工作要点(示例)"]
    per_section = -(-len(items) // SECTIONS)
    for number, item in enumerate(items):
        section, within = divmod(number, per_section)
        if not within:
            lines.append(f"{_NUMERALS[section + 1]}、{_material().sections[section]}")
        said = "。".join([item.title, *item.sentences])
        who = f"({'、'.join(item.agencies)})" if item.agencies else ""
        lines.append(f"{number + 1}.{said}。{who}")
    text = _PLACES.sub(short, "\n".join(lines)).replace("全省", "全市").replace("我省", "我市")
    return text + "\n"
