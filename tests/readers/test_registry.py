"""Formats: found by folder, told apart by content, and true to what was written."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.readers import formats, read_source, registry
from tests.readers.made import WordFile, ofd, page, paragraphs, pdf, shown

NEW = """
from planddiff.readers.builder import DocumentBuilder
from planddiff.readers.registry import Format

def read(raw):
    builder = DocumentBuilder(raw.name)
    builder.add_text(raw.data[4:].decode(), level=1)
    return builder.build(raw.data, "text/x-new")

FORMAT = Format("new", (".new",), lambda raw: raw.data.startswith(b"NEW!"), read)
"""


@pytest.fixture
def new_format(tmp_path, monkeypatch):
    (tmp_path / "brand_new.py").write_text(NEW, encoding="utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    registry.formats.cache_clear()
    yield
    registry.formats.cache_clear()
    sys.modules.pop("planddiff.readers.formats.brand_new", None)


def test_a_new_format_is_one_new_file(new_format):
    document = read_source("NEW!推进智慧城市".encode(), name="plan.txt")
    assert (shown(document), document.media_type) == (["推进智慧城市"], "text/x-new")
    assert ".new" in registry.extensions()


def test_formats_claim_each_extension_once():
    claimed = [extension for known in registry.formats() for extension in known.extensions]
    assert len(claimed) == len(set(claimed)) > 25
    assert registry.formats()[-1].name == "text"


def word(lines: list[str]) -> bytes:
    made = WordFile()
    for line in lines:
        made.add(line)
    return made.save()


LINE = st.text(alphabet="推进智慧城市建设一二三、（）。，0123456789", min_size=8, max_size=30)


@settings(max_examples=25, deadline=None)
@given(st.lists(LINE.filter(lambda line: not line.isdigit()), min_size=3, max_size=8, unique=True))
def test_every_format_gives_the_lines_that_were_written(lines):
    written = {
        "text": "\n".join(lines).encode(),
        "gb18030": "\r\n".join(lines).encode("gb18030"),
        "html": page(f"<div id=zoom>{paragraphs(lines)}</div>", title="云州市计划").encode(),
        "docx": word(lines),
        "pdf": pdf([lines]),
        "ofd": ofd([lines]),
    }
    for kind, data in written.items():
        document = read_source(data)
        kept = [line for line in shown(document) if line != "云州市计划"]
        assert kept == lines, kind
        assert read_source(data) == document
