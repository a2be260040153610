"""Word files: automatic numbers, tables, notes, boxes, tracked changes."""

import pytest

from planddiff.errors import UnreadableSourceError
from planddiff.readers import read_source
from planddiff.readers.list_labels import chinese_number, list_number
from tests.readers.made import LINES, TITLE, WordFile, rows, shown, unzipped, xml, zipped

CHINESE = [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]


def test_levels_count_and_restart():
    word = WordFile(CHINESE)
    for text, level in [
        *[("甲", 0), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 1), ("己", 2), ("庚", 0), ("辛", 1)],
        ("无号", None),
        ("壬", 0),
    ]:
        word.add(text, level)
    document = read_source(word.save(), name="plan.docx")
    expected = "一、甲 （一）乙 1.|丙 2.|丁 （二）戊 1.|己 二、庚 （一）辛 无号 三、壬"
    assert shown(document) == [text.replace("|", " ") for text in expected.split()]
    labels = [entry for entry in document.log if entry.kind == "numbering"]
    assert [document.text[e.start : e.end] for e in labels[:3]] == ["一、", "（一）", "1. "]
    assert labels[0].after == "一、"
    assert len(labels) == 9


def test_numbers_above_in_a_pattern_and_numbers_forced_to_decimal():
    word = WordFile([("upperRoman", "%1"), ("decimal", "%1.%2"), ("decimal", "%1-%2-%3")])
    word.document.part.numbering_part.element[0][2].insert(1, xml("<w:isLgl {}/>"))
    for level in (0, 0, 1, 1, 2):
        word.add("任务", level)
    document = read_source(word.save())
    assert shown(document) == ["I 任务", "II 任务", "II.1 任务", "II.2 任务", "2-2-1 任务"]


def test_instances_continue_unless_they_start_over():
    word = WordFile(CHINESE)
    word.add_instance(98, 91)
    word.add_instance(
        99, 91, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    )
    for number in (91, 98, 99, 99, 91):
        word.add("任务", 0, number)
    assert shown(read_source(word.save())) == [f"{n}、任务" for n in "一二五六七"]


def test_a_level_that_never_restarts():
    word = WordFile(CHINESE)
    word.document.part.numbering_part.element[0][1].append(xml('<w:lvlRestart {} w:val="0"/>'))
    for level in (0, 1, 0, 1):
        word.add("任务", level)
    assert shown(read_source(word.save())) == ["一、任务", "（一）任务", "二、任务", "（二）任务"]


def test_lists_of_a_style_and_lists_switched_off():
    word = WordFile(CHINESE)
    style = word.document.styles["Heading 1"].element
    style.get_or_add_pPr().append(xml('<w:numPr {}><w:numId w:val="91"/></w:numPr>'))
    word.document.add_heading("总体要求", 1)
    word.document.add_heading("重点任务", 1)
    word.add("不编号", 0, 0)
    document = read_source(word.save())
    assert shown(document) == ["一、总体要求", "二、重点任务", "不编号"]
    assert [block.level for block in document.blocks] == [1, 1, None]


def test_blank_paragraphs_of_a_list_count_and_print_nothing():
    word = WordFile(CHINESE)
    for text in ("甲", " ", "乙"):
        word.add(text, 0)
    assert shown(read_source(word.save())) == ["一、甲", "三、乙"]


def test_bullets_of_symbol_fonts_leave_nothing_and_dashes_stay():
    word = WordFile([("bullet", "\uf06c")], [("bullet", "——")])
    word.add("甲", 0, 91)
    word.add("乙", 0, 92)
    assert shown(read_source(word.save())) == ["甲", "——乙"]


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("decimal", "1 10 21"),
        ("decimalZero", "01 10 21"),
        ("upperRoman", "I X XXI"),
        ("lowerRoman", "i x xxi"),
        ("upperLetter", "A J U"),
        ("lowerLetter", "a j u"),
        ("chineseCounting", "一 十 二十一"),
        ("chineseCountingThousand", "一 十 二十一"),
        ("japaneseCounting", "一 十 二十一"),
        ("ideographDigital", "一 一〇 二一"),
        ("chineseLegalSimplified", "壹 壹拾 贰拾壹"),
        ("ideographTraditional", "甲 癸 21"),
        ("ideographZodiac", "子 酉 21"),
        ("decimalEnclosedCircleChinese", "① ⑩ 21"),
        ("decimalEnclosedParen", "⑴ ⑽ 21"),
        ("decimalFullWidth", "１ １０ ２１"),
        ("hebrew1", "1 10 21"),
    ],
)
def test_number_formats(style, written):
    assert " ".join(list_number(value, style) for value in (1, 10, 21)) == written


def test_long_counts():
    assert list_number(101, "chineseCounting") == "一〇一"
    assert list_number(101, "chineseCountingThousand") == "一百零一"
    assert chinese_number(1_010) == "一千零一十"
    assert list_number(0, "chineseCounting") == "0"
    assert list_number(10**6, "upperRoman") == "1000000"


def test_tables_with_merged_cells_and_numbered_cells():
    word = WordFile([("decimal", "%1")])
    word.add(TITLE)
    table = word.document.add_table(4, 3)
    texts = ["序号 任务 单位", "_ 建设平台 市发改委", "_ 推进共享 市大数据局"]
    for row, line in enumerate(texts):
        for cell, text in zip(table.rows[row].cells, line.split(), strict=True):
            cell.text = text.strip("_")
    for row in (1, 2):
        numbered = word.add("x", 0)
        target = table.cell(row, 0).paragraphs[0]
        target._p.get_or_add_pPr().append(numbered._p.pPr.numPr)
        numbered._p.getparent().remove(numbered._p)
        target.add_run("号")
    table.cell(1, 2).text = "市政府办"
    table.cell(2, 2).text = ""
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(3, 1).text = "合计"
    table.cell(3, 0).merge(table.cell(3, 2))
    word.add("表后")
    document = read_source(word.save())
    assert rows(document) == [
        ["序号", "任务", "单位"],
        ["1 号", "建设平台", "市政府办"],
        ["2 号", "推进共享", "市政府办"],
        ["合计"] * 3,
    ]
    assert shown(document)[0] == TITLE
    assert shown(document)[-1] == "表后"
    label = next(entry for entry in document.log if entry.kind == "numbering")
    assert document.text[label.start : label.end] == "1 "


def test_a_table_of_one_column_is_a_frame_and_gives_lines():
    word = WordFile()
    table = word.document.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "专栏1", LINES[0]
    document = read_source(word.save())
    assert (shown(document), rows(document)) == (["专栏1", LINES[0]], [])


def test_tracked_changes_are_read_as_accepted_and_deletions_logged():
    word = WordFile()
    paragraph = word.add("推进")
    paragraph._p.append(xml("<w:del {}><w:r><w:delText>旧</w:delText></w:r></w:del>"))
    paragraph._p.append(xml("<w:ins {}><w:r><w:t>新型</w:t></w:r></w:ins>"))
    paragraph.add_run("城市建设")
    document = read_source(word.save())
    assert shown(document) == ["推进新型城市建设"]
    (entry,) = document.log
    assert (entry.kind, entry.before, entry.start, entry.end) == ("tracked_change", "旧", 2, 2)


def test_text_boxes_content_controls_and_breaks():
    word = WordFile()
    box = (
        "<w:r {0}><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/"
        "markup-compatibility/2006'><mc:{1}><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>"
        "</w:txbxContent></mc:{1}></mc:AlternateContent></w:r>"
    )
    anchor = word.add("锚段")
    for branch in ("Choice", "Fallback"):
        anchor._p.append(xml(box.replace("{1}", branch).replace("{0}", "{}")))
    word.document.element.body.insert(
        0,
        xml(
            "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert shown(read_source(word.save())) == ["上", "下", "锚段", "框内"]


def test_notes_headers_and_footers_are_kept_aside():
    word = WordFile()
    word.add(LINES[0])
    word.document.sections[0].footer.paragraphs[0].text = "第1页"
    members = unzipped(word.save())
    members["word/footnotes.xml"] = xml_bytes(
        '<w:footnotes {}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>注：见附件。</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    document = read_source(zipped(members))
    assert shown(document) == [LINES[0]]
    assert shown(document, "back_matter") == ["注：见附件。"]
    assert shown(document, "furniture") == ["第1页"]


def test_automatic_tables_of_contents_are_aside():
    word = WordFile()
    style = word.document.styles.add_style("目录一", 1)
    style.element.find(style.element.tag.replace("}style", "}name")).set(
        style.element.tag.replace("}style", "}val"), "toc 1"
    )
    word.document.add_paragraph("一、总体要求\t1", style=style)
    word.add(LINES[0])
    document = read_source(word.save())
    assert shown(document) == [LINES[0]]
    assert shown(document, "toc") == ["一、总体要求\t1"]


def test_files_without_styles_or_numbering_and_strict_files():
    word = WordFile()
    word.add(LINES[0])
    members = unzipped(word.save())
    bare = {name: part for name, part in members.items() if "styles" not in name}
    bare.pop("word/numbering.xml")
    strict = bare["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert shown(read_source(zipped(bare))) == [LINES[0]]
    assert shown(read_source(zipped(bare | {"word/document.xml": strict}))) == [LINES[0]]


def test_a_main_part_of_another_name_and_other_office_files():
    word = WordFile()
    word.add(LINES[0])
    members = unzipped(word.save())
    members["word/document2.xml"] = members.pop("word/document.xml")
    assert shown(read_source(zipped(members))) == [LINES[0]]
    members["ppt/presentation.xml"] = members.pop("word/document2.xml")
    with pytest.raises(UnreadableSourceError, match=r"PowerPoint; save it as \.docx"):
        read_source(zipped(members))


def test_damaged_and_empty_files():
    members = unzipped(WordFile().save())
    with pytest.raises(UnreadableSourceError, match=r"'e\.docx' holds no text"):
        read_source(zipped(members), name="e.docx")
    with pytest.raises(UnreadableSourceError, match=r"d\.docx/word/document\.xml' is damaged"):
        read_source(zipped(members | {"word/document.xml": b"<w:document"}), name="d.docx")
    with pytest.raises(UnreadableSourceError, match=r"'t\.docx' is a damaged zip"):
        read_source(zipped(members)[:-400], name="t.docx")


def xml_bytes(text: str) -> bytes:
    from lxml import etree

    return etree.tostring(xml(text), encoding="UTF-8", xml_declaration=True)
