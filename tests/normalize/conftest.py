import pytest

import planddiff as pdd


@pytest.fixture(scope="session")
def plan_2016():
    return pdd.load_example()[2]
