"""Traditional script and Taiwan wording."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.errors import InvalidInputError
from planddiff.readers import SourceDocument, document_from_text, read_source
from planddiff.readers.script import convert_script
from tests.readers.made import LINES, rows, shown


def undone(document: SourceDocument) -> str:
    text = document.text
    entries = [entry for entry in document.log if entry.kind == "script"]
    for entry in sorted(entries, key=lambda entry: entry.start, reverse=True):
        assert text[entry.start : entry.end] == entry.after
        text = text[: entry.start] + entry.before + text[entry.end :]
    return text


def test_taiwan_wording_becomes_that_of_the_mainland():
    text = "一、推動網際網路與軟體產業，完善資訊化。\n二、伺服器"
    document = read_source(text.encode(), script="simplified")
    assert shown(document) == ["一、推动互联网与软件产业，完善信息化。", "二、服务器"]
    assert undone(document) == text
    assert {"資訊", "伺服器"} <= {entry.before for entry in document.log}


def test_wording_that_both_sides_share_is_kept():
    text = "建设智慧城市，建立、整合核心平台，修订文件，显著提升。"
    assert read_source(text.encode(), script="simplified").text == text


def test_cells_and_earlier_log_rows_move_along():
    document = read_source(
        "任務,單位\n網際網路,數位局".encode("big5"), name="a.csv", script="simplified"
    )
    assert rows(document) == [["任务", "单位"], ["互联网", "数字局"]]
    assert document.log[0].kind == "encoding"


def test_simplified_text_and_no_request_change_nothing():
    document = document_from_text("\n".join(LINES))
    assert convert_script(document, "simplified") is document
    assert read_source("網路".encode()).text == "網路"


def test_another_script_is_refused():
    with pytest.raises(InvalidInputError, match="unknown script 'traditional'"):
        read_source(b"x", script="traditional")


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="網際路軟體資訊伺服器計畫推動，。 \n\t網", max_size=60)
    | st.text(st.characters(categories=("L", "Cc", "Cf", "Cs", "Mn")), max_size=40)
)
def test_every_conversion_is_reversible_and_blocks_stay_lines(text):
    document = convert_script(document_from_text(text), "simplified")
    assert undone(document) == text
    assert shown(document) == [line for line in document.text.splitlines() if line.strip()]
