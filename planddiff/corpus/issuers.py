"""One spelling for every issuing body, so that its plans stand together."""

from __future__ import annotations

import re

from planddiff.fields.agency_register import load_register
from planddiff.places import places_called, provinces, the_place
from planddiff.plan_issuer import joint

_STATE = re.compile(r"^中华人民共和国(?=.{2})")
_BARE_GOVERNMENT = re.compile(r"(?<=[省市州盟旗县区])政府")
_OWN = re.compile(
    r"^(自治区|自治州|自治县|省|市|州|盟|旗|县|区)(?=人民政府|政府|委|[^区州县长级属直])"
)
_TODAY = 9999
_GOVERNS = re.compile("(?:人民)?政府")
_DIVISION = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|州|盟|旗|县|区)"
)


def issuer_name(issuer: str, region: str = "") -> str:
    """The issuer as all its documents name it.

    Blanks go, several bodies stand with ``、`` between, 政府 is 人民政府, a place stands in full
    and alone where its name is unique, and short names of departments are those of the register
    of agencies. A name that none of this fits is returned as it stands.

    Parameters
    ----------
    issuer : str
        As the document has it.
    region : str
        The place of the plan, for names such as 市政府.

    Examples
    --------
    >>> issuer_name("浙江省政府办公厅"), issuer_name("浙江省杭州市人民政府")
    ('浙江省人民政府办公厅', '杭州市人民政府')
    >>> issuer_name("市政府", "杭州市"), issuer_name("黔东南州人民政府")
    ('杭州市人民政府', '黔东南苗族侗族自治州人民政府')
    >>> issuer_name("科学技术部 财 政 部"), issuer_name("中华人民共和国农业部")
    ('科技部、财政部', '农业部')
    """
    return "、".join(dict.fromkeys(_one(body, region) for body in joint(issuer).split("、")))


def issuer_today(issuer: str) -> str:
    """The body that holds the issuer's place today: renames and mergers followed forward.

    Examples
    --------
    >>> issuer_today("浙江省经济和信息化委"), issuer_today("农业部、国务院")
    ('浙江省经济和信息化厅', '农业农村部、国务院')
    """
    register = load_register()
    return "、".join(issuer_name(register.harmonise(each, _TODAY)) for each in issuer.split("、"))


def _one(body: str, region: str) -> str:
    body = _STATE.sub("", body)
    if region and (own := _OWN.match(body)) and region.endswith(own[1][-1]):
        body = region + body.removeprefix(own[1])
    body = load_register().canonical(body)
    place, rest = _leading_place(body)
    return _BARE_GOVERNMENT.sub("人民政府", place + rest)


def _leading_place(body: str) -> tuple[str, str]:
    """The place that a name begins with, as it is officially called, and what follows."""
    parts: list[str] = []
    rest = body
    for each in provinces():
        written = each.name if body.startswith(each.name) else each.short
        behind = body.removeprefix(written)
        spelled_out = written == each.name or _GOVERNS.match(behind) or _division(behind)
        if behind != body and spelled_out:
            parts, rest = [each.name], behind
            break
    while found := _division(rest):
        name, rest = found
        parts.append(name)
    if not rest:
        return body, ""
    alone = parts[-1:] if parts and the_place(parts[-1]) is not None else parts[-2:]
    return "".join(alone), rest


def _division(text: str) -> tuple[str, str] | None:
    """The division that a text begins with, and what follows."""
    hit = _DIVISION.match(text)
    names = {each.name for each in places_called(hit[0])} if hit else set()
    if hit is None or not any(name[-1] == hit[0][-1] for name in names):
        return None
    return names.pop() if len(names) == 1 else hit[0], text[hit.end() :]
