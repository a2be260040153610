"""Web pages: charset, containers, main text, tables, lists, furniture."""

import pytest

from planddiff.errors import UnreadableSourceError
from planddiff.readers import read_source
from planddiff.readers.main_text import _containers
from tests.readers.made import LINES, TITLE, page, paragraphs, rows, shown

CONTAINED = f'<div class="x TRS_Editor">{paragraphs()}</div>'


def test_known_container_is_content_and_the_rest_is_kept_as_furniture():
    document = read_source(page(CONTAINED).encode(), name="plan.html")
    assert shown(document) == [TITLE, *LINES]
    assert shown(document, "furniture") == [
        f"{TITLE}_云州市人民政府门户网站",
        "网站首页 政务公开",
        "发布日期：2019-03-04",
        "主办单位：云州市人民政府办公室",
    ]
    assert document.blocks[2].level == 1
    assert document.media_type == "text/html"
    assert "var menu" not in document.text


@pytest.mark.parametrize(
    "opening",
    [
        'id="UCAP-CONTENT"',
        'id="vsb_content_1001"',
        'class="pages_content"',
        'id="zoom"',
        'class="Custom_UnionStyle"',
    ],
)
def test_containers_of_the_lexicon(opening):
    content = page(f"<div {opening}>{paragraphs()}</div>")
    assert shown(read_source(content.encode())) == [TITLE, *LINES]


def test_the_lexicon_states_selectors_once():
    assert len(set(_containers())) == len(_containers()) > 30


def test_without_a_known_container_the_main_text_is_found():
    lines = [
        f"{mark}、推进第{mark}类项目建设。" + "完善工作机制，明确责任分工，加快项目落地。" * 4
        for mark in "一二三四五六七八"
    ]
    links = "".join(f"<li><a href='/{n}'>专题{n}的说明</a></li>" for n in range(12))
    content = (
        f"<div class='content'><ul>{links}</ul><div class='b7'>{paragraphs(lines)}</div></div>"
    )
    document = read_source(page(content).encode())
    assert shown(document) == [TITLE, *lines]
    assert {"专题3的说明", "主办单位：云州市人民政府办公室"} <= set(shown(document, "furniture"))


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030", "utf-8", "big5"])
def test_gb_pages_are_read_as_gb18030_whatever_they_declare(charset):
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    content = page(CONTAINED.replace("目录", "䶮目录"), head=head)
    document = read_source(content.encode("gb18030"), name="plan.htm")
    assert document.encoding == "gb18030"
    assert shown(document) == [TITLE, *LINES[:2], LINES[2].replace("目录", "䶮目录")]
    assert document.log[0].kind == "encoding"


def test_wrapped_source_lines_and_breaks():
    content = page("<div id=zoom><p>推进智慧\n  城市建设，\n完善 City\nBrain。<br>第二行</p></div>")
    assert shown(read_source(content.encode()))[-2:] == [
        "推进智慧城市建设，完善 City Brain。",
        "第二行",
    ]


def test_data_tables_are_rows_with_merged_cells():
    table = (
        "<table><tr><th>序号</th><th>任务</th><th>单位</th></tr>"
        "<tr><td colspan=3>一、智慧城市</td></tr>"
        "<tr><td rowspan='2'>1</td><td>建设平台</td><td><p>市发改委</p><p>市经信局</p></td></tr>"
        "<tr><td>推进共享</td><td>市大数据局</td></tr></table>"
    )
    document = read_source(page(f'<div id="zoom">{paragraphs()}{table}</div>').encode())
    assert rows(document) == [
        ["序号", "任务", "单位"],
        ["一、智慧城市"] * 3,
        ["1", "建设平台", "市发改委 市经信局"],
        ["1", "推进共享", "市大数据局"],
    ]
    section = next(block for block in document.blocks if block.cells and len(set(block.cells)) == 1)
    assert document.text[section.start : section.end] == "一、智慧城市"


def test_captions_and_stray_text_of_tables_are_kept():
    table = (
        "<table><caption>表1 分工</caption>甲<tr><td>一</td><td>二</td></tr>乙"
        "<tr>丙<td>三</td><td>四</td></tr></table>"
    )
    document = read_source(page(f'<div id="zoom">{paragraphs()}{table}</div>').encode())
    assert rows(document) == [["一", "二"], ["三", "四"]]
    assert sorted(shown(document)[4:-2]) == ["丙", "乙", "甲", "表1 分工"]


def test_layout_tables_give_lines():
    content = page(f"<table><tr><td>{CONTAINED}</td></tr><tr><td>上一篇</td></tr></table>")
    document = read_source(content.encode())
    assert rows(document) == []
    assert shown(document) == [TITLE, *LINES]


def test_ordered_lists_show_their_numbers_unless_the_text_has_them():
    lists = (
        "<ol start=3><li>完善制度</li><li>推进落实</li></ol>"
        "<ol type=A><li>甲类</li></ol><ol><li>1. 已编号</li></ol><ul><li>无号</li></ul>"
    )
    document = read_source(page(f'<div id="zoom">{paragraphs()}{lists}</div>').encode())
    assert shown(document)[-5:] == ["3. 完善制度", "4. 推进落实", "A. 甲类", "1. 已编号", "无号"]
    labels = [entry for entry in document.log if entry.kind == "numbering"]
    assert [document.text[e.start : e.end] for e in labels] == ["3. ", "4. ", "A. "]


def test_readings_above_characters_are_left_out_and_logged():
    content = f'<div id="zoom">{paragraphs()}<p><ruby>云<rt>yún</rt></ruby>州市</p></div>'
    document = read_source(page(content).encode())
    assert shown(document)[-1] == "云州市"
    entry = next(entry for entry in document.log if entry.kind == "pinyin")
    assert (entry.before, document.text[entry.start - 1 : entry.start]) == ("yún", "云")


def test_hidden_stretches_and_navigation_inside_the_container_are_furniture():
    content = (
        f'<div id="zoom">{paragraphs()}<div style="display: none">备用文字</div>'
        "<nav>上一篇</nav></div>"
    )
    document = read_source(page(content).encode())
    assert shown(document) == [TITLE, *LINES]
    assert {"备用文字", "上一篇"} <= set(shown(document, "furniture"))


def test_a_short_page_is_all_content():
    document = read_source(b"<html><body><p>hello</p></body></html>", name="x.txt")
    assert shown(document) == ["hello"]


def test_pages_with_other_extensions_are_recognised():
    assert read_source(page(CONTAINED).encode(), name="plan.doc").media_type == "text/html"
    assert read_source(page(CONTAINED).encode("utf-16"), name="p.txt").media_type == "text/html"


def test_saved_archives_of_a_page():
    saved = (
        (
            b"From: <Saved by Browser>\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related; type="text/html"; boundary="cut"\r\n\r\n'
            b"--cut\r\nContent-Type: text/html; charset=gb2312\r\n"
            b"Content-Transfer-Encoding: 8bit\r\n\r\n"
        )
        + page(CONTAINED, head="").encode("gb18030")
        + b"\r\n--cut--\r\n"
    )
    document = read_source(saved, name="plan.mhtml")
    assert shown(document) == [TITLE, *LINES]
    with pytest.raises(UnreadableSourceError, match="without a page in it"):
        read_source(saved.replace(b"text/html; charset", b"text/css; charset"), name="p.mhtml")


@pytest.mark.parametrize("depth", [300, 900])
def test_pages_that_forget_to_close_their_elements_are_read(depth):
    content = page(f"{'<div>' * depth}<div id='zoom'>{paragraphs()}</div>")
    assert shown(read_source(content.encode())) == [TITLE, *LINES]


def test_nesting_without_end_is_refused():
    with pytest.raises(UnreadableSourceError, match="nests its elements more than"):
        read_source(page("<div>" * 100_000 + "推进").encode(), name="deep.html")


def test_pages_saved_by_word_keep_their_list_numbers():
    content = (
        "<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>"
        "<!--[if gte mso 9]><xml>x</xml><![endif]-->"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span>一、<span>&nbsp;</span></span><![endif]>推进智慧城市建设<o:p></o:p></p>"
    )
    document = read_source(f"<html><body>{content}</body></html>".encode(), name="plan.doc")
    assert shown(document) == ["一、\xa0推进智慧城市建设"]
