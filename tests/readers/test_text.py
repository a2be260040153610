"""Plain text: encodings, blocks, sources of every kind."""

import hashlib
import io
from pathlib import Path

import pytest

from planddiff.errors import InvalidInputError, SourceNotFoundError, UnreadableSourceError
from planddiff.readers import Block, document_from_text, read_source
from planddiff.readers.decoding import chinese_share, decode
from tests.readers.made import LINES, TITLE, shown

TEXT = "\n".join([TITLE, *LINES])
SEED = Path(__file__).parents[2] / "seeds" / "zhejiang-2016.txt"


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_encoding_is_found_and_logged(codec, found):
    document = read_source(TEXT.encode(codec), name="plan.txt")
    assert document.text == TEXT
    assert document.encoding == found
    logged = [(entry.kind, entry.before) for entry in document.log]
    assert logged == ([] if found.startswith("utf-8") else [("encoding", found)])


def test_the_real_plan_survives_every_encoding():
    text = SEED.read_text(encoding="utf-8")
    for codec in ("gb18030", "utf-16", "utf-16-le"):
        assert read_source(text.encode(codec)).text == text


def test_four_byte_characters_of_gb18030_and_a_wrong_declaration():
    text = TEXT + "䶮𠮷"
    assert read_source(text.encode("gb18030"), encoding="gb2312").text == text
    assert decode(text.encode("gb18030"), "plan", charset="big5").text == text


def test_traditional_text_in_big5():
    text = "一、推動數位轉型，完善資料共享機制，提升政府服務品質。"
    document = read_source(text.encode("big5"))
    assert document.text == text


def test_utf8_with_a_cut_end_keeps_all_but_the_last_character():
    document = read_source(TEXT.encode()[:-1])
    assert document.text == TEXT[:-1] + "\ufffd"
    assert document.log[-1].message == "bytes that are not utf-8 were lost"
    assert (document.log[-1].start, document.log[-1].end) == (len(TEXT) - 1, len(TEXT))


def test_a_wrong_encoding_tells_common_characters_from_rare_ones():
    assert chinese_share(TEXT) > 0.95
    assert chinese_share(TEXT.encode().decode("gbk", "ignore")) < 0.6


def test_a_stated_encoding_binds():
    with pytest.raises(UnreadableSourceError, match=r"'p\.txt' is not ascii text .*leave encoding"):
        read_source(TEXT.encode(), name="p.txt", encoding="ascii")
    with pytest.raises(InvalidInputError, match="unknown encoding 'utf-9'"):
        read_source(TEXT.encode(), encoding="utf-9")


def test_blocks_are_lines_and_keep_offsets():
    document = document_from_text("一\r\n\r\n  二\u2028三\n", "x")
    assert shown(document) == ["一", "  二", "三"]
    assert document.blocks[0] == Block(0, 1)
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


def test_every_kind_of_source(tmp_path):
    path = tmp_path / "工作要点.txt"
    path.write_text(TEXT, encoding="utf-8")
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        documents = [
            read_source(path),
            read_source(str(path)),
            read_source(path.read_bytes(), name="工作要点.txt"),
            read_source(binary, name="工作要点.txt"),
            read_source(text, name="工作要点.txt"),
            read_source(io.BytesIO(path.read_bytes()), name="工作要点.txt"),
            read_source(memoryview(path.read_bytes()), name="工作要点.txt"),
        ]
    assert {document.text for document in documents} == {TEXT}
    assert {document.name for document in documents} == {"工作要点.txt"}
    assert len({document.sha256 for document in documents}) == 1
    assert len(documents[0].blocks) == 4


def test_what_is_no_document_is_told(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"\xef\xbb\xbf \r\n")
    binary = tmp_path / "data.txt"
    binary.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(SourceNotFoundError, match=r"no such file: 'none\.txt' .*check the path"):
        read_source("none.txt")
    with pytest.raises(FileNotFoundError):
        read_source("none.txt")
    with pytest.raises(SourceNotFoundError, match="parse_plan"):
        read_source("一、推进智慧城市\n二、深化融合")
    with pytest.raises(UnreadableSourceError, match=r"empty\.txt' holds no text|is empty"):
        read_source(empty)
    with pytest.raises(UnreadableSourceError, match="is empty; give a file"):
        read_source(b"", name="x")
    with pytest.raises(UnreadableSourceError, match=r"data\.txt' holds binary data"):
        read_source(binary)
    with pytest.raises(UnreadableSourceError, match=r"is a folder, not a document; .*read_plans"):
        read_source(tmp_path)
    with pytest.raises(InvalidInputError, match="not int: 2016"):
        read_source(2016)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"Rar!\x1a\x07\x00\xff\x00", "a RAR archive; unpack it"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\x0d", "a PNG image; it holds no text"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "a 7z archive"),
        (b"\0\x01\x02\x03\x04", "unknown kind .* begins with 00 01 02 03 04"),
    ],
)
def test_foreign_files_are_named(head, said):
    with pytest.raises(UnreadableSourceError, match=f"'plan.txt' .*{said}"):
        read_source(head + bytes(64), name="plan.txt")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_few_damaged_bytes_do_not_change_the_encoding(codec):
    text = TEXT * 5
    data = text.encode(codec)
    at = data.index("智慧".encode(codec))
    document = read_source(data[:at] + b"\xff" + data[at:])
    assert document.encoding == codec
    assert document.text.replace("\ufffd", "")[-100:] == text[-100:]
    assert [entry.kind for entry in document.log if entry.after == "\ufffd"] == ["encoding"]
