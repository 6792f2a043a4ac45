"""Coming in: sign-in, invitations, the one-time address of a single person's case, and who is in the case."""

import asyncio
import datetime as dt
from collections.abc import Sequence

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from uncounted.model.errors import BadInput, NotFound, Refused, UncountedError
from uncounted.model.roles import ROLES, Role
from uncounted.web.door import forget, local, remember
from uncounted.web.pages import by_of, desk_of, door_of, fields_of, go, page
from uncounted.web.tongue import COOKIE, TONGUES

_HASHING = asyncio.Semaphore(2)
"""Passwords that are hashed at one time: each takes 64 MiB (Argon2id)."""


async def ask(request: Request) -> Response:
    """Ask for name and password; a case that is one person's is entered by the address in the terminal."""
    return _ask(request)


async def sign_in(request: Request) -> Response:
    """Begin a session for the right password."""
    form, door = await fields_of(request), door_of(request)
    name = " ".join(form.get("name", "").split())
    try:
        async with _HASHING:
            secret = await run_in_threadpool(door.sign_in, name, form.get("password", ""))
    except Refused as fault:
        return _ask(request, 429, fault=fault)
    if secret is None:
        rule = "name and password do not belong together"
        return _ask(request, 403, fault=BadInput("signing in", rule, "Try again."), name=name)
    return _seated(request, secret, local(form.get("next", "/")))


async def sign_out(request: Request) -> Response:
    """End the session."""
    door_of(request).close(request)
    response = go("/sign-in")
    forget(response)
    return response


async def enter(request: Request) -> Response:
    """Begin the one person's session with the one-time address."""
    secret = door_of(request).enter(request.path_params["ticket"])
    return _seated(request, secret, "/") if secret else _ask(request, 403, used=True)


async def invited(request: Request) -> Response:
    """Let an invited person choose a password."""
    secret = request.path_params["secret"]
    return page(request, "invitation.html", name=desk_of(request).people.whose(secret), secret=secret, fault=None)


async def accept(request: Request) -> Response:
    """Keep the password and begin a session."""
    form, people, secret = await fields_of(request), desk_of(request).people, request.path_params["secret"]
    name = people.whose(secret)
    try:
        async with _HASHING:
            await run_in_threadpool(people.accept, secret, _twice(form))
    except BadInput as fault:
        return page(request, "invitation.html", 422, name=name, secret=secret, fault=fault)
    return _seated(request, door_of(request).open(name), "/")


async def ask_password(request: Request) -> Response:
    """Let a person choose another password."""
    return page(request, "password.html", fault=None)


async def change_password(request: Request) -> Response:
    """Keep another password; all other sessions of the person end."""
    form, people, door, name = await fields_of(request), desk_of(request).people, door_of(request), by_of(request)
    try:
        if not people.any():
            raise BadInput("the password", "this case is one person's and has none", "Add people first.")
        async with _HASHING:
            if not await run_in_threadpool(people.check, name, form.get("old", "")):
                raise BadInput("the old password", "it is another one", "Try again.")
            await run_in_threadpool(people.change, name, _twice(form))
    except BadInput as fault:
        return page(request, "password.html", 422, fault=fault)
    door.close_all(name)
    return _seated(request, door.open(name), "/")


async def speak(request: Request) -> Response:
    """Change the language of the pages."""
    form = await fields_of(request)
    response = go(local(form.get("next", "/")))
    if form.get("language") in TONGUES:
        response.set_cookie(COOKIE, form["language"], max_age=31_536_000, httponly=True, samesite="strict")
    return response


async def people(request: Request) -> Response:
    """Who is in the case."""
    return _people(request)


async def first(request: Request) -> Response:
    """The one person chooses a password; from now on everybody signs in."""
    form, desk, door = await fields_of(request), desk_of(request), door_of(request)
    name = by_of(request)
    try:
        async with _HASHING:
            await run_in_threadpool(desk.people.begin, name, _twice(form))
    except BadInput as fault:
        return _people(request, 422, fault=fault)
    door.close_all(name)
    return _seated(request, door.open(name), "/people")


async def invite(request: Request) -> Response:
    """Invite a person; the address by which they come in is shown once."""
    form, desk = await request.form(), desk_of(request)
    name = " ".join(str(form.get("name", "")).split())
    try:
        if not desk.people.any():
            raise Refused("an invitation", "the first person of the case signs in first", "Choose a password.")
        secret = desk.people.invite(name, _roles(form.getlist("role")), by_of(request))
    except UncountedError as fault:
        return _people(request, 422, fault=fault)
    return _people(request, invited=(name, str(request.url_for("invited", secret=secret))))


async def give(request: Request) -> Response:
    """Change what a person may be."""
    form, desk = await request.form(), desk_of(request)
    name = str(form.get("name", ""))
    if name not in desk.people.names():
        raise NotFound(f"person {name}", "nobody of that name is in the case", "Invite them.")
    try:
        desk.people.give(name, _roles(form.getlist("role")), by_of(request))
    except Refused as fault:
        return _people(request, 409, fault=fault)
    return go("/people")


async def make_token(request: Request) -> Response:
    """Make a token for a program; its secret is shown once."""
    form, door = await fields_of(request), door_of(request)
    name, role, until = (form.get(part, "").strip() for part in ("name", "role", "until"))
    try:
        secret = door.tokens.make(name, msgspec.convert(role, Role), by_of(request), _day(until))
    except msgspec.ValidationError:
        fault = BadInput(f"the role {role}", "there is no such role", f"Use one of {', '.join(ROLES)}.")
        return _people(request, 422, fault=fault)
    except UncountedError as fault:
        return _people(request, 409 if isinstance(fault, Refused) else 422, fault=fault)
    return _people(request, made=(name, secret))


async def revoke_token(request: Request) -> Response:
    """Let a token be good for nothing from now on."""
    form, door = await fields_of(request), door_of(request)
    try:
        door.tokens.revoke(form.get("name", ""), by_of(request))
    except Refused as fault:
        return _people(request, 409, fault=fault)
    return go("/people")


def _day(said: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said) if said else None
    except ValueError:
        raise BadInput("the token's end", f"{said!r} is not a date", "Write it as YYYY-MM-DD.") from None


def _people(
    request: Request,
    code: int = 200,
    fault: Exception | None = None,
    invited: tuple[str, str] | None = None,
    made: tuple[str, str] | None = None,
) -> Response:
    known = desk_of(request).people
    listed = [(name, known.roles(name), known.invited(name)) for name in known.names()]
    return page(
        request, "people.html", code,
        listed=listed, any=known.any(), roles=ROLES, fault=fault, invited=invited, made=made,
        tokens=door_of(request).tokens.all(),
    )  # fmt: skip


def _ask(
    request: Request, code: int = 200, fault: Exception | None = None, name: str = "", *, used: bool = False
) -> Response:
    onward = local(request.query_params.get("next", "/"))
    alone = not desk_of(request).people.any()
    return page(request, "sign_in.html", code, next=onward, alone=alone, fault=fault, name=name, used=used)


def _seated(request: Request, secret: str, onward: str) -> Response:
    response = go(onward)
    remember(response, secret, safe=request.headers.get("x-forwarded-proto", request.url.scheme) == "https")
    return response


def _twice(form: dict[str, str]) -> str:
    if form.get("password", "") != form.get("again", ""):
        raise BadInput("the password", "the two are not the same", "Type it twice.")
    return form.get("password", "")


def _roles(said: Sequence[object]) -> list[Role]:
    return [role for role in ROLES if role in {str(one) for one in said}]
