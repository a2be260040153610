"""Digests of the files of a bundle: any change of any byte shows."""

from __future__ import annotations

import hashlib
from pathlib import Path

DIGESTS = "SHA256SUMS"
"""In the form that ``sha256sum --check`` takes. The file's own digest is in its last line."""


def digest(content: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_digests(folder: Path) -> None:
    """Write the digests of all files of a folder."""
    lines = [f"{digest(path.read_bytes())}  {name}\n" for name, path in _files(folder).items()]
    body = "".join(lines)
    seal = f"# {digest(body.encode())} of the lines above\n"
    (folder / DIGESTS).write_bytes((body + seal).encode())


def check_files(folder: Path) -> list[tuple[str, bool, str]]:
    """Compare every file with its digest.

    Returns
    -------
    list of (str, bool, str)
        Name of the file, whether it is as it was written, and what is wrong.
    """
    raw = (folder / DIGESTS).read_bytes()
    body, _, seal = raw.rpartition(b"\n# ")
    body += b"\n"
    whole = seal == f"{digest(body)} of the lines above\n".encode()
    rows = [(DIGESTS, whole, "" if whole else "the list of digests itself was changed")]
    wanted: dict[str, str] = {}
    for line in body.decode("utf-8", "replace").splitlines():
        value, _, name = line.partition("  ")
        wanted[name] = value
    found = _files(folder)
    for name in sorted({*wanted, *found}):
        if name not in found:
            rows.append((name, False, "the file is missing"))
        elif name not in wanted:
            rows.append((name, False, "the file was not there when the bundle was written"))
        else:
            same = digest(found[name].read_bytes()) == wanted[name]
            rows.append((name, same, "" if same else "the file was changed"))
    return rows


def _files(folder: Path) -> dict[str, Path]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: path for name, path in sorted(found.items()) if path.is_file() and name != DIGESTS
    }
