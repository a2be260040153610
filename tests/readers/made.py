"""Constructed documents in every format, built in memory. All texts are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from planddiff.readers import SourceDocument

TITLE = "云州市2019年数字化工作要点"
LINES = [
    "一、推进智慧城市建设。完善城市大脑，加快数据共享，年底前接入部门四十个。",
    "二、深化两化融合。培育工业互联网平台5个，推动企业上云1000家。",
    "三、发展大数据产业。编制产业目录，建成公共数据开放平台。",
]


def shown(document: SourceDocument, aside: str = "") -> list[str]:
    """Texts of the blocks with that ``aside``."""
    return [
        document.text[block.start : block.end] for block in document.blocks if block.aside == aside
    ]


def rows(document: SourceDocument) -> list[list[str]]:
    """Cells of the rows."""
    return [
        [document.text[start:end] for start, end in block.cells]
        for block in document.blocks
        if block.cells
    ]


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def page(content: str, *, title: str = TITLE, head: str = '<meta charset="utf-8">') -> str:
    """A web page with menu, title, date line and footer around ``content``."""
    return (
        f"<!DOCTYPE html><html><head>{head}<title>{title}_云州市人民政府门户网站</title>"
        "<style>p {margin: 0}</style><script>var menu = '首页';</script></head><body>"
        "<div class='menu'><a>网站首页</a> <a>政务公开</a></div>"
        f"<h1>{title}</h1><div class='date'>发布日期：2019-03-04</div>{content}"
        "<div class='foot'>主办单位：云州市人民政府办公室</div></body></html>"
    )


def paragraphs(lines: Sequence[str] = LINES) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


class WordFile:
    """A Word file with lists of its own: ``lists`` are level formats as (numFmt, lvlText)."""

    def __init__(self, *lists: Sequence[tuple[str, str]]) -> None:
        self.document: Document = docx.Document()
        self._numbering = self.document.part.numbering_part.element
        for number, levels in enumerate(lists, start=91):
            body = "".join(
                f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
                f'<w:lvlText w:val="{pattern}"/></w:lvl>'
                for depth, (style, pattern) in enumerate(levels)
            )
            self._numbering.insert(
                0, xml(f'<w:abstractNum {{}} w:abstractNumId="{number}">{body}</w:abstractNum>')
            )
            self.add_instance(number, number)

    def add_instance(self, number: int, of: int, inner: str = "") -> None:
        self._numbering.append(
            xml(f'<w:num {{}} w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>')
        )

    def add(self, text: str, level: int | None = None, number: int = 91) -> Paragraph:
        paragraph = self.document.add_paragraph(text)
        if level is not None:
            paragraph._p.get_or_add_pPr().append(
                xml(f'<w:numPr {{}}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
            )
        return paragraph

    def save(self) -> bytes:
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def xml(text: str) -> object:
    """A Word element; ``{}`` stands for the declaration of the namespace."""
    return parse_xml(text.format(nsdecls("w")))


def placed(text: str, x: float, y: float) -> str:
    """PDF operators that write one line."""
    return f"BT /F1 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def pdf(
    pages: Sequence[Sequence[str]], *, password: bool = False, drawings: Sequence[str] = ()
) -> bytes:
    """A PDF with one text line per string, written by hand; no lines make a page without text.

    ``drawings`` are PDF operators added to the pages.
    """
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        " /DescendantFonts [4 0 R] >>",
        4: "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
        " /FontDescriptor 5 0 R >>",
        5: "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900]"
        " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 90 >>",
    }
    kids = []
    for number, lines in enumerate(pages):
        at = 10 + 2 * number
        kids.append(f"{at} 0 R")
        drawn = "".join(placed(line, 60, 780 - 24 * row) for row, line in enumerate(lines))
        drawn += "".join(drawings[number : number + 1])
        objects[at] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {at + 1} 0 R >>"
        )
        objects[at + 1] = f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream"
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    secret = "00" * 32
    lock = (
        f" /Encrypt << /Filter /Standard /V 1 /R 2 /O <{secret}> /U <{secret}> /P -4 >>"
        " /ID [<00> <00>]"
        if password
        else ""
    )
    out = b"%PDF-1.4\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    size = max(objects) + 1
    out += f"trailer << /Size {size} /Root 1 0 R{lock} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return out


def ofd(pages: Sequence[Sequence[str]]) -> bytes:
    """An OFD with one text object per line."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    members = {
        "OFD.xml": f'<ofd:OFD {space} Version="1.0"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(
            f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
            for n in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
    }
    for number, lines in enumerate(pages):
        texts = "".join(
            f'<ofd:TextObject ID="{100 + row}" Boundary="20 {20 + 8 * row} 170 6" Size="4">'
            f'<ofd:TextCode X="0" Y="4" DeltaX="g {max(len(line) - 1, 1)} 4">{line}'
            "</ofd:TextCode></ofd:TextObject>"
            for row, line in enumerate(lines)
        )
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="9">{texts}</ofd:Layer>'
            "</ofd:Content></ofd:Page>"
        )
    return zipped(members)
