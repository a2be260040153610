import pytest

from planddiff import compare, load_example, track


@pytest.fixture(scope="package")
def plans():
    return load_example()


@pytest.fixture(scope="package")
def comparison(plans):
    return compare(plans[1], plans[2])


@pytest.fixture(scope="package")
def tracks(plans):
    return track(plans)
