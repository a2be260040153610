"""What a plan says about itself: title, series, years, issuer, region, level, number, date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from planddiff.outline.regions import DATE_LINE, Regions
from planddiff.outline.spans import Segment
from planddiff.outline.words import alternatives
from planddiff.places import NATION, level_of, places_called, provinces, the_place
from planddiff.plan_issuer import find_issuer, report_issuer

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
_FIVE_YEARS = re.compile(r"[“\"]([三四五六七八九]|十[一二三四五六七八九]?)五[”\"]")
_FULL_DATE = re.compile(r"((?:19|20)\d{2})\s?[年\-./]\s?(\d{1,2})\s?[月\-./]\s?(\d{1,2})\s?日?")
_CN_DATE = re.compile(
    r"([一二][〇○零九][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,14}\s?[〔\[(【][12]\d{3}[〕\])】]\s?第?\s?\d{1,4}\s?号"
)
_CITED = re.compile(r"[。；;《]|根据|按照|依据|贯彻|落实")
_REPORT = re.compile(r"[^,，。;；:：]{0,20}政府工作报告")
_REPORT_OPENING = re.compile(
    r"向(?:大会|.{2,20}会议).{0,6}报告.{0,14}工作|作.{0,3}政府工作报告"
    r"|代表.{0,20}(?:政府|行署|行政公署).{0,12}作.{0,3}工作报告"
)
_SPEAKS = re.compile(r"代表([\u4e00-\u9fff]{0,12}?)(?:(?:人民)?政府|行署|行政公署)")
_TASKS_OF = re.compile(
    r"((?:19|20)\d{2})年.{0,10}(?:工作安排|任务|重点工作|总体要求|工作部署|工作重点|工作的?总体|主要工作|奋斗目标)"
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
_OF_NAME = "the year is that of the name of the source"
_PRINTED = re.compile(r"星期|农历|打印|浏览|访问")
_CONSTRUCTED = re.compile(r"【[^】]*(?:构造|虚构|并非官方|非官方|模拟)[^】]*】")
_CN_DIGIT = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_CN_NUMBER = {"十": "10"} | _CN_DIGIT


@dataclass(frozen=True)
class Metadata:
    """What a document says of itself; an empty text or ``None`` where it does not say.

    ``guesses`` names the fields that something else than the document's own head or signature
    tells, with what it is.
    """

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
    guesses: Mapping[str, str]


def read_metadata(
    text: str,
    segments: Sequence[Segment],
    regions: Regions,
    first_item: int,
    name: str,
    region: str | None = None,
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
    region : str, optional
        The place, where it is known beforehand.
    """
    head = [_said(text, each) for each in segments if each.start < first_item][:60]
    tail = [text[s.start : s.end] for s in segments[regions.back :]][:12]
    opening = [*head, *(text[s.start : s.end][:200] for s in segments[len(head) : 8])]
    names = _names(name)
    title = _title(head, opening, regions)
    if not title.endswith("政府工作报告"):
        opening = head
    guesses: dict[str, str] = {}
    written = _date([*head, *tail])
    headings = [text[s.start : s.end] for s in segments if s.end - s.start <= 40]
    years = _years(title) or _years_of_session(opening)
    if not years:
        years, guesses["year"] = _guessed_years(names, headings, text if title else "", written)
    known = the_place(region) if region else None
    place = known.name if known else region or _place(opening, title)
    if not place and (place := _place_of_names(names, opening)):
        guesses["region"] = "the place is that of the name of the source"
    issuer = find_issuer(head, tail, title) or report_issuer(title, opening, place)
    if not issuer and not title and (issuer := find_issuer((), (), names[0])):
        guesses["issuer"] = "the issuer is that of the name of the source"
    found, level = (region, level_of(region)) if region else region_of(issuer, place)
    if found != place:
        guesses.pop("region", "")
    if not issuer and found:
        guesses["issuer"] = "who issued it is not stated; its place stands for the issuer"
    return Metadata(
        title=title or names[0],
        series_title=series_title(title or names[0]),
        year=years[0] if years else None,
        years=years,
        issuer=issuer or found,
        region=found,
        level=level,
        document_number=_document_number(head),
        date=written,
        constructed=any(_CONSTRUCTED.search(line) for line in head[:2]),
        guesses={field: why for field, why in guesses.items() if why},
    )


def _names(source: str) -> list[str]:
    """What the source is called: the stem of the file, then the folders that it lies in."""
    path = PurePath(source)
    folders = [] if "://" in source else [each for each in path.parts[-2::-1] if each != "/"]
    return [path.stem.strip("<>"), *folders]


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


def _title(head: Sequence[str], opening: Sequence[str], regions: Regions) -> str:
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
    if any(_REPORT_OPENING.search(line) for line in opening):
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
    found = re.findall(rf"{_YEAR.pattern}(?=\s?年)", title) or _YEAR.findall(title)
    if found:
        return (int(found[0]),)
    planned = _FIVE_YEARS.search(title)
    if planned is None:
        return ()
    # The third of these plans began in 1966, and each since begins where the one before ends.
    first = 1966 + 5 * (_small(planned[1], _CN_NUMBER) - 3)
    return tuple(range(first, first + 5))


def _guessed_years(
    names: Sequence[str], headings: Sequence[str], report: str, written: date | None
) -> tuple[tuple[int, ...], str]:
    """The years where the title does not say, and what says it instead."""
    stem, *folders = names
    if years := _years(stem):
        return years, _OF_NAME
    if years := _year_of_tasks(headings):
        return years, ""
    if written is not None:
        return (written.year,), "the year is that of the date"
    # A report looks back on the year that it names first.
    first = _YEAR.search(report, 0, 2000)
    if first and f"{int(first[1]) + 1}年" in report:
        return (int(first[1]) + 1,), "the year is the one after the year looked back on"
    for each in folders:
        if years := _years(each):
            return years, _OF_NAME
    return (), ""


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
        year = int("".join(_CN_DIGIT[c] for c in chinese[1]))
        parts = [year, *(_small(part, _CN_NUMBER) for part in chinese.groups()[1:])]
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


def _place(opening: Sequence[str], title: str) -> str:
    """The place whose people's congress met, whose government speaks, or that the title names."""
    session = [hit[2] for line in opening[:20] if (hit := _SESSION.search(line))]
    speaks = [hit[1] for line in opening[:20] if (hit := _SPEAKS.search(line))]
    for named in (*session, *speaks, re.sub(r"^(?:19|20)\d{2}年?", "", title)):
        if found := _named(named):
            return found
    return ""


def _place_of_names(names: Sequence[str], opening: Sequence[str]) -> str:
    """The place that the source is called after: 杭州.txt, 2020/杭州市政府工作报告.txt."""
    speaks = [hit[1] for line in opening[:20] if (hit := _SPEAKS.search(line))]
    ends = next((each for each in speaks if each in ("省", "市", "州", "盟", "县", "区")), "")
    for name in names:
        for word in re.findall(r"[\u4e00-\u9fff]{2,}", name):
            bare = re.sub(r"(?:(?:人民)?政府)?工作报告$", "", word)
            if known := the_place(bare, ends=ends):
                return known.name
        if found := _named(name):
            return found
    return ""


def _named(text: str) -> str:
    """The place that a title or name is about."""
    first = _PLACE.match(text)
    if first and any(each.level != "province" for each in places_called(first[0])):
        return first[0]
    for each in provinces():
        if each.short in text:
            rest = text.partition(each.name if each.name in text else each.short)[2]
            return _inside(each.name, rest) or each.name
    return first[0] if first and not _NO_PLACE.match(text) else ""


def _inside(province: str, rest: str) -> str:
    """The place within a province that the text behind its name begins with."""
    inner = _PLACE.match(rest)
    known = inner is not None and (not province.endswith("市") or places_called(inner[0]))
    return inner[0] if inner and known else ""


def region_of(issuer: str, place: str) -> tuple[str, str]:
    """Region and level, by the issuer where it names a place; of several issuers by the first."""
    issuer = issuer.partition("、")[0]
    own = _PLACE.match(issuer)
    if own and any(each.level != "province" for each in places_called(own[0])):
        return own[0], level_of(own[0])
    for each in provinces():
        if issuer.startswith(each.short):
            rest = issuer.removeprefix(each.name).removeprefix(each.short)
            found = _inside(each.name, rest) or each.name
            return found, level_of(found)
    if re.match(r"国务院|中共中央|中央|国家|中国|中华|全国|最高", issuer) or _MINISTRY.search(
        issuer
    ):
        return NATION, "national"
    found = own[0] if own and not _NO_PLACE.match(issuer) else place
    return (found, level_of(found)) if found else ("", "")
