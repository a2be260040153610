"""Citations of an item: document titles in 《》 and document numbers (发文字号), normalised.

Two items cite the same document where their normalised titles or their normalised numbers agree,
however either was printed. The parts of a number and of a title are those of GB/T 9704-2012,
*Layout key for official document of Party and government organs*: issuer code, year in 〔〕, serial
number; issuer, 关于 and matter, kind of document.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from planddiff.fields.numerals import read_number

_OPEN, _CLOSE = "《〈<", "》〉>"
_LONGEST_TITLE = 150
_YEAR_OPEN, _YEAR_CLOSE = r"[〔【〖［\[(（﹝<〈]", r"[〕】〗］\])）﹞>〉]"
_NUMBER = re.compile(
    rf"(?P<code>[一-鿿]{{2,20}})\s?{_YEAR_OPEN}\s?(?P<year>(?:19|20)\d\d)\s?年?\s?{_YEAR_CLOSE}"
    r"\s?第?\s?(?P<serial>\d{1,5})\s?号"
)
_DECREE = re.compile(
    r"(?P<code>[一-鿿]{1,20}令|[一-鿿]{0,18}公告)(?P<open>[(（])?(?P<year>(?:19|20)\d\d年)?\s?"
    r"第\s?(?P<serial>\d{1,5}|[〇零一二三四五六七八九十百]{1,6})\s?号(?(open)[)）])"
)
_STATE = "中华人民共和国"
# 和 inside the name of a body (共和国, 工业和信息化部) does not join two of them.
_JOINED = "和(?:国(?!发|办|函)|信息化|城乡|改革|计划生育|社会保障|旅游)"
_BEFORE_TITLE = re.compile(r"(?:文件|文)?\s?")
_BEHIND_TITLE = re.compile(rf"\s?[(（\[【]?\s?(?:{_STATE})?")
_ISSUED = re.compile(r"关于(?:印发|转发|批转|下发|发布|公布|颁发)(?P<inner>.+)的通知$")
_SHORT = re.compile(r"[((（,，]?\s?以?下?简?称(?:为)?[《“\"](?P<short>[^》”\"]{1,30})[》”\"]")


@dataclass(frozen=True)
class CitationMention:
    """One document cited: ``text[start:end] == as_written``.

    ``title`` and ``document_number`` are normalised; either may be None, never both.
    """

    start: int
    end: int
    as_written: str
    title: str | None
    document_number: str | None


@cache
def _words(kind: str) -> str:
    """Words of one kind as an alternation, longest first."""
    table = (files("planddiff") / "data" / "citation_words.csv").read_text(encoding="utf-8")
    words = [row["word"] for row in csv.DictReader(table.splitlines()) if row["kind"] == kind]
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def normalise_title(title: str) -> str:
    """Name a document by one spelling of its title.

    White space, quotation marks and the outer 《》 go; brackets and dashes become half-width, inner
    title marks 《》; an issuer before 关于 goes; and a notice that only hands down another document
    (关于印发…的通知) is named by what it hands down. Words such as 试行 and years stay: they tell
    versions apart.

    Examples
    --------
    >>> normalise_title("《浙江省人民政府关于印发〈浙江省促进大数据发展实施计划〉的通知》")
    '浙江省促进大数据发展实施计划'
    >>> normalise_title("国务院关于积极推进“互联网＋”行动的指导意见")
    '关于积极推进互联网+行动的指导意见'
    """
    text = unicodedata.normalize("NFKC", title)
    text = re.sub("[\\s“”‘’\"'「」『』]", "", text)
    text = text.translate(str.maketrans("〈〉<>—–~", "《》《》---"))
    while (inner := _unwrapped(text)) != text:
        text = inner
    return text


def _unwrapped(text: str) -> str:
    if text.startswith("《") and _title_end(text, 0) == len(text):
        return text[1:-1]
    issued = _ISSUED.search(text)
    if issued and (issued.start() == 0 or _is_issuer(text[: issued.start()])):
        return issued["inner"]
    matter = text.find("关于")
    return text[matter:] if matter > 0 and _is_issuer(text[:matter]) else text


def _is_issuer(name: str) -> bool:
    return "《" not in name and bool(re.search(f"(?:{_words('issuer_end')})$", name))


def normalise_number(number: str) -> str:
    """Give a document number one spelling: year in 〔〕, Arabic digits, no blanks.

    Parameters
    ----------
    number : str
        A number in any bracket, or that of a decree or proclamation. Other text comes back
        without its white space.

    Examples
    --------
    >>> normalise_number("浙政发【2012】041号")
    '浙政发〔2012〕41号'
    >>> normalise_number("国务院令（第 722 号）")
    '国务院令第722号'
    """
    text = re.sub(r"\s", "", number)
    found = _NUMBER.fullmatch(text)
    if found:
        return f"{found['code']}〔{found['year']}〕{int(found['serial'])}号"
    decree = _DECREE.fullmatch(text)
    if decree:
        serial = int(read_number(decree["serial"]))
        return f"{decree['code']}{decree['year'] or ''}第{serial}号"
    return text


def _title_end(text: str, start: int) -> int | None:
    """End of the title that opens at ``start``, with whatever is nested in it."""
    depth = 0
    for position in range(start, min(len(text), start + _LONGEST_TITLE)):
        if text[position] == "\n":
            return None
        depth += (text[position] in _OPEN) - (text[position] in _CLOSE)
        if depth == 0:
            return position + 1
    return None


def _titles(text: str) -> Iterator[tuple[int, int]]:
    position = text.find("《")
    while position >= 0:
        end = _title_end(text, position)
        if end is not None and end - position > 2:
            yield position, end
        position = text.find("《", end or position + 1)


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Spans of numbers, each without the words of the sentence that run into its issuer code."""
    if "号" not in text:
        return
    lead_in = re.compile(rf".*(?:{_STATE}|(?!{_JOINED})(?:{_words('lead_in')}))")
    for pattern in (_NUMBER, _DECREE):
        for found in pattern.finditer(text):
            running = lead_in.match(found["code"])
            cut = running.end() if running else 0
            if cut < len(found["code"]):
                yield found.start() + cut, found.end()


def _number_of(
    text: str, start: int, end: int, numbers: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Span of the number that belongs to the title at ``start:end``."""
    for low, high in numbers:
        if low >= end and _BEHIND_TITLE.fullmatch(text, end, low):
            return low, high
        if high <= start and _BEFORE_TITLE.fullmatch(text, high, start):
            return low, high
    return None


def find_citations(text: str) -> list[CitationMention]:
    """Every document that an item cites.

    A number in a bracket behind its title, or directly before it, belongs to the title; other
    numbers stand alone. A short form that the item itself introduces (以下简称《意见》) carries the
    title it stands for.

    Parameters
    ----------
    text : str
        Canonical text of one item.

    Returns
    -------
    list of CitationMention
        In order of ``start``, not overlapping.

    Examples
    --------
    >>> text = "落实《浙江省促进大数据发展实施计划》(浙政发【2016】6号)和国发[2015]50号文件。"
    >>> for mention in find_citations(text):
    ...     print(mention.title, mention.document_number)
    浙江省促进大数据发展实施计划 浙政发〔2016〕6号
    None 国发〔2015〕50号
    """
    titles = list(_titles(text))
    numbers = sorted(
        (start, end)
        for start, end in _numbers(text)
        if not any(low <= start < high for low, high in titles)
    )
    mentions: list[CitationMention] = []
    shorts: dict[str, tuple[str, str | None]] = {}
    for start, end in titles:
        if re.search(r"简称为?$", text[:start]):
            continue
        title, number = normalise_title(text[start:end]), None
        own = _number_of(text, start, end, numbers)
        if own:
            numbers.remove(own)
            number = normalise_number(text[slice(*own)])
            closed = own[0] >= end and text[own[1] : own[1] + 1] in ")）】]"
            start, end = min(start, own[0]), max(end, own[1] + closed)
        elif title in shorts:
            title, number = shorts[title]
        introduced = _SHORT.match(text, end)
        if introduced:
            shorts[normalise_title(introduced["short"])] = (title, number)
        mentions.append(CitationMention(start, end, text[start:end], title, number))
    for start, end in numbers:
        number = normalise_number(text[start:end])
        mentions.append(CitationMention(start, end, text[start:end], None, number))
    return sorted(mentions, key=lambda mention: mention.start)
