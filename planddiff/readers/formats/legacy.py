"""Old office files (.doc, .wps, .rtf, .xls, .et, .odt): converted by LibreOffice when present."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from planddiff.errors import UnreadableSourceError
from planddiff.readers.archive import ZIP_MAGIC
from planddiff.readers.document import SourceDocument
from planddiff.readers.formats.docx import read_docx
from planddiff.readers.formats.xlsx import read_xlsx
from planddiff.readers.limits import bounded
from planddiff.readers.origin import Raw
from planddiff.readers.registry import Format

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_RTF = b"{\\rtf"
_WORKBOOK = "Workbook".encode("utf-16-le")
_DOCUMENT = "WordDocument".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEETS = (".xls", ".et", ".ods")
_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120.0


def _recognise(raw: Raw) -> bool:
    if raw.data.startswith((_OLE, _RTF)):
        return True
    if raw.head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") and b"Word.Document" in raw.head:
        return True
    return raw.data.startswith(ZIP_MAGIC) and b"application/vnd.oasis.opendocument" in raw.head


def _read(raw: Raw) -> SourceDocument:
    if _ENCRYPTED in raw.data and raw.data.startswith(_OLE):
        raise UnreadableSourceError(
            f"{raw.name!r} is under a password; open it and save it without one"
        )
    is_sheet = _is_sheet(raw)
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        kind = ".xlsx" if is_sheet else ".docx"
        raise UnreadableSourceError(
            f"{raw.name!r} is an old office file, which planddiff reads through LibreOffice, and "
            "the command 'soffice' was not found; install LibreOffice (on Debian or Ubuntu: "
            f"sudo apt install libreoffice), or save the file as {kind}"
        )
    converted = Raw(_convert(raw, program, "xlsx" if is_sheet else "docx"), raw.name)
    document = read_xlsx(converted) if is_sheet else read_docx(converted)
    return replace(document, sha256=hashlib.sha256(raw.data).hexdigest())


def _is_sheet(raw: Raw) -> bool:
    if raw.data.startswith(ZIP_MAGIC):
        return b"opendocument.spreadsheet" in raw.head
    if raw.data.startswith(_OLE) and (_WORKBOOK in raw.data or _DOCUMENT in raw.data):
        return _DOCUMENT not in raw.data
    return raw.extension in _SHEETS


def _convert(raw: Raw, program: str, target: str) -> bytes:
    """Run LibreOffice on a copy, with a profile of its own so that an open window is no bar."""
    with TemporaryDirectory(prefix="planddiff-") as folder:
        copy = Path(folder, "document" + (raw.extension or ".doc"))
        copy.write_bytes(raw.data)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            str(Path(folder, "out")),
            str(copy),
        ]
        try:
            result = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except (subprocess.TimeoutExpired, OSError) as error:
            raise UnreadableSourceError(
                f"{raw.name!r}: LibreOffice did not convert it ({error}); open it there and save "
                f"it as .{target}"
            ) from error
        made = Path(folder, "out", f"document.{target}")
        if not made.is_file():
            said = " ".join(result.stderr.decode("utf-8", "replace").split())[-200:]
            raise UnreadableSourceError(
                f"{raw.name!r}: LibreOffice did not convert it ({said or 'no message'}); if its "
                "parts Writer and Calc are installed, the file is damaged: open it in the program "
                f"that wrote it and save it as .{target}"
            )
        return bounded(made.read_bytes(), raw.name)


FORMAT = Format(
    name="an old office file",
    extensions=(".doc", ".wps", ".rtf", ".xls", ".et", ".odt", ".ods", ".dot"),
    recognise=_recognise,
    read=_read,
    media_types=("application/msword", "application/rtf", "text/rtf", "application/vnd.ms-excel"),
)
