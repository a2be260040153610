"""The gold pairs: old items, new items, the links that coders drew, and pairs that are none.

Positions are 0-based rows of ``old_items`` and ``new_items``. The gold folders are not part of the
package; ``material`` names the folder that holds ``gold``, ``series`` and ``corpus``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pandas as pd

MATERIAL = Path(__file__).resolve().parents[2] / "shared"

SERIES_YEARS = [2014, 2015, 2016, 2017, 2018]
WORK_REPORT_PAIRS = [(2016, 2017), (2021, 2022)]
PLAN_PAIRS = {
    "icv": ("icv_standards_points_2018", "icv_standards_points_2019", r"\d+\."),
    "ai_pilot": (
        "ai_pilot_zone_guide_2019",
        "ai_pilot_zone_guide_2020rev",
        r"（[一二三四五六七八九十]+）",
    ),
}


@dataclass(frozen=True)
class GoldPair:
    """Two documents of neighbouring years and what coders found between them.

    ``old_items``/``new_items``: ``ordinal``, ``title``, ``text``, one row per unit.
    ``links``: ``old``, ``new`` (positions), ``strength`` (strong/weak/contested), and the axes that
    the coders noted (``relation``, ``wording``, ``target_change``, ``lead_changed``,
    ``moved_section``), empty where they did not. ``decoys``: ``old``, ``new``, never to be linked.
    """

    name: str
    kind: str
    old_year: int
    new_year: int
    old_document: Path
    new_document: Path
    old_items: pd.DataFrame
    new_items: pd.DataFrame
    links: pd.DataFrame
    decoys: pd.DataFrame


def load_pairs(material: str | Path = MATERIAL) -> list[GoldPair]:
    """All gold pairs in a fixed order: example series, work reports, plan pairs."""
    root = Path(material)
    return [*_series_pairs(root), *_work_report_pairs(root), *_plan_pairs(root)]


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _items(rows: list[tuple[str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["title", "text"])
    frame.insert(0, "ordinal", range(1, len(frame) + 1))
    return frame


def links_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of ``GoldPair.links``, empty where the coders did not note an axis."""
    axes = ["relation", "wording", "target_change", "lead_changed", "moved_section"]
    return rows.reindex(columns=["old", "new", "strength", *axes]).reset_index(drop=True)


def _series_pairs(root: Path) -> list[GoldPair]:
    folder = root / "series" / "zhejiang"
    gold = pd.read_csv(folder / "gold_items.csv", dtype=str)
    links = pd.read_csv(folder / "gold_links.csv").assign(strength="strong")
    decoys = pd.read_csv(folder / "gold_decoys.csv")
    items = {year: _series_items(folder, gold, year) for year in SERIES_YEARS}
    pairs = []
    for old_year, new_year in pairwise(SERIES_YEARS):
        chosen = [
            table[(table["old_year"] == old_year) & (table["new_year"] == new_year)].assign(
                old=lambda t: t["old_item"] - 1, new=lambda t: t["new_item"] - 1
            )
            for table in (links, decoys)
        ]
        pairs.append(
            GoldPair(
                name=f"zhejiang_{old_year}_{new_year}",
                kind="series",
                old_year=old_year,
                new_year=new_year,
                old_document=folder / f"{old_year}.txt",
                new_document=folder / f"{new_year}.txt",
                old_items=items[old_year],
                new_items=items[new_year],
                links=links_table(chosen[0]),
                decoys=chosen[1][["old", "new"]].reset_index(drop=True),
            )
        )
    return pairs


def _series_items(folder: Path, gold: pd.DataFrame, year: int) -> pd.DataFrame:
    lines = [line.strip() for line in (folder / f"{year}.txt").read_text("utf-8").split("\n")]
    rows, position = [], 0
    for row in gold[gold["year"] == str(year)].itertuples():
        head = f"{row.printed_no}{row.title}。"
        position = next(i for i in range(position, len(lines)) if lines[i].startswith(head)) + 1
        rows.append((row.title, lines[position - 1]))
    return _items(rows)


def _work_report_pairs(root: Path) -> list[GoldPair]:
    folder = root / "gold" / "work_reports"
    pairs = []
    for old_year, new_year in WORK_REPORT_PAIRS:
        units = pd.read_csv(folder / f"units_{old_year}_{new_year}.csv", dtype=str)
        links = pd.read_csv(folder / f"{old_year}_{new_year}.csv")
        items, places = {}, {}
        for year in (old_year, new_year):
            leads = units.loc[units["year"] == str(year), "lead"].tolist()
            document = root / "corpus" / "gwr_national" / f"{year}.txt"
            items[year], places[year] = _work_report_items(document, leads)
        links["old"] = links["old_lead"].map(places[old_year])
        links["new"] = links["new_lead"].map(places[new_year])
        links = links.dropna(subset=["old", "new"]).astype({"old": int, "new": int})
        pairs.append(
            GoldPair(
                name=f"work_report_{old_year}_{new_year}",
                kind="work_report",
                old_year=old_year,
                new_year=new_year,
                old_document=root / "corpus" / "gwr_national" / f"{old_year}.txt",
                new_document=root / "corpus" / "gwr_national" / f"{new_year}.txt",
                old_items=items[old_year],
                new_items=items[new_year],
                links=links_table(links),
                decoys=pd.DataFrame(columns=["old", "new"], dtype=int),
            )
        )
    return pairs


def _work_report_items(document: Path, leads: list[str]) -> tuple[pd.DataFrame, dict[str, int]]:
    """One item per lead: from the lead to the end of its line, or to the next lead in it."""
    lines = [_squeeze(line) for line in document.read_text("utf-8").split("\n")]
    rows: list[tuple[str, str]] = []
    places: dict[str, int] = {}
    for lead in leads:
        line = next((line for line in lines if _squeeze(lead) in line), None)
        if line is None:
            continue
        text = line[line.index(_squeeze(lead)) :]
        for other in leads:
            if _squeeze(other) in text[1:]:
                text = text[: text.index(_squeeze(other), 1)]
        places[lead] = len(rows)
        rows.append((text.split("。", 1)[0], text))
    return _items(rows), places


def _plan_pairs(root: Path) -> list[GoldPair]:
    pairs = []
    for name, (old, new, number) in PLAN_PAIRS.items():
        links = pd.read_csv(root / "gold" / "plan_pairs" / f"{name}.csv")
        links["old"] = links["old_ordinal"] - 1
        links["new"] = links["new_ordinal"] - 1
        old_document = root / "corpus" / "pairs" / f"{old}.txt"
        new_document = root / "corpus" / "pairs" / f"{new}.txt"
        years = [int(re.findall(r"\d{4}", stem)[0]) for stem in (old, new)]
        pairs.append(
            GoldPair(
                name=name,
                kind="plan_pair",
                old_year=years[0],
                new_year=years[1],
                old_document=old_document,
                new_document=new_document,
                old_items=_numbered_items(old_document, number),
                new_items=_numbered_items(new_document, number),
                links=links_table(links),
                decoys=pd.DataFrame(columns=["old", "new"], dtype=int),
            )
        )
    return pairs


def _numbered_items(document: Path, number: str) -> pd.DataFrame:
    """One item per numbered line, with the lines up to the next number or section heading."""
    rows: list[tuple[str, str]] = []
    inside = False
    for line in document.read_text("utf-8").split("\n"):
        text = line.strip()
        if re.match(number, text):
            rows.append((re.sub(number, "", text, count=1).split("。", 1)[0].strip(), text))
            inside = True
        elif re.match(r"[一二三四五六七八九十]+、", text):
            inside = False
        elif inside and text:
            rows[-1] = (rows[-1][0], rows[-1][1] + text)
    return _items(rows)
