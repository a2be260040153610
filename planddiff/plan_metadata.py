"""What a plan says about itself: title, series, years, issuer, region, level, number, date."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import PurePath

from planddiff.outline.regions import DATE_LINE, Regions
from planddiff.outline.spans import Segment
from planddiff.outline.words import alternatives

_TITLE = re.compile(
    rf"(?:.{{2,60}}(?:{alternatives('kind')})|.{{0,20}}一号文件)"
    r"(?:(?:稿|版|本|的通知)?[(（〔].{1,24}[)）〕])?(?:修订版|修订稿)?"
)
_NO_TITLE = re.compile(
    r"^(?:现将|现在|根据|为|按照|请|附件|报告分)|[。;；，,：:!！?？]$|^第.{1,4}[条章节]"
)
_WRAPPED = re.compile(
    r"(?:印发|发布|下发|转发|批转)(?:了)?《([^》]{4,80})》(?:等.{0,8})?(?:的(?:通知|函|公告))?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s?年?\s?[-—–－~至到]{1,2}\s?((?:19|20)?\d{2})\s?年?(?!\d)"
)
_FULL_DATE = re.compile(r"((?:19|20)\d{2})\s?[年\-./]\s?(\d{1,2})\s?[月\-./]\s?(\d{1,2})\s?日?")
_CN_DATE = re.compile(
    r"([一二][〇○零九][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,14}\s?[〔\[(【][12]\d{3}[〕\])】]\s?第?\s?\d{1,4}\s?号"
)
_CITED = re.compile(r"[。；;《]|根据|按照|依据|贯彻|落实")
_STATED = re.compile(
    r"(?:发文机关|发布机构|制定机关|发文单位|印发机关|发布单位)\s*[:：]\s*(\S{3,40})"
)
_BODY = re.compile(
    rf"(?!关于|为|根据|按照|各)[\u4e00-\u9fff\s()、]{{2,60}}(?:{alternatives('body')})"
)
_ISSUED = re.compile(
    rf"((?!关于|为|根据|按照|各)[\u4e00-\u9fff\s()、]{{2,60}}?(?:{alternatives('body')}))\s?关于"
)
_REPORT = re.compile(r"[^,，。;；:：]{0,20}政府工作报告")
_REPORT_OPENING = re.compile(r"向(?:大会|.{2,20}会议).{0,6}报告.{0,14}工作|作.{0,3}政府工作报告")
_TASKS_OF = re.compile(
    r"((?:19|20)\d{2})年.{0,10}(?:工作安排|任务|重点工作|总体要求|工作部署|工作重点|工作的?总体|主要工作)"
)
_REVIEW_OF = re.compile(r"((?:19|20)\d{2})年.{0,6}工作(?:情况)?(?:回顾|总结)")
_MINISTRY = re.compile(
    r"^(?!省|市|县|区)[\u4e00-\u9fff、]{2,12}部(?:办公厅)?$|^[\u4e00-\u9fff]{2,10}总局"
)
_SESSION = re.compile(
    r"[-—]*\s?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)?在(.{2,24}?)(?:第.{1,4}届)?人民代表大会"
)
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:自治区|自治州|特别行政区|生产建设兵团|省|市|州|县|盟)|[\u4e00-\u9fff]{2,5}?区(?=人民|政府|委|办)"
)
_NO_PLACE = re.compile(
    r"关于|国务院|全国|中华|国家|.{0,3}城市|智慧|数字|推进|推动|促进|加快|进一步|加强|实施|省|市|县|区|自治"
)
_EDITION = re.compile(
    r"[(（〔](?:示例|修订版?|修订稿|征求意见稿|试行|暂行|草案|送审稿|(?:19|20)\d{2}[^)）]{0,8}|第[一二三四五六七八九十\d]+版)[)）〕]"
    r"|第[一二三四五六七八九十\d]+版|(?<=.)(?:修订版|修订稿|征求意见稿)"
)
_PRINTED = re.compile(r"星期|农历|打印|浏览|访问")
_CONSTRUCTED = re.compile(r"【[^】]*(?:构造|虚构|并非官方|非官方|模拟)[^】]*】")
_CN_DIGIT = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


@dataclass(frozen=True)
class Metadata:
    """What a document says of itself; an empty text or ``None`` where it does not say."""

    title: str
    series_title: str
    year: int | None
    years: tuple[int, ...]
    issuer: str
    region: str
    level: str
    document_number: str
    date: date | None
    constructed: bool


def read_metadata(
    text: str, segments: Sequence[Segment], regions: Regions, first_item: int, name: str
) -> Metadata:
    """Read the metadata from the text before the first item and behind the last.

    Parameters
    ----------
    text : str
        Canonical text.
    segments : sequence of Segment
        Its paragraphs.
    regions : Regions
        Where the plan begins and ends.
    first_item : int
        Offset of the first item or heading.
    name : str
        Name of the source, which helps where the text says nothing.
    """
    head = [_said(text, each) for each in segments if each.start < first_item][:60]
    tail = [text[s.start : s.end] for s in segments[regions.back :]][:12]
    stem = PurePath(name).stem.strip("<>")
    title = _title(head, regions)
    written = _date([*head, *tail])
    headings = [text[s.start : s.end] for s in segments if s.end - s.start <= 40]
    years = _years(title) or _years_of_session(head) or _years(stem) or _year_of_tasks(headings)
    if not years and written is not None:
        years = (written.year,)
    place = _place(head, title, stem)
    issuer = _issuer(head, tail, title, place)
    region, level = _region(issuer, place)
    return Metadata(
        title=title or stem,
        series_title=series_title(title or stem),
        year=years[0] if years else None,
        years=years,
        issuer=issuer or region,
        region=region,
        level=level,
        document_number=_document_number(head),
        date=written,
        constructed=any(_CONSTRUCTED.search(line) for line in head[:2]),
    )


def _said(text: str, segment: Segment) -> str:
    """A paragraph; of a row of one cell, or of one merged across the table, what it says once."""
    line = text[segment.start : segment.end]
    said = {cell.strip() for cell in re.split(r"[|\t]", line)} - {""}
    return said.pop() if len(said) == 1 else line


def series_title(title: str) -> str:
    """The title without years and edition words: what the editions of a series share.

    Examples
    --------
    >>> series_title("2016年浙江省信息化工作要点"), series_title("数字山东2019行动方案")
    ('浙江省信息化工作要点', '数字山东行动方案')
    >>> series_title("关于印发《智慧城市行动计划(2021-2023年)》的通知")
    '智慧城市行动计划'
    """
    inner = _WRAPPED.search(title)
    bare = inner[1] if inner else title
    bare = _EDITION.sub("", bare)
    bare = re.sub(r"[(（〔]\s*[)）〕]", "", _YEARS.sub("", bare))
    bare = re.sub(r"(?:19|20)\d{2}\s?年?(?:度(?!假))?", "", bare)
    return re.sub(r"[\s《》]", "", bare)


def _title(head: Sequence[str], regions: Regions) -> str:
    if regions.announced:
        return regions.announced
    for place, line in enumerate(head):
        bare = line.strip("*# 　")
        wrapped = _WRAPPED.search(bare)
        if wrapped and len(bare) <= 120 and not _NO_TITLE.search(bare):
            return wrapped[1]
        if len(bare) <= 70 and _TITLE.fullmatch(bare) and not _NO_TITLE.search(bare):
            before = head[place - 1].strip("*# ") if place else ""
            if 4 <= len(before) <= 40 and "关于" in before and not _TITLE.fullmatch(before):
                return before + bare
            return bare
    report = next((hit[0] for line in head[:6] if (hit := _REPORT.match(line))), "")
    if report:
        return report
    if any(_REPORT_OPENING.search(line) for line in head):
        return "政府工作报告"
    named = (line for line in head if len(line) <= 40 and _YEAR.match(line))
    return next((line for line in named if not _NO_TITLE.search(line) and not _is_date(line)), "")


def _is_date(line: str) -> bool:
    return DATE_LINE.fullmatch(line) is not None or _read_date(line) is not None


def _years(title: str) -> tuple[int, ...]:
    span = _YEARS.search(title)
    if span:
        first = int(span[1])
        last = int(span[2]) if len(span[2]) == 4 else int(span[1][:2] + span[2])
        if first <= last <= first + 30:
            return tuple(range(first, last + 1))
    found = _YEAR.findall(title)
    return (int(found[0]),) if found else ()


def _years_of_session(head: Sequence[str]) -> tuple[int, ...]:
    for line in head[:25]:
        if _SESSION.search(line) and (dated := _FULL_DATE.search(line)):
            return (int(dated[1]),)
    return ()


def _year_of_tasks(headings: Sequence[str]) -> tuple[int, ...]:
    """The year whose tasks a heading announces, or the one after the year looked back on."""
    ahead = [int(hit[1]) for line in headings if (hit := _TASKS_OF.search(line))]
    back = [int(hit[1]) + 1 for line in headings if (hit := _REVIEW_OF.search(line))]
    found = ahead or back
    return (max(found),) if found else ()


def _document_number(head: Sequence[str]) -> str:
    """The number on a line of its own, labelled, or behind the title; not one that is cited."""
    for line in head:
        hit = _NUMBER.search(line)
        if hit and len(line) <= 60 and not _CITED.search(line, 0, hit.end()):
            return hit[0]
    return ""


def _date(lines: Sequence[str]) -> date | None:
    """The date of the signature, else the first full date that stands alone or in brackets."""
    alone = [line for line in lines if DATE_LINE.fullmatch(line)]
    labelled = [line for line in lines if re.match(r"(?:成文|印发|发布|签发)日期", line)]
    session = [line for line in lines if _SESSION.search(line)]
    for line in (
        *alone,
        *labelled,
        *session,
        *(each for each in lines if len(each) < 60 and not _PRINTED.search(each)),
    ):
        found = _read_date(line)
        if found:
            return found
    return None


def _read_date(line: str) -> date | None:
    hit = _FULL_DATE.search(line)
    if hit:
        parts = [int(part) for part in hit.groups()]
    elif chinese := _CN_DATE.search(line):
        numbers = {"十": "10"} | _CN_DIGIT
        year = int("".join(_CN_DIGIT[c] for c in chinese[1]))
        parts = [year, *(_small(part, numbers) for part in chinese.groups()[1:])]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _small(numeral: str, numbers: dict[str, str]) -> int:
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return int("".join(numbers[c] for c in numeral))
    return 10 * (int(numbers[tens]) if tens else 1) + (int(numbers[ones]) if ones else 0)


def _issuer(head: Sequence[str], tail: Sequence[str], title: str, place: str) -> str:
    for line in head:
        if stated := _STATED.match(line):
            return re.sub(r"\s", "", stated[1])
    for lines in (head, tail):
        for line, following in pairwise(lines):
            if DATE_LINE.fullmatch(following) and len(line) <= 60 and _BODY.fullmatch(line):
                return re.sub(r"\s", "", line)
    for line in (title, *head[:12]):
        issued = _ISSUED.match(line)
        if issued and len(line) <= 120:
            return re.sub(r"\s", "", issued[1])
    if title.endswith("政府工作报告"):
        if any(re.search("代表国务院|国务院总理", line) for line in head):
            return "国务院"
        return f"{place}人民政府" if place else ""
    for line in tail:
        if printed := re.match(rf"({_BODY.pattern})\s*\d{{4}}年", line):
            return re.sub(r"\s", "", printed[1])
    return ""


@cache
def _provinces() -> tuple[tuple[str, str], ...]:
    with (files("planddiff") / "data" / "regions.csv").open(encoding="utf-8") as file:
        return tuple((row["name"], row["short"]) for row in csv.DictReader(file))


def _place(head: Sequence[str], title: str, stem: str) -> str:
    """The place whose people's congress met, or that the title or the name of the file names."""
    session = [hit[2] for line in head[:20] if (hit := _SESSION.search(line))]
    for named in (*session, re.sub(r"^(?:19|20)\d{2}年?", "", title), stem):
        for full, short in _provinces():
            if short in named:
                inner = _PLACE.match(named.partition(full if full in named else short)[2])
                return inner[0] if inner and not full.endswith("市") else full
        if (hit := _PLACE.match(named)) and not _NO_PLACE.match(named):
            return hit[0]
    return ""


def _region(issuer: str, place: str) -> tuple[str, str]:
    """Region and level, by the issuer where it names a place."""
    for full, short in _provinces():
        if issuer.startswith(short):
            inner = _PLACE.match(issuer.removeprefix(full).removeprefix(short))
            if inner is None or full.endswith("市"):
                return full, "province"
            return inner[0], level_of(inner[0])
    if re.match(r"国务院|中共中央|中央|国家|全国|最高", issuer) or _MINISTRY.search(issuer):
        return "全国", "national"
    own = _PLACE.match(issuer)
    found = own[0] if own and not _NO_PLACE.match(issuer) else place
    return (found, level_of(found)) if found else ("", "")


def level_of(place: str) -> str:
    """``national``, ``province``, ``prefecture`` or ``county``, by the name of the place."""
    if place == "全国":
        return "national"
    if any(place == full for full, _ in _provinces()):
        return "province"
    return "county" if place.endswith(("县", "区")) else "prefecture"
