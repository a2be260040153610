"""Web pages, saved or by URL: the document as content, everything around it as furniture."""

from __future__ import annotations

import re

from planddiff.errors import UnreadableSourceError
from planddiff.readers.builder import DocumentBuilder
from planddiff.readers.decoding import decode, is_text
from planddiff.readers.document import SourceDocument
from planddiff.readers.extras import require
from planddiff.readers.limits import bounded_markup
from planddiff.readers.main_text import content_pieces, page_titles
from planddiff.readers.origin import Raw
from planddiff.readers.page import render
from planddiff.readers.registry import Format

_EXTENSIONS = (".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".jsp", ".aspx", ".php")
_MEDIA_TYPES = ("text/html", "application/xhtml+xml")
_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|(?:html|head|body|meta|title|div|table|article|section|span|p|h1)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"</?(?:html|body|div|p|table|br)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_MAX_DEPTH = 1_000


def _recognise(raw: Raw) -> bool:
    head = raw.head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")
    if _OPENING.match(head):
        return True
    stated = raw.extension in _EXTENSIONS or raw.media_type in _MEDIA_TYPES
    return stated and is_text(raw.data) and bool(_TAG.search(raw.data.replace(b"\0", b"")))


def read_html(raw: Raw) -> SourceDocument:
    """Read a page: see :func:`planddiff.readers.main_text.content_pieces` for what is content.

    Raises
    ------
    UnreadableSourceError
        Elements nested so deeply that no browser would show them.
    """
    html = require("lxml.html", "reading HTML")
    charset = _CHARSET.search(raw.head.replace(b"\0", b""))
    stated = charset.group(1).decode("ascii", "ignore") if charset else raw.charset
    decoded = decode(raw.data, raw.name, encoding=raw.encoding, charset=stated)
    text = decoded.text.lstrip("\ufeff")
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    markup = bounded_markup(text.encode("utf-8", "replace"), raw.name)
    root = html.document_fromstring(markup, parser=parser)
    too_deep = any("depth" in str(entry.message) for entry in parser.error_log)
    if too_deep or _depth(root) > _MAX_DEPTH:
        raise UnreadableSourceError(
            f"{raw.name!r} nests its elements more than {_MAX_DEPTH} deep, which no page does; "
            "open it in a browser and save it as text"
        )
    pieces = render(root)
    builder = DocumentBuilder(raw.name)
    builder.log_decoding(decoded)
    for title in page_titles(root):
        builder.add_text(title, aside="furniture")
    for piece, is_content in zip(pieces, content_pieces(root, pieces, text), strict=True):
        aside = "" if is_content else "furniture"
        if piece.rows:
            builder.add_table(piece.rows, aside=aside)
        else:
            builder.add_text(piece.passage, level=piece.level, aside=aside)
    return builder.build(raw.data, "text/html", decoded.encoding)


def _depth(root: object) -> int:
    etree = require("lxml.etree", "reading HTML")
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


FORMAT = Format(
    name="HTML",
    extensions=_EXTENSIONS,
    recognise=_recognise,
    read=read_html,
    rank=3,
    media_types=_MEDIA_TYPES,
)
