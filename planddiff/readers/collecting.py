"""Many documents at once: folders, patterns, archives and lists of any of them."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias, cast

from planddiff.errors import PlanDiffError, SourceNotFoundError, UnreadableSourceError
from planddiff.readers.archive import ZIP_MAGIC, Archive
from planddiff.readers.document import SourceDocument
from planddiff.readers.limits import MAX_ARCHIVE_DEPTH, MAX_BYTES, MAX_UNPACKED_BYTES
from planddiff.readers.origin import Raw, Source, existing, is_url, read_file
from planddiff.readers.reading import open_raw, read_opened
from planddiff.readers.registry import extensions

Sources: TypeAlias = Source | Iterable[Source]

_CONTAINERS = ("[content_types].xml", "word/document.xml", "ofd.xml", "mimetype")
_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{0,5}")
_SYSTEM = ("__macosx", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Entry:
    """One document that has been found and not yet read.

    ``fetch(encoding=, timeout=)`` gives its bytes, or the text of a file opened as text. ``path``
    is that of a file, as the caller would write it; empty for members of archives and the like.
    """

    name: str
    fetch: Callable[..., Raw | str]
    path: str = ""

    def read(
        self, *, encoding: str | None = None, script: str | None = None, timeout: float = 30.0
    ) -> SourceDocument | PlanDiffError:
        """Read it; what is wrong with it is given back, not raised."""
        try:
            opened = self.fetch(encoding=encoding, timeout=timeout)
            return read_opened(opened, self.name, script)
        except PlanDiffError as error:
            return error


def list_sources(sources: Sources) -> list[Entry]:
    """Find the documents of a folder, a pattern, a zip archive, one source, or a list of these.

    Parameters
    ----------
    sources
        A folder (searched with all folders in it), a glob pattern (``plans/**/*.docx``), an
        archive, anything that :func:`planddiff.readers.read_source` takes, or an iterable of
        these.

    Returns
    -------
    list of Entry
        In the order given; the files of a folder, pattern or archive by name. Hidden files and
        files of the system are passed over; files that no reader claims are entries whose
        reading says so.

    Raises
    ------
    SourceNotFoundError
        A path, folder, pattern or archive without any document; in a list it becomes an entry
        whose reading says so.
    """
    single = isinstance(sources, (str, os.PathLike, bytes, bytearray, memoryview))
    if single or not isinstance(sources, Iterable) or hasattr(sources, "read"):
        return _entries(cast(Source, sources))
    found: list[Entry] = []
    for source in cast("Iterable[Source]", sources):
        try:
            found += list_sources(source)
        except PlanDiffError as error:
            found.append(_failing(str(source)[:200], error))
    if not found:
        raise SourceNotFoundError("an empty list of sources; give at least one document")
    return found


def iter_sources(
    sources: Sources,
    *,
    encoding: str | None = None,
    script: str | None = None,
    timeout: float = 30.0,
) -> Iterator[tuple[str, SourceDocument | PlanDiffError]]:
    """Read many documents one after the other; a bad one gives its error and the rest go on.

    Parameters
    ----------
    sources
        As for :func:`list_sources`.
    encoding, script, timeout
        As for :func:`planddiff.readers.read_source`, for every document.

    Yields
    ------
    (str, SourceDocument or PlanDiffError)
        The name within the folder or archive, and the document or what is wrong with it.

    Examples
    --------
    >>> for name, document in iter_sources([b"plan", b""]):
    ...     print(name, type(document).__name__)
    <bytes> SourceDocument
    <bytes> UnreadableSourceError
    """
    for entry in list_sources(sources):
        yield entry.name, entry.read(encoding=encoding, script=script, timeout=timeout)


def _entries(source: Source) -> list[Entry]:
    if isinstance(source, (str, os.PathLike)) and not is_url(source):
        path = os.fspath(source)
        if glob.has_magic(path) and not os.path.lexists(path):
            return _matching(path)
        file = existing(path)
        return _folder(file) if file.is_dir() else _file(file, file.name)
    if isinstance(source, (bytes, bytearray, memoryview)) and is_archive(bytes(source)):
        return _members(Raw(bytes(source), "<bytes>"))
    name = str(source) if is_url(source) else str(getattr(source, "name", "<bytes>"))
    fetch: Callable[..., Raw | str] = partial(open_raw, source)
    # An open file can be read once.
    return [Entry(name, cache(fetch) if hasattr(source, "read") else fetch)]


def _matching(pattern: str) -> list[Entry]:
    paths = sorted(glob.glob(os.path.expanduser(pattern), recursive=True))
    files = [Path(path) for path in paths if not os.path.isdir(path)]
    if not files:
        raise SourceNotFoundError(
            f"no file fits the pattern {pattern!r} (looked in {Path.cwd()}); check the pattern"
        )
    return [entry for file in files for entry in _file(file, file.name)]


def _folder(folder: Path) -> list[Entry]:
    found: list[Entry] = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_passed_over(name, names))
        for name in sorted(names):
            file = Path(root, name)
            label = file.relative_to(folder).as_posix()
            if not _is_passed_over(name):
                found += _file(file, label) if _is_claimed(name) else [_unclaimed(label, file)]
    if not found:
        raise SourceNotFoundError(
            f"the folder {str(folder)!r} holds no document; planddiff reads "
            f"{' '.join(extensions())}"
        )
    return found


def _file(file: Path, label: str) -> list[Entry]:
    def open_file(*, encoding: str | None, timeout: float) -> Raw | str:
        return open_raw(file, name=label, encoding=encoding, timeout=timeout)

    try:
        with file.open("rb") as handle:
            is_zip = handle.read(4) == ZIP_MAGIC
        data = read_file(file) if is_zip else b""
    except (OSError, PlanDiffError):
        return [Entry(label, open_file, str(file))]
    if not is_archive(data):
        return [Entry(label, open_file, str(file))]
    try:
        return _members(Raw(data, label))
    except PlanDiffError as error:
        return [_failing(label, error)]


def is_archive(data: bytes) -> bool:
    """Whether bytes are a zip of documents and not a document that is a zip."""
    if not data.startswith(ZIP_MAGIC):
        return False
    try:
        names = {name.lower().strip("/") for name in Archive(data, "").names}
    except UnreadableSourceError:
        return False
    return names.isdisjoint(_CONTAINERS)


def _members(raw: Raw, budget: list[int] | None = None) -> list[Entry]:
    """Documents of an archive and of archives in it; ``budget`` is what they may all unpack to."""
    left = budget if budget is not None else [MAX_UNPACKED_BYTES]
    if raw.depth > MAX_ARCHIVE_DEPTH:
        raise UnreadableSourceError(
            f"{raw.name!r} lies {raw.depth} archives deep; unpack it and give the files"
        )
    archive = Archive(raw.data, raw.name)
    found: list[Entry] = []
    for name in sorted(archive.names):
        label = f"{raw.name}/{name}"
        if any(_is_passed_over(part) for part in name.split("/")):
            continue
        if not _is_claimed(name):
            found.append(_unclaimed(label))
        elif name.lower().endswith(".zip"):
            found += _inner(archive, name, raw, left)
        else:
            found.append(Entry(label, _opener(archive, name, raw.depth + 1)))
    if not found:
        raise SourceNotFoundError(
            f"the archive {raw.name!r} holds no document; planddiff reads {' '.join(extensions())}"
        )
    return found


def _inner(archive: Archive, name: str, raw: Raw, budget: list[int]) -> list[Entry]:
    label = f"{raw.name}/{name}"
    try:
        data = archive.read(name, min(MAX_BYTES, budget[0]))
        budget[0] -= len(data)
        return _members(Raw(data, label, depth=raw.depth + 1), budget)
    except PlanDiffError as error:
        return [_failing(label, error)]


def _opener(archive: Archive, name: str, depth: int) -> Callable[..., Raw]:
    def open_member(*, encoding: str | None, timeout: float) -> Raw:
        label = f"{archive.name}/{name}"
        data = archive.read(name, MAX_BYTES)
        return Raw(data, label, encoding=encoding or "", depth=depth)

    return open_member


def _is_claimed(name: str) -> bool:
    """Whether a reader may take the file; one without an extension is judged by its content.

    What follows the last dot of ``1.工作要点`` or ``2019.12`` is no extension.
    """
    extension = Path(name).suffix.lower()
    return not _EXTENSION.fullmatch(extension) or extension in extensions()


def _is_passed_over(name: str, beside: Iterable[str] = ()) -> bool:
    """Hidden files, lock files, files of the system, and the pictures of a saved page."""
    stem = name.removesuffix("_files").removesuffix(".files")
    of_page = stem != name and any(other.startswith(f"{stem}.htm") for other in beside)
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM or of_page


def _unclaimed(label: str, file: Path | None = None) -> Entry:
    entry = _failing(
        label,
        UnreadableSourceError(
            f"{label!r} was passed over: no reader takes {Path(label).suffix!r} files in a folder "
            f"or archive (planddiff reads {' '.join(extensions())}); if it is a plan, give its "
            "path"
        ),
    )
    return replace(entry, path=str(file or ""))


def _failing(label: str, error: PlanDiffError) -> Entry:
    def fail(**_: object) -> Raw:
        raise error

    return Entry(label, fail)
