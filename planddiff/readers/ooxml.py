"""The XML parts of Word files, parsed without entities and read by local names.

Local names serve both the transitional and the strict namespaces of ECMA-376.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planddiff.errors import UnreadableSourceError
from planddiff.readers.archive import Archive
from planddiff.readers.extras import require
from planddiff.readers.limits import bounded_markup

Element = Any
"""An lxml element; lxml is optional and has no types."""


def parse_part(archive: Archive, name: str) -> Element:
    """Parse an XML part of an office file; the root element.

    Raises
    ------
    UnreadableSourceError
        Missing, no XML, or with a document type definition, which no office file has.
    """
    etree = require("lxml.etree", "reading office documents")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    label = f"{archive.name}/{name}"
    try:
        root = etree.fromstring(bounded_markup(archive.read(name), label), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableSourceError(
            f"{label!r} is damaged ({error}); open the file in its program and save it anew"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableSourceError(
            f"{label!r} declares XML entities, which no office document does; "
            "the file is not safe to read"
        )
    return root


def local(element: Element) -> str:
    """Tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Child elements of that local name."""
    if element is not None:
        yield from (child for child in element if local(child) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """Find the first child down a path of local names, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    """Attribute by its local name."""
    if element is not None:
        for key, text in element.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(text)
    return default


def number(element: Element | None, name: str = "val", default: int = 0) -> int:
    """Attribute as an integer; what is no number counts as the default."""
    text = value(element, name)
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else default


def switched_on(element: Element | None) -> bool:
    """Whether an on/off property is present and not off."""
    return element is not None and value(element, "val", "1") not in {"0", "false", "off"}
