"""Numbers that Word prints but does not store: counted again from numbering and styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from planddiff.readers.list_labels import list_number
from planddiff.readers.ooxml import Element, child, children, local, number, switched_on, value

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]", re.IGNORECASE)
_BODY_LEVEL = 9

_Counts: TypeAlias = "list[int | None]"
"""Counters of one abstract list, which all its instances share."""


@dataclass(frozen=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    paragraph_style: str = ""
    suffix: str = "tab"
    restart_after: int | None = None
    legal: bool = False


class Styles:
    """Paragraph styles with what they inherit: heading level and list."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {value(style, "styleId"): style for style in children(root, "style")}
        self.default = next(
            (
                value(style, "styleId")
                for style in children(root, "style")
                if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}
            ),
            "",
        )

    def chain(self, style_id: str) -> Iterator[Element]:
        """The style and those it is based on."""
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            yield style
            style_id = value(child(style, "basedOn"))

    def level(self, paragraph: Element) -> int | None:
        """Heading level from 1 on that the paragraph or its style states."""
        properties = child(paragraph, "pPr")
        direct = child(properties, "outlineLvl")
        if direct is not None:
            outline = number(direct, default=_BODY_LEVEL)
            return outline + 1 if outline < _BODY_LEVEL else None
        for style in self.chain(value(child(properties, "pStyle"))):
            outline = number(child(style, "pPr", "outlineLvl"), default=_BODY_LEVEL)
            if outline < _BODY_LEVEL:
                return outline + 1
            named = _HEADING.match(value(child(style, "name")))
            if named:
                return int(named.group(1))
        return None

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the paragraph is a line of an automatic table of contents."""
        styles = self.chain(value(child(paragraph, "pPr", "pStyle")))
        return any(_CONTENTS.match(value(child(style, "name"))) for style in styles)


class ListNumbers:
    """Counts the automatic numbers of a document in the order of its paragraphs."""

    def __init__(self, numbering: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {
            value(found, "abstractNumId"): found for found in children(numbering, "abstractNum")
        }
        self._instances = {value(found, "numId"): found for found in children(numbering, "num")}
        self._counts: dict[str, _Counts] = {}
        self._started: set[tuple[str, int]] = set()
        self._cache: dict[tuple[str, int], _Level | None] = {}

    def label(self, paragraph: Element) -> str:
        """Give the number that Word prints before a paragraph, with what follows it, or ""."""
        properties = child(paragraph, "pPr")
        instance_id, depth = self._membership(properties)
        if not instance_id or instance_id not in self._instances:
            return ""
        level = self._level(instance_id, depth)
        if level is None:
            return ""
        count = self._advance(instance_id, depth, level)
        if switched_on(child(properties, "rPr", "vanish")):
            return ""
        return self._print(instance_id, level, count)

    def _membership(self, properties: Element | None) -> tuple[str, int]:
        """List and level of a paragraph: its own, or those of its style."""
        direct = child(properties, "numPr")
        style_id = value(child(properties, "pStyle")) or self._styles.default
        instance_id = value(child(direct, "numId"))
        depth: Element | None = child(direct, "ilvl")
        if not instance_id:
            for style in self._styles.chain(style_id):
                stated = child(style, "pPr", "numPr")
                if stated is not None and child(stated, "numId") is not None:
                    instance_id = value(child(stated, "numId"))
                    depth = child(stated, "ilvl") if depth is None else depth
                    own = value(style, "styleId")
                    if depth is None:
                        return instance_id, self._depth_of_style(instance_id, own)
                    break
        if instance_id == "0":
            return "", 0
        return instance_id, min(max(number(depth), 0), _LEVELS - 1)

    def _depth_of_style(self, instance_id: str, style_id: str) -> int:
        for depth in range(_LEVELS):
            level = self._level(instance_id, depth)
            if level is not None and level.paragraph_style == style_id:
                return depth
        return 0

    def _abstract_of(self, instance_id: str) -> Element | None:
        """The abstract list of an instance, through at most one link to a list style."""
        abstract_id = value(child(self._instances.get(instance_id), "abstractNumId"))
        abstract = self._abstract.get(abstract_id)
        link = value(child(abstract, "numStyleLink"))
        if link:
            for candidate in self._abstract.values():
                if value(child(candidate, "styleLink")) == link:
                    return candidate
        return abstract

    def _level(self, instance_id: str, depth: int) -> _Level | None:
        key = (instance_id, depth)
        if key not in self._cache:
            self._cache[key] = self._find_level(instance_id, depth)
        return self._cache[key]

    def _find_level(self, instance_id: str, depth: int) -> _Level | None:
        override = self._override(instance_id, depth)
        found = child(override, "lvl")
        if found is None:
            for level in children(self._abstract_of(instance_id), "lvl"):
                if number(level, "ilvl") == depth:
                    found = level
        if found is None:
            return None
        restart = child(found, "lvlRestart")
        return _Level(
            start=number(child(found, "start"), default=0),
            style=_number_format(found),
            pattern=value(child(found, "lvlText")),
            paragraph_style=value(child(found, "pStyle")),
            suffix=value(child(found, "suff"), default="tab"),
            restart_after=None if restart is None else number(restart),
            legal=switched_on(child(found, "isLgl")),
        )

    def _override(self, instance_id: str, depth: int) -> Element | None:
        for override in children(self._instances.get(instance_id), "lvlOverride"):
            if number(override, "ilvl") == depth:
                return override
        return None

    def _advance(self, instance_id: str, depth: int, level: _Level) -> _Counts:
        abstract = self._abstract_of(instance_id)
        count = self._counts.setdefault(value(abstract, "abstractNumId"), [None] * _LEVELS)
        start = level.start
        stated = child(self._override(instance_id, depth), "startOverride")
        if stated is not None:
            start = number(stated, default=start)
            if (instance_id, depth) not in self._started:
                count[depth] = None
        self._started.add((instance_id, depth))
        known = count[depth]
        count[depth] = start if known is None else known + 1
        for above in range(depth):
            if count[above] is None:
                higher = self._level(instance_id, above)
                count[above] = higher.start if higher else 1
        for below in range(depth + 1, _LEVELS):
            lower = self._level(instance_id, below)
            restart = below if lower is None or lower.restart_after is None else lower.restart_after
            if restart and depth < restart:
                count[below] = None
        return count

    def _print(self, instance_id: str, level: _Level, count: _Counts) -> str:
        def place(match: re.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            shown = self._level(instance_id, depth)
            style = shown.style if shown else "decimal"
            if level.legal and style != "decimalZero":
                style = "decimal"
            counted = count[depth]
            return "" if counted is None else list_number(counted, style)

        if level.style == "none" and not level.pattern:
            return ""
        label = _PRIVATE.sub("", _PLACE.sub(place, level.pattern)).strip("\0")
        if not label or level.suffix == "nothing" or not label[-1].isascii():
            return label
        return label + " "


def _number_format(level: Element) -> str:
    """The number format of a level; newer formats stand in an alternative with a fallback."""
    for found in level.iter():
        if local(found) == "numFmt":
            return value(found, default="decimal")
    return "decimal"
