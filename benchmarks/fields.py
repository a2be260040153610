"""Fields of the example series against its gold: precision, recall and F1, by year and in total."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import planddiff as pdd
from benchmarks.gold import SERIES_YEARS
from planddiff import evaluation as ev


def field_scores(material: str | Path) -> pd.DataFrame:
    """One row per field and group of years: ``P``, ``R``, ``F1`` and counts.

    The grammars and lexicons were written with this series at hand, so these are figures of fit.
    """
    folder = Path(material) / "series" / "zhejiang"
    plans = [pdd.read_plan(folder / f"{year}.txt") for year in SERIES_YEARS]
    fields = {
        "items (number, section, title)": _items(folder, plans),
        "agencies (name, role)": _agencies(folder, plans),
        "targets (value, unit, comparator)": _targets(folder, plans),
        "targets (also the span)": _target_spans(folder, plans),
        "deadlines (as written)": _deadlines(folder, plans),
        "themes (basis object)": _themes(folder, plans),
    }
    groups = {str(year): [year] for year in SERIES_YEARS}
    groups |= {"2015 and 2018": [2015, 2018], "total": SERIES_YEARS}
    rows = {}
    for field, (predicted, gold) in fields.items():
        for group, years in groups.items():
            ours = predicted[predicted["year"].isin(years)]
            theirs = gold[gold["year"].isin(years)]
            scores = ev.score_rows(ours, theirs, on=list(gold.columns))
            rows[field, group] = scores.rename({"precision": "P", "recall": "R", "f1": "F1"})
    return pd.DataFrame(rows).T


def _keyed(plan: pdd.Plan, table: pd.DataFrame) -> pd.DataFrame:
    """The long table with the year and ordinal that gold names items by."""
    return table.merge(plan.items[["item_id", "year", "ordinal"]], on="item_id")


def _items(folder: Path, plans: list[pdd.Plan]) -> tuple[pd.DataFrame, pd.DataFrame]:
    gold = pd.read_csv(folder / "gold_items.csv", dtype=str)
    gold = gold.rename(columns={"printed_no": "number", "section_title": "section"})
    gold = gold[["year", "ordinal", "number", "section", "title"]].astype(
        {"year": int, "ordinal": int}
    )
    ours = pd.concat([plan.items[list(gold.columns)] for plan in plans])
    return ours.astype({"year": int}), gold


def _agencies(folder: Path, plans: list[pdd.Plan]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lead (by convention, where no word says who leads) and support of every item.

    Names are compared after short forms are written out, on both sides.
    """
    alias = pd.read_csv(folder / "gold_agency_alias.csv")
    alias = alias[alias["kind"] == "short_form"]
    full = dict(zip(alias["name"], alias["successor_or_full_name"], strict=True))

    def rows(table: pd.DataFrame, lead: str, support: str) -> pd.DataFrame:
        parts = [
            table[["year", "ordinal"]].assign(agency=table[column], role=role).explode("agency")
            for column, role in ((lead, "lead"), (support, "support"))
        ]
        both = pd.concat(parts).dropna(subset=["agency"])
        both["agency"] = both["agency"].replace(full)
        return both[both["agency"] != ""].astype({"year": int, "ordinal": int})

    gold = pd.read_csv(folder / "gold_items.csv", dtype=str, keep_default_na=False)
    for column in ("lead_agencies", "support_agencies"):
        gold[column] = gold[column].str.split(";")
    ours = pd.concat([plan.items for plan in plans])
    return rows(ours, "lead", "support"), rows(gold, "lead_agencies", "support_agencies")


def _targets(folder: Path, plans: list[pdd.Plan]) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = ["year", "ordinal", "value", "unit", "comparator"]
    gold = pd.read_csv(folder / "gold_targets.csv").astype({"value": float})
    ours = pd.concat([_keyed(plan, plan.targets) for plan in plans])
    return ours.astype({"year": int, "value": float})[columns], gold[columns]


def _target_spans(folder: Path, plans: list[pdd.Plan]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Targets that agree in value, unit and comparator and lie inside the span of the gold.

    ``place`` is where the gold span begins, for a predicted target the span that holds it.
    """
    gold = pd.read_csv(folder / "gold_targets.csv").astype({"value": float})
    bodies = {
        (int(year), ordinal): (body, start)
        for plan in plans
        for year, ordinal, body, start in plan.items[["year", "ordinal", "body", "start"]].values
    }
    gold["place"] = [
        bodies[year, ordinal][1] + bodies[year, ordinal][0].find(span)
        for year, ordinal, span in gold[["year", "ordinal", "text_span"]].values
    ]
    ours = pd.concat([_keyed(plan, plan.targets) for plan in plans]).astype(
        {"year": int, "value": float}
    )
    ends = gold["place"] + gold["text_span"].str.len()
    places = []
    for year, start, end in ours[["year", "start", "end"]].values:
        holds = (gold["year"] == year) & (gold["place"] < end) & (ends > start)
        places.append(int(gold.loc[holds, "place"].iloc[0]) if holds.any() else -1)
    columns = ["year", "ordinal", "value", "unit", "comparator", "place"]
    return ours.assign(place=places)[columns], gold[columns]


def _deadlines(folder: Path, plans: list[pdd.Plan]) -> tuple[pd.DataFrame, pd.DataFrame]:
    def rows(table: pd.DataFrame) -> pd.DataFrame:
        parts = table[["year", "ordinal"]].assign(deadline=table["deadline"].str.split(";"))
        parts = parts.explode("deadline")
        return parts[parts["deadline"].fillna("") != ""].astype({"year": int, "ordinal": int})

    gold = pd.read_csv(folder / "gold_items.csv", dtype=str, keep_default_na=False)
    return rows(pd.concat([plan.items for plan in plans])), rows(gold)


def _themes(folder: Path, plans: list[pdd.Plan]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Themes that gold codes; rows of basis ``section`` are left out on both sides."""
    coded = pd.read_csv(folder / "gold_themes.csv")
    columns = ["year", "ordinal", "theme"]
    tagged = pd.concat([plan.items for plan in plans])[["year", "ordinal", "themes"]]
    ours = tagged.explode("themes").rename(columns={"themes": "theme"}).astype({"year": int})
    ours = ours[ours["theme"].isin(set(coded["theme"]))]
    section = coded.loc[coded["basis"] == "section", columns]
    marked = ours.merge(section, on=columns, how="left", indicator=True)
    ours = marked.loc[marked["_merge"] == "left_only", columns]
    return ours, coded.loc[coded["basis"] == "object", columns]
