"""Hostile files: bounded time and memory, and a clear error."""

import io
import sys
import tracemalloc
import zipfile

import openpyxl
import pytest

from planddiff.errors import MissingExtraError, PlanDiffError, UnreadableSourceError
from planddiff.readers import iter_sources, limits, origin, read_source
from tests.readers.made import LINES, WordFile, ofd, page, paragraphs, pdf, shown, unzipped, zipped

DTD = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def word(text: str = LINES[0]) -> bytes:
    made = WordFile()
    made.add(text)
    return made.save()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = LINES[0]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_entities(data: bytes, part: str) -> bytes:
    members = unzipped(data)
    start = members[part].find(b"?>") + 2 if members[part].startswith(b"<?xml") else 0
    members[part] = members[part][:start] + DTD + members[part][start:]
    return zipped(members)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (word(), "word/document.xml"),
        (word(), "word/styles.xml"),
        (workbook(), "xl/worksheets/sheet1.xml"),
        (ofd([LINES]), "Doc_0/Document.xml"),
    ],
)
def test_entities_are_refused(data, part):
    with pytest.raises(UnreadableSourceError, match=f"x/{part}.* declares XML entities"):
        read_source(with_entities(data, part), name="x")


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "OFD.xml", "plan.txt"])
def test_zip_bombs_are_refused_before_they_unpack(part):
    bomb = zipped({"word/document.xml": b"", part: bytes(2**26)})
    assert len(bomb) < 2**17
    tracemalloc.start()
    outcomes = [found for _, found in iter_sources([bomb])]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all(isinstance(found, PlanDiffError) for found in outcomes)
    assert peak < 2**25


def test_archives_that_declare_too_much_are_refused():
    with pytest.raises(UnreadableSourceError, match=r"would unpack to \d+ files of \d+ bytes"):
        read_source(zipped({f"{n}.txt": "" for n in range(limits.MAX_MEMBERS + 1)}))


def test_members_whose_size_is_a_lie_are_damaged():
    data = bytearray(zipped({"plan.txt": bytes(10_000)}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        header = archive.start_dir
    data[header + 24 : header + 28] = (50).to_bytes(4, "little")
    ((_, found),) = iter_sources([bytes(data)])
    assert isinstance(found, UnreadableSourceError)
    assert "is damaged" in str(found)


def test_files_beyond_the_size_limit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 100)
    monkeypatch.setattr(origin, "MAX_BYTES", 100)
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * 101)
    for source in (path, path.read_bytes(), io.BytesIO(path.read_bytes())):
        with pytest.raises(UnreadableSourceError, match="is larger than"):
            read_source(source)


def test_gigantic_lines_are_read_or_refused_in_time():
    line = "推进智慧城市建设，" * 20_000
    assert shown(read_source(line.encode())) == [line]
    with pytest.raises(UnreadableSourceError, match="characters, more than any plan"):
        read_source(("建" * (limits.MAX_CHARACTERS + 1)).encode())
    with pytest.raises(UnreadableSourceError, match="characters, more than any plan"):
        read_source(page(f"<p>{'建' * (limits.MAX_CHARACTERS + 1)}</p>").encode())


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td rowspan=60000 colspan=1000>甲</td><td>乙</td></tr>" * 2_000,
        "<tr>" + "<td colspan=1000>甲</td>" * 3_000 + "</tr><tr><td>乙</td><td>丙</td></tr>",
        "<tr><td>甲</td><td rowspan=65534>"
        + "乙" * 8_000
        + "</td></tr>"
        + "<tr><td>丙</td></tr>" * 20_000,
    ],
)
def test_tables_that_multiply_are_refused(table):
    content = page(f"<div id=zoom>{paragraphs()}<table>{table}</table></div>")
    with pytest.raises(UnreadableSourceError, match="more than any plan"):
        read_source(content.encode())


def test_endless_markup_is_refused_before_it_is_parsed():
    tags = "<p>" * (limits.MAX_TAGS + 1)
    word_file = unzipped(word())
    word_file["word/document.xml"] = word_file["word/document.xml"].replace(
        b"<w:body>", b"<w:body>" + b"<w:p/>" * (limits.MAX_TAGS + 1)
    )
    for data in (page(tags).encode(), zipped(word_file)):
        with pytest.raises(UnreadableSourceError, match=r"holds \d+ tags, more than any plan"):
            read_source(data)


def test_many_words_of_one_paragraph_take_no_square_of_their_time():
    document = read_source(page(f"<p>{'词 ' * 300_000}</p>").encode())
    assert len(document.text) > 600_000 - 1


def test_nested_tables_and_lists_cost_no_recursion():
    deep = "<table><tr><td>" * 150 + "推进" + "</td></tr></table>" * 150 + "<ol><li>" * 200 + "建设"
    document = read_source(page(f"<div id=zoom>{paragraphs()}{deep}</div>").encode())
    assert {"推进", "1. 建设"} <= set(shown(document))


def test_deep_word_files_are_refused():
    members = unzipped(word())
    deep = b"<w:sdt><w:sdtContent>" * 5_000 + b"</w:sdtContent></w:sdt>" * 5_000
    members["word/document.xml"] = members["word/document.xml"].replace(
        b"<w:p>", deep + b"<w:p>", 1
    )
    with pytest.raises(UnreadableSourceError, match="is damaged"):
        read_source(zipped(members))


@pytest.mark.parametrize(
    ("data", "library"),
    [
        (page(paragraphs()).encode(), "lxml"),
        (page(paragraphs(LINES * 3)).encode(), "trafilatura"),
        (word(), "lxml"),
        (workbook(), "openpyxl"),
        (pdf([LINES]), "pypdfium2"),
        (ofd([LINES]), "ofdkit"),
        (bytes(range(128, 256)), "charset_normalizer"),
    ],
)
def test_a_missing_library_is_named_with_its_command(data, library, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    said = rf"needs the library '{library}'.* pip install \"planddiff\[documents\]\""
    with pytest.raises(MissingExtraError, match=said):
        read_source(data)
    with pytest.raises(ImportError):
        read_source(data)
