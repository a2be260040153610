"""The theme lexicon: which terms, patterns and exclusions make up a theme."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from planddiff.errors import InvalidInputError, SourceNotFoundError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

KINDS = ("term", "pattern", "exclusion")


@dataclass(frozen=True)
class ThemeTerm:
    """One row of a theme lexicon.

    ``kind`` is ``term`` (plain text), ``pattern`` (regular expression for spelling variants) or
    ``exclusion`` (regular expression; a hit that touches its match is not the theme).
    """

    theme: str
    term: str
    kind: str = "term"
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        for name in ("theme", "term"):
            value = getattr(self, name)
            if not isinstance(value, str) or not value.strip():
                raise InvalidInputError(f"theme lexicon: {name}={value!r} in {self}: give a text")
        if self.kind not in KINDS:
            raise InvalidInputError(
                f"theme lexicon: kind={self.kind!r} of {self.term!r}: use one of {', '.join(KINDS)}"
            )
        try:
            fits_nothing = self.compiled.match("")
        except re.error as error:
            raise InvalidInputError(
                f"theme lexicon: {self.kind} {self.term!r} of {self.theme!r} is no regular "
                f"expression ({error}): correct it or use kind 'term'"
            ) from error
        if fits_nothing:
            raise InvalidInputError(
                f"theme lexicon: {self.kind} {self.term!r} of {self.theme!r} fits the empty text: "
                "it must need at least one character"
            )

    @property
    def expression(self) -> str:
        """The regular expression of the row; a Latin word never starts or ends inside another."""
        if self.kind != "term":
            return self.term
        first, rest = re.escape(self.term[0]), re.escape(self.term[1:])
        # The look behind stands second, so that a search can skip to the first character.
        before = f"(?<![A-Za-z0-9]{first})" if re.match("[A-Za-z0-9]", self.term) else ""
        after = "(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", self.term) else ""
        return f"{first}{before}{rest}{after}"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression compiled."""
        return re.compile(self.expression)


class _Alternatives:
    """Rows of one theme as one expression: patterns before terms, the first that fits counts."""

    def __init__(self, rows: list[ThemeTerm]) -> None:
        self.patterns = [row for row in rows if row.kind != "term"]
        self.terms = {row.term: row for row in reversed(rows) if row.kind == "term"}
        # Groups that tell the row apart would cost the search for a first character: ten times
        # slower. Hits are few, so the row is looked up afterwards.
        self.expression = re.compile("|".join(f"(?:{row.expression})" for row in rows))

    def found(self, text: str) -> list[tuple[ThemeTerm, int, int]]:
        return [(self._row(text, hit), *hit.span()) for hit in self.expression.finditer(text)]

    def _row(self, text: str, hit: re.Match[str]) -> ThemeTerm:
        for row in self.patterns:
            if row.compiled.match(text, hit.start()):
                return row
        return self.terms[hit[0]]


@dataclass(frozen=True)
class ThemeLexicon:
    """Themes, each with its terms, patterns and exclusions; compiled once.

    Examples
    --------
    >>> lexicon = ThemeLexicon.from_any({"绿色发展": ["绿色低碳", "循环经济"]})
    >>> lexicon.themes
    ('绿色发展',)
    >>> len(lexicon.merged(ThemeLexicon.default()).themes) > 20
    True
    """

    rows: tuple[ThemeTerm, ...]

    def __post_init__(self) -> None:
        bare = [theme for theme in self.themes if not self._rows_of(theme, ("term", "pattern"))]
        if bare or not self.rows:
            raise InvalidInputError(
                f"theme lexicon: no term or pattern for {bare or 'any theme'}: give at least one"
            )

    def __repr__(self) -> str:
        return f"ThemeLexicon({len(self.themes)} themes, {len(self.rows)} rows)"

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Names of the themes in the order of the lexicon."""
        return tuple(dict.fromkeys(row.theme for row in self.rows))

    def _rows_of(self, theme: str, kinds: Iterable[str]) -> list[ThemeTerm]:
        return [row for row in self.rows if row.theme == theme and row.kind in kinds]

    @cached_property
    def _alternatives(self) -> tuple[tuple[_Alternatives, _Alternatives | None], ...]:
        built = []
        for theme in self.themes:
            terms = self._rows_of(theme, ("term",))
            terms.sort(key=lambda row: (-len(row.term), row.term))
            barred = self._rows_of(theme, ("exclusion",))
            wanted = self._rows_of(theme, ("pattern",)) + terms
            built.append((_Alternatives(wanted), _Alternatives(barred) if barred else None))
        return tuple(built)

    def hits(self, text: str) -> Iterator[tuple[ThemeTerm, int, int]]:
        """Yield ``(row, start, end)`` by theme, without those that touch an exclusion."""
        for wanted, barred in self._alternatives:
            found = wanted.found(text)
            out = barred.found(text) if barred and found else []
            for row, start, end in found:
                if not any(low < end and start < high for _, low, high in out):
                    yield row, start, end

    def frame(self) -> pd.DataFrame:
        """Rows as a table: ``theme``, ``term``, ``kind``, ``note``, ``source``."""
        columns = [field.name for field in fields(ThemeTerm)]
        return pd.DataFrame([astuple(row) for row in self.rows], columns=columns)

    def merged(self, other: ThemeLexicon) -> ThemeLexicon:
        """Themes of both; a theme of the same name gets the rows of both."""
        return ThemeLexicon(tuple(dict.fromkeys(self.rows + other.rows)))

    def select(self, themes: Iterable[str]) -> ThemeLexicon:
        """Lexicon with the named themes only.

        Raises
        ------
        InvalidInputError
            For a name that the lexicon does not have.
        """
        chosen = list(themes)
        unknown = [theme for theme in chosen if theme not in self.themes]
        if unknown:
            raise InvalidInputError(f"no such theme: {unknown}; known are {list(self.themes)}")
        return ThemeLexicon(tuple(row for row in self.rows if row.theme in chosen))

    @staticmethod
    def default() -> ThemeLexicon:
        """The shipped lexicon, ``planddiff/data/themes.csv``: digital government and economy."""
        return _default()

    @classmethod
    def from_any(
        cls, themes: ThemeLexicon | Mapping[str, Any] | pd.DataFrame | str | Path | None
    ) -> ThemeLexicon:
        """Make a lexicon from what a researcher has.

        Parameters
        ----------
        themes : ThemeLexicon, mapping, DataFrame, path or None
            None gives the shipped lexicon. A mapping takes a theme to its terms, or to a mapping
            with any of ``terms``, ``patterns`` and ``exclusions``; a TOML file holds the same. A
            DataFrame or a CSV file has the columns ``theme`` and ``term``, and may have ``kind``,
            ``note`` and ``source``.

        Raises
        ------
        InvalidInputError
            For anything that is no lexicon; the message names the value.
        SourceNotFoundError
            For a path that does not exist.

        Examples
        --------
        >>> ThemeLexicon.from_any(
        ...     {"大数据": {"terms": ["大数据"], "exclusions": ["大数据与会计"]}}
        ... )
        ThemeLexicon(1 themes, 2 rows)
        """
        if themes is None:
            return cls.default()
        if isinstance(themes, ThemeLexicon):
            return themes
        if isinstance(themes, pd.DataFrame):
            return cls(tuple(_rows_of_table(themes.to_dict("records"))))
        if isinstance(themes, Mapping):
            return cls(tuple(_rows_of_mapping(themes)))
        if isinstance(themes, (str, Path)):
            return cls(tuple(_rows_of_file(Path(themes))))
        raise InvalidInputError(
            f"themes={themes!r}: give a dict, a DataFrame, a CSV or TOML path, or a ThemeLexicon"
        )


@cache
def _default() -> ThemeLexicon:
    table = (files("planddiff") / "data" / "themes.csv").read_text(encoding="utf-8")
    return ThemeLexicon(tuple(_rows_of_table(csv.DictReader(table.splitlines()))))


def _rows_of_table(records: Iterable[Mapping[Any, Any]]) -> Iterator[ThemeTerm]:
    known = [field.name for field in fields(ThemeTerm)]
    for record in records:
        missing = [name for name in ("theme", "term") if name not in record]
        if missing:
            raise InvalidInputError(
                f"theme lexicon: no column {missing} among {list(record)}: give theme and term"
            )
        given = {name: record[name] for name in known if name in record}
        yield ThemeTerm(**{name: value for name, value in given.items() if not pd.isna(value)})


def _rows_of_mapping(themes: Mapping[str, Any]) -> Iterator[ThemeTerm]:
    keys = {f"{kind}s": kind for kind in KINDS}
    for theme, entry in themes.items():
        parts = entry if isinstance(entry, Mapping) else {"terms": entry}
        for key, terms in parts.items():
            if key not in keys or isinstance(terms, str) or not isinstance(terms, Iterable):
                raise InvalidInputError(
                    f"theme {theme!r}: {key}={terms!r}: give a list of terms, or a table with "
                    f"lists under {', '.join(keys)}"
                )
            for term in terms:
                yield ThemeTerm(theme, term, keys[key])


def _rows_of_file(path: Path) -> Iterator[ThemeTerm]:
    if not path.is_file():
        raise SourceNotFoundError(f"theme lexicon {str(path)!r} does not exist: check the path")
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".toml":
        try:
            yield from _rows_of_mapping(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise InvalidInputError(
                f"theme lexicon {str(path)!r} is no TOML ({error}); Chinese names need quotation "
                'marks: ["智慧城市"]'
            ) from error
    elif path.suffix.lower() == ".csv":
        yield from _rows_of_table(csv.DictReader(text.splitlines()))
    else:
        raise InvalidInputError(f"theme lexicon {str(path)!r}: save it as .csv or .toml")
