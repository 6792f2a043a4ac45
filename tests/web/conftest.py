"""The desk under test, and a browser-like client that speaks to it from its own pages."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

with warnings.catch_warnings():
    # Starlette would have its test client moved to another HTTP library; until then this one is ours already.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from tests.web.invented_case import BY, accept_all, built
from uncounted.case import people
from uncounted.case.desk import CaseDesk
from uncounted.model.roles import Role
from uncounted.web.app import create_app
from uncounted.web.door import COOKIE, Door

OWN = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "four words in a row"


def visitor(desk: CaseDesk, door: Door | None = None) -> TestClient:
    """A client that nobody let in yet."""
    app = create_app(desk, door or Door(desk.people, BY))
    return TestClient(app, base_url="http://127.0.0.1", headers=OWN, follow_redirects=False)


def seated(desk: CaseDesk) -> TestClient:
    """A client whose person came in by the one-time address."""
    door = Door(desk.people, BY)
    client = visitor(desk, door)
    client.get(f"/enter/{door.ticket}")
    return client


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing passwords is made to be slow; what is tested here is not how slow."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(people, "hasher_of_passwords", lambda: cheap)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CaseDesk]:
    made = built(tmp_path / "case")
    yield made
    made.close()
    made.case.close()


@pytest.fixture
def client(desk: CaseDesk) -> TestClient:
    return seated(desk)


@pytest.fixture
def accepted(desk: CaseDesk) -> CaseDesk:
    """The desk with every claim accepted, so that it has incidents and a toll."""
    accept_all(desk)
    return desk


@pytest.fixture
def as_one(desk: CaseDesk) -> Callable[..., TestClient]:
    """Makes a client of a person with exactly these roles, in a case that has accounts."""
    door = Door(desk.people, BY)

    def one(*roles: Role, name: str = "Somebody") -> TestClient:
        if not desk.people.any():
            desk.people.begin("The Lead", PASSWORD)
        if roles and desk.people.roles(name) != frozenset(roles):
            desk.people.give(name, roles, "The Lead")
        client = visitor(desk, door)
        client.cookies.set(COOKIE, door.open(name))
        return client

    return one
