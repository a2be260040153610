"""Which body a name means, and which body followed it through the reforms.

The table is ``planddiff/data/agencies.csv``: central bodies by name, and provincial and municipal
bodies in a generic form (省经信委, 市经信局) that serves every province and city. Where it is
silent a name stays as written: no body is ever guessed from the likeness of two strings.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from planddiff.errors import InvalidInputError

Relation = Literal["same", "renamed", "merged", "split", "moved", "unrelated"]
LeadChange = Literal["no", "renamed_only", "yes"]

REGISTER_COLUMNS = (
    "name",
    "level",
    "aliases",
    "valid_from",
    "valid_to",
    "relation",
    "successor",
    "reform",
    "source",
    "region",
)
_LEVELS = ("central", "provincial", "municipal")
_RELATIONS: dict[str, Relation] = {
    "renamed": "renamed",
    "merged_into": "merged",
    "split_into": "split",
    "function_moved": "moved",
}
_USUAL = "usual_name"
# From the closest tie to the loosest: a path through several steps is as loose as its loosest.
_LOOSENESS: tuple[Relation, ...] = ("same", "renamed", "merged", "split", "moved", "unrelated")
_NAME = r"(?:(?![省市区县局委厅办部署])[㐀-鿿])"
_CITY = r"市(?![场政])"
_UNITS = rf"省|自治区|{_CITY}|区(?![域块])|县(?!域)|州|盟|旗"
_PREFIX = re.compile(
    rf"(?P<place>{_UNITS}|(?:{_NAME}{{2,6}}?(?:省|自治区))?"
    rf"(?:{_NAME}{{1,10}}?(?:{_CITY}|自治州|州(?![市区])|盟))?"
    rf"(?:{_NAME}{{1,8}}?(?:区(?![域块])|县(?!域)|旗|{_CITY}))?)(?P<rest>[㐀-鿿].+)"
)
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


@dataclass(frozen=True)
class AgencyRow:
    """One line of the register: a body, its other names and what became of it.

    ``valid_to`` is the year of the reform that ended the name (0 where it still holds), and
    ``relation`` says how ``successors`` follow: ``renamed``, ``merged_into``, ``split_into`` or
    ``function_moved`` (the old body goes on). A line with the relation ``usual_name`` says instead
    what the plans of ``region`` call the body named under ``successors`` (浙江省: 省发改委).
    """

    name: str
    level: str
    aliases: tuple[str, ...]
    valid_from: int
    valid_to: int
    relation: str
    successors: tuple[str, ...]
    reform: str
    source: str
    region: str


@dataclass(frozen=True)
class _Body:
    """A resolved name: what to call it, its line in the register, and the place before it."""

    canonical: str
    key: str
    place: str


@dataclass(frozen=True)
class AgencyRegister:
    """Names of public bodies, their short forms, and who followed whom.

    Build it with :meth:`from_csv` or take the shipped one from :func:`load_register`; a
    researcher's own lines join it by :meth:`extended`.

    Examples
    --------
    >>> register = load_register()
    >>> register.canonical("浙江省通管局", region="浙江省")
    '省通信管理局'
    >>> register.harmonise("省旅游局", 2018)
    '省文化和旅游厅'
    >>> register.relation("省经信委", "省经信厅"), register.relation("省农业厅", "省工业厅")
    ('renamed', 'unrelated')
    """

    rows: tuple[AgencyRow, ...]
    _names: dict[str, str] = field(init=False, repr=False, compare=False)
    _after: dict[str, tuple[AgencyRow, ...]] = field(init=False, repr=False, compare=False)
    _bare: frozenset[str] = field(init=False, repr=False, compare=False)
    _usual: dict[tuple[str, str], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names: dict[str, str] = {}
        after: dict[str, tuple[AgencyRow, ...]] = {}
        bodies = [row for row in self.rows if row.relation != _USUAL]
        usual = {(r.region, r.successors[0]): r.name for r in self.rows if r.relation == _USUAL}
        for row in bodies:
            names[row.name] = row.name
        for row in bodies:
            for alias in row.aliases:
                if names.setdefault(alias, row.name) != row.name:
                    raise InvalidInputError(
                        f"the agency register gives {alias!r} to both {names[alias]!r} and "
                        f"{row.name!r}; leave it with one of them"
                    )
            if row.successors:
                after[row.name] = (*after.get(row.name, ()), row)
        local = {row.name for row in bodies if row.level != "central"}
        bare = frozenset(
            name[1:] for name, row in names.items() if row in local and name[0] in "省市"
        )
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_after", after)
        object.__setattr__(self, "_bare", bare)
        object.__setattr__(self, "_usual", usual)

    @classmethod
    def from_csv(cls, path: str | Path) -> AgencyRegister:
        """Read a register from a CSV file with the columns ``REGISTER_COLUMNS``.

        ``aliases`` and ``successor`` hold several names with ``;`` between. A body with two kinds
        of succession has two lines.

        Raises
        ------
        InvalidInputError
            A missing column, an unknown level or relation, a year that is no number, or one alias
            given to two bodies.
        """
        with Path(path).open(encoding="utf-8-sig", newline="") as handle:
            return cls(tuple(_read_rows(csv.DictReader(handle), str(path))))

    def extended(self, other: AgencyRegister) -> AgencyRegister:
        """Both registers together; the lines of ``other`` replace those of the same body."""
        mine = {row.name for row in other.rows}
        taken = {alias for row in other.rows for alias in (row.name, *row.aliases)}
        kept = [
            AgencyRow(
                **{**row.__dict__, "aliases": tuple(a for a in row.aliases if a not in taken)}
            )
            for row in self.rows
            if row.name not in mine
        ]
        return AgencyRegister((*kept, *other.rows))

    def knows(self, name: str) -> bool:
        """Whether the register has a line for this name, with or without a local prefix."""
        return name in self._bare or self._resolve(name, None).key != ""

    def canonical(self, name: str, region: str | None = None) -> str:
        """The body's name at the time: short forms completed, the plan's own region as 省 or 市.

        A name that the register does not hold is returned as it stands, and so is, where no region
        is given, a name that is usual in some region.

        Examples
        --------
        >>> load_register().canonical("人社厅", region="山东省")
        '省人力资源社会保障厅'
        >>> load_register().canonical("华数传媒集团", region="浙江省")
        '华数传媒集团'
        """
        body = self._resolve(name, region)
        if region is None and name in self._usual.values():
            return name
        return self._called(body.key, body, region) or body.canonical

    def harmonise(self, name: str, year: int, region: str | None = None) -> str:
        """The body that holds the name's place in ``year``: renames and mergers followed forward.

        A body that was split, or that only gave a function away, has no single heir and keeps its
        name. All spellings of one body meet in one name here, with or without a region.

        Examples
        --------
        >>> register = load_register()
        >>> register.harmonise("杭州市环保局", 2019), register.harmonise("省环保厅", 2015)
        ('杭州市生态环境局', '省环保厅')
        """
        body = self._resolve(name, region)
        seen = {body.key}
        key = body.key
        while True:
            heirs = [
                row.successors[0]
                for row in self._after.get(key, ())
                if row.relation in ("renamed", "merged_into") and row.valid_to <= year
            ]
            if not heirs or heirs[0] in seen:
                break
            key = heirs[0]
            seen.add(key)
        if key == body.key:
            return self._called(key, body, region) or body.canonical
        return self._called(key, body, region) or self._with_place(key, body.place)

    def relation(self, old: str, new: str, region: str | None = None) -> Relation:
        """How ``new`` follows ``old``: the closest tie that the register's lines give.

        ``moved`` means that a function went over while the old body goes on; ``unrelated`` that
        no line leads from one to the other.
        """
        first, last = self._resolve(old, region), self._resolve(new, region)
        if first.canonical == last.canonical:
            return "same"
        if not first.key or not last.key or first.place != last.place:
            return "unrelated"
        best: dict[str, Relation] = {first.key: "same"}
        queue = [first.key]
        while queue:
            key = queue.pop(0)
            for row in self._after.get(key, ()):
                tie = max(best[key], _RELATIONS[row.relation], key=_LOOSENESS.index)
                for heir in row.successors:
                    if heir not in best or _LOOSENESS.index(tie) < _LOOSENESS.index(best[heir]):
                        best[heir] = tie
                        queue.append(heir)
        return best.get(last.key, "unrelated")

    def _resolve(self, name: str, region: str | None) -> _Body:
        if region and name.startswith(region) and len(name) > len(region) + 1:
            name = _own_prefix(region) + name[len(region) :]
        if region and name in self._bare:
            own = self._resolve(_own_prefix(region) + name, region)
            if own.key:
                return own
        if name in self._names:
            key = self._names[name]
            return _Body(key, key, name[0] if name[0] in "省市" and key[0] == name[0] else "")
        prefix = _PREFIX.fullmatch(name)
        if prefix is not None and prefix.group("place"):
            place, rest = prefix.group("place", "rest")
            for generic in _levels(place, region):
                key = self._names.get(generic + rest, "")
                if key.startswith(generic):
                    return _Body(place + key[1:], key, place)
        return _Body(name, "", "")

    def _called(self, key: str, body: _Body, region: str | None) -> str:
        """What the region usually calls its own body; empty where nothing special."""
        own = region is not None and body.place == _own_prefix(region)
        return self._usual.get((region or "", key), "") if own else ""

    @staticmethod
    def _with_place(key: str, place: str) -> str:
        return place + key[1:] if place and key[0] in "省市" else key


def _own_prefix(region: str) -> str:
    return "自治区" if region.endswith("自治区") else region[-1]


def _levels(place: str, region: str | None) -> str:
    """First characters of the generic names that a place's bodies may have, likeliest first."""
    if place.endswith(("省", "自治区")):
        return "省"
    municipality = (region if place == "市" else place) in _MUNICIPALITIES
    return "省市" if municipality else "市"


def _read_rows(lines: Iterable[dict[str, str]], name: str) -> list[AgencyRow]:
    rows = []
    for number, line in enumerate(lines, start=2):
        missing = [column for column in REGISTER_COLUMNS if line.get(column) is None]
        if missing:
            raise InvalidInputError(
                f"{name}, line {number}: an agency register needs the columns "
                f"{', '.join(REGISTER_COLUMNS)}; missing: {', '.join(missing)}"
            )
        if line["level"] not in _LEVELS:
            raise InvalidInputError(
                f"{name}, line {number}: level {line['level']!r}; use one of {', '.join(_LEVELS)}"
            )
        if line["relation"] and line["relation"] not in (*_RELATIONS, _USUAL):
            raise InvalidInputError(
                f"{name}, line {number}: relation {line['relation']!r}; "
                f"use one of {', '.join((*_RELATIONS, _USUAL))} or leave it empty"
            )
        rows.append(
            AgencyRow(
                name=line["name"],
                level=line["level"],
                aliases=tuple(a for a in line["aliases"].split(";") if a),
                valid_from=_year(line["valid_from"], name, number),
                valid_to=_year(line["valid_to"], name, number),
                relation=line["relation"],
                successors=tuple(s for s in line["successor"].split(";") if s),
                reform=line["reform"],
                source=line["source"],
                region=line["region"],
            )
        )
    return rows


def _year(value: str, name: str, number: int) -> int:
    if value and not re.fullmatch(r"\d{4}", value):
        raise InvalidInputError(
            f"{name}, line {number}: year {value!r}; write four digits or leave it empty"
        )
    return int(value or 0)


@cache
def load_register() -> AgencyRegister:
    """Load the register that planddiff ships."""
    source = files("planddiff") / "data" / "agencies.csv"
    lines = source.read_text(encoding="utf-8").splitlines()
    return AgencyRegister(tuple(_read_rows(csv.DictReader(lines), "agencies.csv")))


def lead_change(
    old_leads: Sequence[str],
    new_leads: Sequence[str],
    *,
    register: AgencyRegister | None = None,
    region: str | None = None,
) -> LeadChange:
    """Whether another body leads: the first leads compared through the register.

    ``renamed_only`` where the new lead is the old one's heir by rename or merger; ``yes`` where
    another body leads, also one that only took a function over. Two empty lists are ``no``.

    Examples
    --------
    >>> lead_change(["省旅游局"], ["省文化和旅游厅"]), lead_change(["省经信委"], ["省科技厅"])
    ('renamed_only', 'yes')
    """
    if not old_leads or not new_leads:
        return "no" if not old_leads and not new_leads else "yes"
    tie = (register or load_register()).relation(old_leads[0], new_leads[0], region)
    if tie == "same":
        return "no"
    return "renamed_only" if tie in ("renamed", "merged") else "yes"
