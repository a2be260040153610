from __future__ import annotations

from collections.abc import Iterator

import matplotlib
import pandas as pd
import pytest

from planddiff.charts import fonts

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    """Leave no figure, no chosen font and no changed setting behind a test."""
    from matplotlib import pyplot as plt

    before = matplotlib.rcParams.copy()
    yield
    plt.close("all")
    fonts.set_font(None)
    assert matplotlib.rcParams == before


@pytest.fixture
def no_chinese_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose only fonts are those that matplotlib brings, without the extra."""
    monkeypatch.setattr(fonts, "_installed", list)
    monkeypatch.setattr(fonts, "_from_extra", list)
    fonts.cjk_font.cache_clear()
    yield
    fonts.cjk_font.cache_clear()


@pytest.fixture
def sources() -> pd.DataFrame:
    """The example series: 2016 is the real document."""
    return pd.DataFrame(
        {
            "year": [2014, 2015, 2016, 2017, 2018],
            "issuer": "浙江省信息化工作领导小组办公室",
            "constructed": [True, True, False, True, True],
        }
    )
