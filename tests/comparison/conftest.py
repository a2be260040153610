from __future__ import annotations

import pytest

from planddiff.comparison import Comparison, compare
from planddiff.examples import load_example
from planddiff.plan import Plan


@pytest.fixture(scope="session")
def example() -> list[Plan]:
    return load_example()


@pytest.fixture(scope="session")
def comparison(example: list[Plan]) -> Comparison:
    return compare(example[1], example[2])
