"""The desk under test, and a browser-like client that speaks to it from its own pages."""

import warnings

import pytest

with warnings.catch_warnings():
    # Starlette would have its test client moved to another HTTP library; until then this one is ours already.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from tests.web.fakedesk import FakeDesk
from uncounted.web.app import create_app

OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def client(desk: FakeDesk) -> TestClient:
    return TestClient(create_app(desk, "Rana"), base_url="http://127.0.0.1", headers=OWN, follow_redirects=False)
