"""Old office files: LibreOffice present (a stand-in), absent, failing, silent."""

import stat
import sys

import pytest

from planddiff.errors import UnreadableSourceError
from planddiff.readers import read_source
from planddiff.readers.formats import legacy
from tests.readers.made import LINES, TITLE, WordFile, shown

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
WORD = OLE + "WordDocument".encode("utf-16-le") + bytes(512)
SHEET = OLE + "Workbook".encode("utf-16-le") + bytes(512)

STAND_IN = """#!{python}
import pathlib, shutil, sys, time
target, out, source = (sys.argv[sys.argv.index(key) + 1] for key in ("--convert-to", "--outdir",
    "--outdir"))
source = sys.argv[-1]
assert "--headless" in sys.argv and sys.argv[1].startswith("-env:UserInstallation=file://")
assert pathlib.Path(source).read_bytes()
{act}
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Puts a program called ``soffice``, and no other, on the path."""

    def install(act: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "soffice"
        program.write_text(STAND_IN.format(python=sys.executable, act=act), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(folder))

    return install


@pytest.mark.parametrize("name", ["plan.doc", "plan.wps"])
def test_word_files_come_through_libreoffice(name, tmp_path, stand_in):
    word = WordFile()
    for line in (TITLE, *LINES):
        word.add(line)
    made = tmp_path / "made.docx"
    made.write_bytes(word.save())
    stand_in(
        "pathlib.Path(out).mkdir()\n"
        "assert target == 'docx'\n"
        f"shutil.copy({str(made)!r}, pathlib.Path(out, 'document.docx'))"
    )
    document = read_source(WORD, name=name)
    assert shown(document) == [TITLE, *LINES]
    assert document.name == name
    assert document.sha256 == read_source_digest(WORD)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (WORD, "plan.doc", ".docx"),
        (WORD, "plan.txt", ".docx"),
        (OLE, "plan.wps", ".docx"),
        (SHEET, "table.xls", ".xlsx"),
        (b"{\\rtf1 x}", "plan.rtf", ".docx"),
    ],
)
def test_without_libreoffice_the_error_says_what_to_do(data, name, kind, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    said = rf"'{name}' is an old office file.*soffice.*apt install libreoffice.*save .* as \{kind}"
    with pytest.raises(UnreadableSourceError, match=said):
        read_source(data, name=name)


def test_a_conversion_that_fails_or_hangs_is_told(stand_in, monkeypatch):
    stand_in("time.sleep(0.5 if target == 'xlsx' else 0); sys.exit('source file could not be')")
    with pytest.raises(
        UnreadableSourceError, match=r"did not convert it .source file could not be"
    ):
        read_source(WORD, name="plan.doc")
    monkeypatch.setattr(legacy, "_SECONDS", 0.05)
    with pytest.raises(UnreadableSourceError, match=r"did not convert it .*timed out"):
        read_source(SHEET, name="table.xls")


def test_a_password_is_told_before_anything_is_run(stand_in):
    stand_in("raise AssertionError")
    with pytest.raises(UnreadableSourceError, match="is under a password"):
        read_source(OLE + "EncryptedPackage".encode("utf-16-le"), name="plan.docx")


def read_source_digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()
