"""The example series that ships with planddiff: one real plan and four constructed neighbours."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from planddiff.plan import Plan, read_plans


def example_folder() -> Path:
    """Folder that holds the example texts.

    An installed package carries them inside; a checkout keeps the same files beside the package.

    Examples
    --------
    >>> sorted(path.name for path in example_folder().glob("*.txt"))[0]
    'zhejiang-2014.txt'
    """
    package = Path(str(resources.files("planddiff")))
    inside = package / "seeds"
    return inside if inside.is_dir() else package.parent / "seeds"


def load_example() -> list[Plan]:
    """Read the example series, 浙江省信息化工作要点 2014-2018.

    Five plans of 37 to 39 items. 2016 is the real document of the Zhejiang provincial
    informatisation office (浙江省信息化工作领导小组办公室, 2016-04-06). The other four years are
    constructed for this example and say so in their first line: their figures, agencies and
    projects are invented and must not be quoted as policy. ``plan.constructed`` tells them apart.

    Returns
    -------
    list of Plan
        One plan per year, in order.

    Examples
    --------
    >>> [(plan.year, len(plan.items)) for plan in load_example()]
    [(2014, 37), (2015, 39), (2016, 37), (2017, 39), (2018, 39)]
    """
    return read_plans(sorted(example_folder().glob("zhejiang-*.txt")))
