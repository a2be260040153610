from __future__ import annotations

import pytest

from planddiff.examples import load_example
from planddiff.plan import Plan
from planddiff.tracks.result import Tracks
from planddiff.tracks.track import track


@pytest.fixture(scope="session")
def example() -> list[Plan]:
    return load_example()


@pytest.fixture(scope="session")
def tracks(example: list[Plan]) -> Tracks:
    return track(example)
