"""Who may sign in to a case: passwords beside the ledger, roles as facts in it.

A password's hash (Argon2id) and an invitation's digest lie in ``accounts.json``, readable by the case's owner alone and
never in the ledger: they can be changed and forgotten, which nothing in a ledger can.
"""

import hashlib
import json
import os
import secrets
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from uncounted.case.case import Case
from uncounted.case.reviewing import record
from uncounted.ledger.objects import sync_folder
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.facts import AnyFact, RoleGranted, RoleRevoked
from uncounted.model.roles import ROLES, Role

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ACCOUNTS = "accounts.json"
SHORTEST = 12
"""Letters of the shortest password (OWASP ASVS 5.0, 6.2.1 asks for 8 and advises 15)."""
LONGEST = 200
INVITED_FOR = 7 * 86_400
"""Seconds that an invitation can be used."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One person's way in: the hash of their password, or the digest of an invitation to choose one."""

    password: str | None = None
    invitation: str | None = None
    until: float = 0.0


class People:
    """The people of a case. Roles come from the ledger, ways in from ``accounts.json``."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.path = case.folder / ACCOUNTS

    def names(self) -> tuple[str, ...]:
        """Everybody who has an account or a role, in order."""
        return tuple(sorted(self._accounts().keys() | self.case.views.roles().keys()))

    def any(self) -> bool:
        """Whether anybody can sign in; until then the case is one person's."""
        return any(account.password for account in self._accounts().values())

    def roles(self, name: str) -> frozenset[Role]:
        """What a person may be; nothing for one who is not known."""
        return self.case.views.roles().get(name, frozenset())

    def invited(self, name: str) -> bool:
        """Whether a person was invited and has not chosen a password yet."""
        account = self._accounts().get(name)
        return bool(account and account.invitation and account.until > time.time())

    def begin(self, name: str, password: str) -> None:
        """The first person of a case chooses a password and becomes its lead and protection officer."""
        _named(name)
        hashed = _hashed(name, password)
        with self.case.writing("keep the first account"):
            if self.any():
                rule = "somebody has one already"
                raise Refused("the first account", rule, "Ask the case's lead for an invitation.")
            self._record(name, name, ("lead", "reviewer", "protection_officer"))
            self._keep(name, Account(password=hashed))

    def invite(self, name: str, roles: Iterable[Role], by: str) -> str:
        """Give a person roles and return a secret with which they choose a password, once, within a week."""
        _named(name)
        chosen = tuple(role for role in ROLES if role in set(roles))
        if not chosen:
            raise BadInput(f"the invitation of {name}", "a person needs at least one role", "Choose one.")
        self._record(name, by, chosen)
        secret = secrets.token_urlsafe(24)
        now = self._accounts().get(name, Account())
        self._keep(name, Account(password=now.password, invitation=_digest(secret), until=time.time() + INVITED_FOR))
        return secret

    def accept(self, secret: str, password: str) -> str:
        """Use an invitation: choose a password; returns the person's name."""
        hashed = _hashed(self.whose(secret), password)
        with self.case.writing("use an invitation"):
            name = self.whose(secret)  # it may have been used while the password was hashed
            self._keep(name, Account(password=hashed))
        return name

    def whose(self, secret: str) -> str:
        """Whom an invitation is for; :class:`NotFound` when it was used, ran out or never was."""
        for name, account in self._accounts().items():
            if account.invitation and secrets.compare_digest(account.invitation, _digest(secret)):
                if account.until > time.time():
                    return name
                break
        raise NotFound("the invitation", "it was used, ran out or never was", "Ask the case's lead for another.")

    def check(self, name: str, password: str) -> bool:
        """Whether this is the person's password. It takes as long for a person who is not known."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        hasher = hasher_of_passwords()
        account = self._accounts().get(name)
        known = account.password if account else None
        try:
            hasher.verify(known or _nobodys(), password[: LONGEST + 1])
        except (Argon2Error, InvalidHashError):
            return False
        if known and hasher.check_needs_rehash(known):
            self._keep(name, Account(password=hasher.hash(password)))
        return known is not None

    def change(self, name: str, password: str) -> None:
        """Choose another password."""
        self._keep(name, Account(password=_hashed(name, password)))

    def give(self, name: str, roles: Iterable[Role], by: str) -> None:
        """Let a person have exactly these roles; the last lead keeps that role."""
        wanted, held = frozenset(roles), self.roles(name)
        leads = [who for who, has in self.case.views.roles().items() if "lead" in has]
        if leads == [name] and "lead" not in wanted:
            raise Refused(f"the roles of {name}", "a case keeps at least one lead", "Make somebody else lead first.")
        facts: list[AnyFact] = [RoleRevoked(person=name, role=role) for role in ROLES if role in held - wanted]
        facts += [RoleGranted(person=name, role=role) for role in ROLES if role in wanted - held]
        if facts:
            record(self.case, by, *facts)

    def _record(self, name: str, by: str, roles: tuple[Role, ...]) -> None:
        missing = [RoleGranted(person=name, role=role) for role in roles if role not in self.roles(name)]
        if missing:
            record(self.case, by, *missing)

    def _accounts(self) -> dict[str, Account]:
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=dict[str, Account])
        except FileNotFoundError:
            return {}

    def _keep(self, name: str, account: Account) -> None:
        with self.case.writing("keep an account"):
            write_private(self.path, msgspec.to_builtins({**self._accounts(), name: account}))


def write_private(path: Path, held: object) -> None:
    """Replace the file in one step, on disk before it counts, readable by its owner alone."""
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(json.dumps(held, indent=1, ensure_ascii=False).encode())
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def hasher_of_passwords() -> "PasswordHasher":
    """Argon2id with RFC 9106's second recommendation: 64 MiB, 3 passes, 4 lanes."""
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def _named(name: str) -> None:
    if not name.strip() or name != " ".join(name.split()) or len(name) > 100 or not name.isprintable():
        raise BadInput("the name", "a person's name in the case is 1 to 100 letters on one line", "Choose another.")


def _hashed(name: str, password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput("the password", f"it has {SHORTEST} to {LONGEST} letters", "Four words in a row are good.")
    if name.casefold() in password.casefold():
        raise BadInput("the password", "it holds the person's name", "Choose another.")
    return hasher_of_passwords().hash(password)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@cache
def _nobodys() -> str:
    """A hash that no password has, so that an unknown name takes as long as a known one."""
    return hasher_of_passwords().hash(secrets.token_urlsafe(32))
