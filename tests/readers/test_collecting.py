"""Folders, patterns, archives and lists: many documents, bad ones beside good ones."""

import pytest

from planddiff.errors import PlanDiffError, SourceNotFoundError, UnreadableSourceError
from planddiff.readers import SourceDocument, iter_sources, list_sources, read_source
from tests.readers.made import LINES, TITLE, WordFile, ofd, page, paragraphs, pdf, zipped

TEXT = "\n".join([TITLE, *LINES]).encode()


def word() -> bytes:
    made = WordFile()
    made.add(TITLE)
    return made.save()


@pytest.fixture
def folder(tmp_path):
    files = {
        "2019.txt": TEXT,
        "2018.docx": word(),
        "deep/er/2017.pdf": pdf([LINES]),
        "deep/2016.ofd": ofd([LINES]),
        "bad.docx": b"PK\x03\x04 cut off",
        "empty.txt": b"",
        "noextension": TEXT,
        "1.工作要点": TEXT,
        "picture.png": b"\x89PNG\r\n\x1a\n",
        ".hidden.txt": TEXT,
        "~$2018.docx": TEXT,
        "Thumbs.db": b"x",
        "saved.html": page(f"<div id=zoom>{paragraphs()}</div>").encode(),
        "saved_files/menu.html": b"<html>menu</html>",
        "__MACOSX/2019.txt": TEXT,
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def outcome(sources) -> dict[str, str]:
    return {name: type(found).__name__ for name, found in iter_sources(sources)}


def test_a_folder_gives_every_document_and_every_error(folder):
    good, bad = "SourceDocument", "UnreadableSourceError"
    assert outcome(folder) == {
        "1.工作要点": good,
        "2018.docx": good,
        "2019.txt": good,
        "bad.docx": bad,
        "empty.txt": bad,
        "noextension": good,
        "picture.png": bad,
        "saved.html": good,
        "deep/2016.ofd": good,
        "deep/er/2017.pdf": good,
    }
    errors = {name: str(found) for name, found in iter_sources(folder) if name == "picture.png"}
    assert "no reader takes '.png' files" in errors["picture.png"]


def test_patterns(folder):
    assert list(outcome(f"{folder}/*.txt")) == ["2019.txt", "empty.txt"]
    assert list(outcome(f"{folder}/**/201[67].*")) == ["2016.ofd", "2017.pdf"]
    with pytest.raises(SourceNotFoundError, match=r"no file fits the pattern .*\*\.wps"):
        list_sources(f"{folder}/*.wps")


def test_a_name_with_brackets_is_a_name(tmp_path):
    path = tmp_path / "要点[2019].txt"
    path.write_bytes(TEXT)
    assert outcome(path) == {"要点[2019].txt": "SourceDocument"}


def test_archives_with_chinese_names_and_archives_in_them(tmp_path):
    inner = zipped({"2017.txt": TEXT, "notes.json": "{}"})
    data = zipped({"要点/2019.txt": TEXT, "2018.docx": word(), "旧.zip": inner, "b.pdf": b"%PDF-x"})
    path = tmp_path / "all.zip"
    path.write_bytes(data)
    assert outcome(path) == {
        "all.zip/2018.docx": "SourceDocument",
        "all.zip/b.pdf": "UnreadableSourceError",
        "all.zip/旧.zip/2017.txt": "SourceDocument",
        "all.zip/旧.zip/notes.json": "UnreadableSourceError",
        "all.zip/要点/2019.txt": "SourceDocument",
    }
    assert len(outcome(data)) == 5
    with pytest.raises(UnreadableSourceError, match=r"'all\.zip' is an archive of 4 .*read_plans"):
        read_source(path)


def test_names_that_a_chinese_tool_stored_in_gbk():
    data = bytearray(zipped({"XXXX.txt": TEXT}))
    assert outcome(bytes(data).replace(b"XXXX", "要点".encode("gbk"))) == {
        "<bytes>/要点.txt": "SourceDocument"
    }


def test_archives_nested_too_deep_are_an_error_and_no_hang():
    data = zipped({"plan.txt": TEXT})
    for _ in range(4):
        data = zipped({"in.zip": data, "plan.txt": TEXT})
    found = dict(iter_sources(data))
    errors = [str(value) for value in found.values() if isinstance(value, PlanDiffError)]
    assert len(errors) == 1
    assert "3 archives deep" in errors[0]
    assert sum(isinstance(value, SourceDocument) for value in found.values()) == 3


def test_lists_mix_kinds_and_survive_what_is_missing(folder):
    sources = [folder / "2019.txt", "missing.txt", TEXT, folder / "deep"]
    assert [type(found).__name__ for _, found in iter_sources(sources)] == [
        "SourceDocument",
        "SourceNotFoundError",
        "SourceDocument",
        "SourceDocument",
        "SourceDocument",
    ]


def test_nothing_to_read_is_an_error(tmp_path):
    with pytest.raises(SourceNotFoundError, match=r"holds no document; planddiff reads .*\.docx"):
        list_sources(tmp_path)
    with pytest.raises(SourceNotFoundError, match="holds no document"):
        list_sources(zipped({".hidden": b"x"}))
    with pytest.raises(SourceNotFoundError, match="empty list"):
        list_sources([])
    with pytest.raises(SourceNotFoundError, match="no such file"):
        list_sources(tmp_path / "none.txt")


def test_options_reach_every_document(tmp_path):
    (tmp_path / "a.txt").write_bytes("推動資訊化".encode("big5"))
    documents = dict(iter_sources(tmp_path, encoding="big5", script="simplified"))
    assert documents["a.txt"].text == "推动信息化"
    archive = zipped({"a.txt": "推動資訊化".encode("big5")})
    documents = dict(iter_sources(archive, encoding="big5", script="simplified"))
    assert documents["<bytes>/a.txt"].text == "推动信息化"
