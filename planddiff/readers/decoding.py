"""Bytes to text: byte order mark, UTF-8, then whichever encoding reads as Chinese."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from planddiff.errors import InvalidInputError, UnreadableSourceError
from planddiff.log import LogEntry
from planddiff.readers.extras import require
from planddiff.readers.limits import MAX_CHARACTERS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE = 20_000
_PLAUSIBLE = 0.6
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LOST = re.compile("�+")


@dataclass(frozen=True)
class Decoded:
    """Text and the encoding that gave it; ``log`` is empty for sound UTF-8."""

    text: str
    encoding: str
    log: tuple[LogEntry, ...] = ()


def decode(data: bytes, name: str, *, encoding: str = "", charset: str = "") -> Decoded:
    """Decode text of unknown encoding.

    Parameters
    ----------
    data
        The bytes.
    name
        What errors call the document.
    encoding
        What the caller says: it binds, and bytes that do not fit are an error.
    charset
        What a server or page says: tried after UTF-8, since such statements are often wrong.

    Raises
    ------
    UnreadableSourceError
        Bytes that are no text, or not of the stated encoding, or too much text.
    InvalidInputError
        A stated encoding that does not exist.

    Notes
    -----
    Any of GB2312, GBK, GB18030 is read as GB18030, of which the others are subsets (GB 18030-2022).
    Encodings compete by :func:`chinese_share`; charset-normalizer is asked last.

    Examples
    --------
    >>> decode("推进智慧城市建设".encode("gbk"), "plan.txt").encoding
    'gb18030'
    """
    decoded = _decode_as(data, name, encoding) if encoding else _detect(data, name, charset)
    if len(decoded.text) > MAX_CHARACTERS:
        raise UnreadableSourceError(
            f"{name!r} holds {len(decoded.text)} characters, more than any plan; "
            "give the plan alone"
        )
    sample = decoded.text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) / 50:
        raise UnreadableSourceError(
            f"{name!r} holds binary data, not text; if it is text, state its encoding with "
            "encoding="
        )
    return decoded


def is_text(data: bytes) -> bool:
    """Whether the bytes look like text in some encoding (a first, cheap look).

    Examples
    --------
    >>> is_text("一、总体要求".encode("utf-16")), is_text(bytes(range(256)))
    (True, False)
    """
    head = data[:8192]
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return True
    if b"\0" not in head:
        controls = sum(head.count(code) for code in b"\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x7f")
        return controls <= len(head) / 50
    even = head[: len(head) // 2 * 2]
    return any(
        chinese_share(even.decode(codec, "ignore")) >= _PLAUSIBLE
        for codec in ("utf-16-le", "utf-16-be")
    )


def chinese_share(text: str) -> float:
    """Share of common Chinese characters and marks among all that are not ASCII (0..1).

    Common are the first levels of GB 2312 and of Big5, their punctuation and full-width forms;
    a wrong encoding yields rare characters. Text of ASCII alone has a share of 1.
    """
    sample = [character for character in text[:_SAMPLE] if character > "\x7f"]
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if not sample:
        return 0.0 if controls else 1.0
    return sum(map(_is_common, sample)) / (len(sample) + 2 * controls)


def _is_common(character: str) -> bool:
    if "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff5e":
        return True
    if character in "“”‘’—…·％①②③④⑤⑥⑦⑧⑨⑩\u00a0\u200b\ufeff":
        return True
    if not "\u4e00" <= character <= "\u9fff":
        return False
    simplified = character.encode("gb2312", "ignore")
    if simplified and simplified[0] <= 0xD7:
        return True
    traditional = character.encode("big5", "ignore")
    return bool(traditional) and traditional[0] <= 0xC6


def canonical_name(encoding: str) -> str:
    """Name of the codec that reads an encoding: any of the GB family is read as GB18030.

    Raises
    ------
    InvalidInputError
        No such encoding.
    """
    try:
        found = codecs.lookup(encoding.strip().lower().removeprefix("x-")).name
        if not isinstance("".encode(found), bytes):
            raise LookupError(encoding)
    except (LookupError, ValueError, TypeError) as error:
        raise InvalidInputError(
            f"unknown encoding {encoding!r}; use a name such as 'utf-8', 'gb18030' or 'big5'"
        ) from error
    return "gb18030" if found.startswith("gb") else found


def _decode_as(data: bytes, name: str, encoding: str) -> Decoded:
    codec = canonical_name(encoding)
    marked = next((known for mark, known in _MARKS if data.startswith(mark)), "")
    if marked and codec in {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"}:
        codec = marked
    try:
        text = data.decode(codec)
    except UnicodeError as error:
        raise UnreadableSourceError(
            f"{name!r} is not {encoding} text ({error}); leave encoding out to have it detected"
        ) from error
    return Decoded(text, codec, _entries(text, codec, "as stated"))


def _detect(data: bytes, name: str, charset: str) -> Decoded:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = data.decode(codec, "replace")
            return Decoded(text, codec, _entries(text, codec, "by its byte order mark"))
    with contextlib.suppress(UnicodeDecodeError):
        text = data.decode("utf-8")
        if "\0" not in text[:_SAMPLE]:
            return Decoded(text, "utf-8")
    guesses = list(_candidates(data, charset))
    if not guesses or max(share for share, _, _ in guesses) < _PLAUSIBLE:
        guesses += _statistical_guess(data)
    share, text, codec = max(guesses, key=lambda guess: guess[0])
    if share == 0:
        raise UnreadableSourceError(
            f"{name!r} is text in no known encoding; state it with encoding=, or save it as UTF-8"
        )
    return Decoded(text, codec, _entries(text, codec, "by its characters"))


def _candidates(data: bytes, charset: str) -> Iterable[tuple[float, str, str]]:
    """Readings that decode, with the share of common Chinese; of equals the first one wins."""
    codecs_to_try = list(_GUESSES)
    if charset:
        with contextlib.suppress(InvalidInputError):
            codecs_to_try.insert(0, canonical_name(charset))
    for codec in dict.fromkeys(codecs_to_try):
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        yield chinese_share(text), text, codec
    for codec in ("utf-8", "gb18030"):
        text = data.decode(codec, "replace")
        lost = text.count("�")
        if lost <= len(text) / 100 + 1:
            yield chinese_share(text) * (1 - lost / len(text)) - 0.01, text, codec


def _statistical_guess(data: bytes) -> list[tuple[float, str, str]]:
    normalizer = require("charset_normalizer", "guessing a rare encoding")
    best = normalizer.from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return []
    text = data.decode(best.encoding, "replace")
    return [(max(chinese_share(text), 0.01), text, str(best.encoding))]


def _entries(text: str, codec: str, how: str) -> tuple[LogEntry, ...]:
    entries = []
    if codec not in {"utf-8", "utf-8-sig"}:
        message = f"decoded from {codec}, recognised {how}"
        entries.append(LogEntry("encoding", 0, len(text), codec, "utf-8", message))
    for lost in _LOST.finditer(text):
        message = f"bytes that are not {codec} were lost"
        entries.append(LogEntry("encoding", lost.start(), lost.end(), "", lost.group(), message))
    return tuple(entries)
