"""Web pages saved whole (.mht, .mhtml): the page inside the mail-like wrapper."""

from __future__ import annotations

import email
import email.policy
import hashlib
from dataclasses import replace

from planddiff.errors import UnreadableSourceError
from planddiff.readers.document import SourceDocument
from planddiff.readers.formats.html import read_html
from planddiff.readers.origin import Raw
from planddiff.readers.registry import Format

_MEDIA_TYPES = ("multipart/related", "message/rfc822", "application/x-mimearchive")


def _recognise(raw: Raw) -> bool:
    head = raw.head.lower()
    return b"mime-version:" in head and (b"multipart/related" in head or b"text/html" in head)


def _read(raw: Raw) -> SourceDocument:
    message = email.message_from_bytes(raw.data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                page = replace(raw, data=content, charset=part.get_content_charset() or "")
                digest = hashlib.sha256(raw.data).hexdigest()
                return replace(read_html(page), sha256=digest)
    raise UnreadableSourceError(
        f"{raw.name!r} is a saved web page without a page in it; save the page again"
    )


FORMAT = Format(
    name="MHTML",
    extensions=(".mht", ".mhtml"),
    recognise=_recognise,
    read=_read,
    media_types=_MEDIA_TYPES,
)
