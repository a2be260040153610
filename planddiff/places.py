"""The administrative divisions of China: levels, provinces, and short names."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NATION = "全国"
_LEVELS = ("province", "prefecture", "county")
_MUNICIPAL = ("县", "区", "旗")


@dataclass(frozen=True)
class Place:
    """One division: 景宁畲族自治县, 景宁, county, under 丽水市 in 浙江省."""

    name: str
    short: str
    level: str
    parent: str
    province: str


@dataclass(frozen=True)
class _Places:
    all: tuple[Place, ...]
    by_name: Mapping[str, tuple[Place, ...]]
    by_short: Mapping[str, tuple[Place, ...]]


def provinces() -> tuple[Place, ...]:
    """The divisions of the first level, municipalities first."""
    return tuple(each for each in _places().all if each.level == "province")


def places_called(name: str) -> tuple[Place, ...]:
    """Divisions of that name, in full, short, or short with the last word of the full name.

    Examples
    --------
    >>> [place.name for place in places_called("杭州")]
    ['杭州市']
    >>> [place.name for place in places_called("黔东南州")]
    ['黔东南苗族侗族自治州']
    >>> [place.name for place in places_called("吉林")]
    ['吉林省', '吉林市']
    >>> [place.parent for place in places_called("鼓楼区")]
    ['南京市', '徐州市', '福州市', '开封市']
    """
    found = _places()
    if name in found.by_name:
        return found.by_name[name]
    if name in found.by_short:
        return found.by_short[name]
    return tuple(each for each in found.by_short.get(name[:-1], ()) if each.name[-1] == name[-1])


def the_place(name: str, *, province: str = "", ends: str = "") -> Place | None:
    """The one division of that name, of the highest level where several levels have it.

    Parameters
    ----------
    name : str
        As for :func:`places_called`.
    province : str
        Where it lies, if known.
    ends : str
        What its full name ends with, if known: ``市`` tells 吉林市 from 吉林省.

    Returns
    -------
    Place or None
        ``None`` where there is none, or several of one level.
    """
    fitting = [
        each
        for each in places_called(name)
        if each.name.endswith(ends) and (not province or each.province == province)
    ]
    for level in _LEVELS:
        of_level = {each.name + each.parent: each for each in fitting if each.level == level}
        if of_level:
            return next(iter(of_level.values())) if len(of_level) == 1 else None
    return None


def level_of(region: str) -> str:
    """``national``, ``province``, ``prefecture`` or ``county``, by the name of the region.

    Examples
    --------
    >>> level_of("浙江省"), level_of("杭州市"), level_of("义乌市"), level_of("全国")
    ('province', 'prefecture', 'county', 'national')
    """
    if region == NATION:
        return "national"
    if known := places_called(region):
        return min((each.level for each in known), key=_LEVELS.index)
    return "county" if region.endswith(_MUNICIPAL) else "prefecture"


def province_of(region: str, hints: Iterable[str] = ()) -> str:
    """The province of a region; empty for the whole country and where it is not known.

    Parameters
    ----------
    region : str
    hints : iterable of str
        Names, such as that of the issuer, that tell which of several counties of a name is meant.

    Examples
    --------
    >>> province_of("义乌市"), province_of("鼓楼区"), province_of("鼓楼区", ["南京市鼓楼区政府"])
    ('浙江省', '', '江苏省')
    """
    known = places_called(region)
    if len({each.province for each in known}) > 1:
        text = "\n".join(hints)
        known = tuple(
            each
            for each in known
            if _short_of(each.province) in text or _short_of(each.parent) in text
        )
    found = {each.province for each in known}
    return found.pop() if len(found) == 1 else ""


def _short_of(name: str) -> str:
    """The short form of a province or prefecture; a name that is none of them never fits."""
    known = _places().by_name.get(name)
    return known[0].short if known else "\0"


@cache
def _places() -> _Places:
    with (files("planddiff") / "data" / "regions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    above = {row["name"]: row["parent"] for row in rows if row["level"] == "prefecture"}
    named: dict[str, list[Place]] = defaultdict(list)
    shorts: dict[str, list[Place]] = defaultdict(list)
    found = []
    for row in rows:
        parent = row["parent"]
        province = above.get(parent, parent) or row["name"]
        place = Place(row["name"], row["short"], row["level"], parent, province)
        found.append(place)
        named[place.name].append(place)
        shorts[place.short].append(place)
    return _Places(
        tuple(found),
        {name: tuple(each) for name, each in named.items()},
        {name: tuple(each) for name, each in shorts.items()},
    )
