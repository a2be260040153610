"""The one entry point: any source to one document."""

from __future__ import annotations

from planddiff.errors import PlanDiffError, UnreadableSourceError
from planddiff.readers.document import SourceDocument
from planddiff.readers.formats.text import document_from_text
from planddiff.readers.limits import MAX_CHARACTERS
from planddiff.readers.origin import Raw, Source, is_url, open_source
from planddiff.readers.registry import find_format
from planddiff.readers.script import convert_script
from planddiff.readers.web import fetch_url


def read_source(
    source: Source,
    *,
    name: str | None = None,
    encoding: str | None = None,
    script: str | None = None,
    timeout: float = 30.0,
) -> SourceDocument:
    """Read one document of any supported format.

    Parameters
    ----------
    source
        A path, an ``http(s)`` URL, bytes, or a file object.
    name
        What tables and messages call the document; by default the file name or URL.
    encoding
        Encoding of a text or HTML file; by default detected, and logged if it is not UTF-8.
    script
        ``"simplified"`` converts traditional script and Taiwan wording, and logs each change.
    timeout
        Seconds for the download of a URL.

    Returns
    -------
    SourceDocument
        The text with one block a paragraph or table row, and the log of what reading did.

    Raises
    ------
    SourceNotFoundError
        No such file or page.
    UnreadableSourceError
        Empty, damaged, hostile, or of a kind that holds no text; the message says what to do.
    MissingExtraError
        The format needs a library of the ``documents`` extra.
    InvalidInputError
        An argument that does not fit.

    Examples
    --------
    >>> document = read_source("一、推进智慧城市建设。".encode("gbk"), name="plan.txt")
    >>> document.text, document.encoding
    ('一、推进智慧城市建设。', 'gb18030')
    """
    opened = open_raw(source, name=name, encoding=encoding, timeout=timeout)
    return read_opened(opened, name or str(getattr(source, "name", "<file object>")), script)


def open_raw(
    source: Source,
    *,
    name: str | None = None,
    encoding: str | None = None,
    timeout: float = 30.0,
) -> Raw | str:
    """Get the bytes of a source, or the text of a file that was opened as text.

    Raises
    ------
    SourceNotFoundError, UnreadableSourceError, InvalidInputError
        As for :func:`read_source`.
    """
    if is_url(source):
        return fetch_url(str(source), name=name, encoding=encoding, timeout=timeout)
    return open_source(source, name=name, encoding=encoding)


def read_opened(opened: Raw | str, label: str, script: str | None = None) -> SourceDocument:
    """Read what :func:`open_raw` gave; ``label`` names a text.

    Raises
    ------
    UnreadableSourceError, MissingExtraError, InvalidInputError
        As for :func:`read_source`.
    """
    if isinstance(opened, str):
        document = _checked(document_from_text(opened, label), label)
    else:
        document = read_raw(opened)
    return convert_script(document, script) if script is not None else document


def read_raw(raw: Raw) -> SourceDocument:
    """Read bytes whose format is recognised by their content.

    Raises
    ------
    UnreadableSourceError, MissingExtraError
        As for :func:`read_source`.
    """
    if not raw.data.strip(b"\0 \t\r\n\f"):
        raise UnreadableSourceError(f"{raw.name!r} is empty; give a file that holds the plan")
    kind = find_format(raw)
    try:
        document = kind.read(raw)
    except PlanDiffError:
        raise
    except Exception as error:
        # Third-party parsers raise whatever damaged bytes lead them to.
        raise UnreadableSourceError(
            f"{raw.name!r} looks like {kind.name} but is damaged "
            f"({type(error).__name__}: {str(error)[:200]}); get the file again, or save it anew"
        ) from error
    return _checked(document, raw.name)


def _checked(document: SourceDocument, name: str) -> SourceDocument:
    if not document.blocks:
        raise UnreadableSourceError(f"{name!r} holds no text; give a file that holds the plan")
    if len(document.text) > MAX_CHARACTERS:
        raise UnreadableSourceError(
            f"{name!r} holds {len(document.text)} characters, more than any plan; "
            "give the plan alone"
        )
    return document
