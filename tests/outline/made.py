"""Constructed plans: random trees of headings and items, and their printing as text."""

from dataclasses import dataclass

from hypothesis import strategies as st

CHARS = "建设平台推进应用加快融合完善体系提升能力培育企业开展示范数据共享服务农村智慧城市网络安全"
CN = "零一二三四五六七八九十"


def chinese(number):
    tens, ones = divmod(number, 10)
    if tens == 0:
        return CN[ones]
    return ("" if tens == 1 else CN[tens]) + "十" + ("" if ones == 0 else CN[ones])


STYLES = {
    "cn_dun": lambda n: f"{chinese(n)}、",
    "cn_paren": lambda n: f"（{chinese(n)}）",
    "cn_paren_half": lambda n: f"({chinese(n)})",
    "ar_dot": lambda n: f"{n}.",
    "ar_dot_wide": lambda n: f"{n}．",
    "ar_dun": lambda n: f"{n}、",
}
SCHEMES = [
    ("cn_dun", "ar_dot", "running"),
    ("cn_dun", "ar_dot", "restarting"),
    ("cn_dun", "cn_paren", "running"),
    ("cn_dun", "cn_paren_half", "restarting"),
    ("cn_dun", "ar_dot_wide", "running"),
    ("cn_dun", "ar_dun", "restarting"),
]


@dataclass(frozen=True)
class Item:
    number: str
    section: str
    title: str
    body: str


@dataclass(frozen=True)
class Made:
    """A constructed plan: its title, sections with their printed numbers, and items."""

    title: str
    sections: tuple
    items: tuple

    def lines(self):
        yield self.title
        for number, name in self.sections:
            yield f"{number}{name}"
            for item in self.items:
                if item.section == name:
                    yield f"{item.number}{item.title}。{item.body}"


def phrase(low, high):
    return st.text(CHARS, min_size=low, max_size=high)


def sentences(low, high):
    return (
        st.lists(phrase(8, 30), min_size=low, max_size=high)
        .map("，".join)
        .map(lambda text: text + "。")
    )


@st.composite
def plans(draw, bodies=None):
    bodies = bodies if bodies is not None else sentences(1, 4)
    top, inner, way = draw(st.sampled_from(SCHEMES))
    names = draw(st.lists(phrase(5, 14), min_size=1, max_size=4, unique=True))
    sections = tuple((STYLES[top](i), name) for i, name in enumerate(names, start=1))
    items, count = [], 0
    for name in names:
        count = count if way == "running" else 0
        for _ in range(draw(st.integers(1, 4))):
            count += 1
            title, body = draw(phrase(4, 20)), draw(bodies)
            items.append(Item(STYLES[inner](count), name, title, body))
    return Made("2020年云州市示例工作要点", sections, tuple(items))
