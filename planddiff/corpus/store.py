"""A folder of finished results, found again by what they were made from.

A run that is killed leaves whole results or none, and two runs may share one folder.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import platform
import re
import tempfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planddiff._version import __version__
from planddiff.errors import SourceNotFoundError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_MAGIC = b"planddiff result 1\n"
_DIGEST_BYTES = 32
_PROTOCOL = 5
_DAY = 86_400
_TEXTS = (".py", ".csv", ".toml")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Store:
    """Results under keys, each a file that is written whole or not at all.

    Parameters
    ----------
    folder : Path
        Made, readable by its owner alone, where it is not there. Results are pickled, so a folder
        that others can write to is not safe to read from. On a cluster all workers and the
        program that started them need to see the same folder. Results of earlier versions stay;
        delete the folder where it has grown too large.

    Examples
    --------
    >>> import tempfile
    >>> store = Store.open(tempfile.mkdtemp())
    >>> key = key_of("a document", {"unit": "auto"})
    >>> key in store
    False
    >>> store.put(key, ["a", "result"])
    >>> store.get(key)
    ['a', 'result']
    """

    folder: Path

    @classmethod
    def open(cls, folder: str | os.PathLike[str] | None = None) -> Store:
        """Open a folder, by default the user's cache folder for planddiff.

        What runs that were killed more than a day ago left unfinished is swept out.
        """
        if folder is None:
            from platformdirs import user_cache_path

            folder = user_cache_path("planddiff", appauthor=False)
        path = Path(folder).expanduser().absolute()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in path.glob("*/*.part"):
            if _age(left) > _DAY:
                left.unlink(missing_ok=True)
        return cls(path)

    def get(self, key: str, default: Any = None) -> Any:
        """The result under a key; ``default`` where there is none or its file is damaged."""
        path = self._path(key)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return default
        start = len(_MAGIC) + _DIGEST_BYTES
        inside = content[start:]
        if not content.startswith(_MAGIC) or _digest(inside) != content[len(_MAGIC) : start]:
            _logger.warning("%s is damaged and is made again", path)
            return default
        return unpacked(inside)

    def put(self, key: str, value: Any) -> None:
        """Keep a result; whoever reads the key sees all of it or nothing.

        Raises
        ------
        SourceNotFoundError
            The folder is not there, as on a machine that does not share it.
        """
        if not self.folder.is_dir():
            raise SourceNotFoundError(
                f"the folder {str(self.folder)!r} for results is not there; on a cluster give one "
                "that all workers and this program share, as cache="
            )
        path = self._path(key)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        content = packed(value)
        handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + _digest(content) + content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def __contains__(self, key: str) -> bool:
        return self._path(key).is_file()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def packed(value: Any) -> bytes:
    """Any value as bytes; within a result, a part that is unpacked only where it is asked for."""
    return zlib.compress(pickle.dumps(value, _PROTOCOL), 1)


def unpacked(content: bytes) -> Any:
    """The value that :func:`packed` made bytes of."""
    return pickle.loads(zlib.decompress(content))


def key_of(*parts: object) -> str:
    """A key for what these parts and this version of planddiff lead to.

    Parts are texts, numbers, ``None`` and lists, tuples and dicts of them: anything whose
    ``repr`` says all. Another version of planddiff, of one of its files or lexicons, of Python or
    of a library it reads with gives another key.
    """
    return hashlib.sha256(repr((fingerprint(), _ordered(parts))).encode()).hexdigest()


@cache
def fingerprint() -> str:
    """Digest of all that a result depends on beside its input: code, lexicons, libraries."""
    digest = hashlib.sha256(repr((__version__, platform.python_version_tuple()[:2])).encode())
    for name, content in sorted(_own_files(files("planddiff"), "")):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    for line in sorted(_libraries()):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def _own_files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        name = f"{path}/{each.name}"
        if each.is_dir():
            yield from _own_files(each, name)
        elif name.endswith(_TEXTS):
            yield name, each.read_bytes()


def _libraries() -> Iterator[str]:
    """Versions of the libraries that planddiff needs, or reads and segments documents with."""
    try:
        needed = metadata.requires("planddiff") or []
    except metadata.PackageNotFoundError:
        needed = []
    for line in needed:
        extra = re.search(r"""extra == ["'](\w+)["']""", line)
        name = re.match(r"[\w.-]+", line)
        if name and (extra is None or extra[1] in ("documents", "fast")):
            try:
                yield f"{name[0]} {metadata.version(name[0])}"
            except metadata.PackageNotFoundError:
                continue


def _ordered(part: object) -> object:
    """The part with its dicts in the order of their keys."""
    if isinstance(part, dict):
        return [(key, _ordered(part[key])) for key in sorted(part)]
    return [_ordered(each) for each in part] if isinstance(part, (list, tuple)) else part


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
