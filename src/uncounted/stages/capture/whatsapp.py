"""Exports of WhatsApp chats: bracketed stamps (iOS) or a dash behind them (Android), any order of day and month."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import msgspec

from uncounted.model.errors import BadInput
from uncounted.stages.capture.dates import moment
from uncounted.stages.capture.draft import Draft
from uncounted.stages.capture.taken import Fault

DATE = r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{1,4})"
TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?\s?(?P<half>[AaPp]\.?\s?[Mm]\.?|[صم])?"
IOS = re.compile(rf"^\[{DATE},?\s{TIME}\]\s(?P<rest>.*)$", re.DOTALL)
ANDROID = re.compile(rf"^{DATE},?\s{TIME}\s[-–]\s(?P<rest>.*)$", re.DOTALL)
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SPACES = re.compile("[\u00a0\u202f]")
SENDER = re.compile(r"^(?P<sender>[^:\n]{1,80}): ?(?P<body>.*)$", re.DOTALL)
PHONE = re.compile(r"^[+~]?\d[\d\s()./-]{5,}$")
LEFT_OUT = re.compile(r"^<[^<>\n]*>$|^(?:image|video|audio|sticker|document|GIF|Contact card) omitted$")
CHAT_NAME = re.compile(r"^WhatsApp[ _-]Chat (?:with|mit|con|avec|com|-) ?(.+)\.txt$", re.IGNORECASE)


class Message(msgspec.Struct, frozen=True):
    """One message with its stamp as three numbers in the file's own order."""

    line: int
    date: tuple[int, int, int]
    clock: tuple[int, int, int]
    sender: str | None
    body: str


def looks_like(name: str, text: str) -> bool:
    """Whether a text is a WhatsApp export: it begins with a stamped line, and its name or a second such line agrees."""
    lines = [line for line in text[:20_000].split("\n") if line.strip()]
    heads = [head for line in lines[:100] if (head := _head(line.rstrip("\r")))]
    if not lines or _head(lines[0].rstrip("\r")) is None:
        return False
    named = name == "_chat.txt" or name.lower().startswith("whatsapp")
    return named or sum(SENDER.match(head["rest"]) is not None for head in heads) > 1


def read_chat(name: str, text: str, day_first: bool | None = None) -> Iterator[Draft | Fault]:
    """Every message that has a sender, in the file's order; times are the telephone's own, so without an offset.

    Raises :class:`BadInput` when the file leaves open whether day or month comes first and ``day_first`` is ``None``.
    A sender known by a telephone number alone is named by a number of the file's own ("unnamed sender 2"): the
    telephone number stays in the preserved bytes and goes into no record.
    """
    messages, unread = _messages(text)
    order = date_order(name, [message.date for message in messages], day_first)
    title = CHAT_NAME.match(name.rsplit("/", 1)[-1])
    chat = title[1] if title else None
    notes = _unread_note(messages, unread)
    number, unnamed = 0, dict[str, int]()
    for message in messages:
        if message.sender is None:
            continue
        number += 1
        part = f"message {number}"
        try:
            year, month, day = (message.date[place] for place in order)
            when = moment(datetime(year + 2000 if year < 100 else year, month, day, *message.clock))
        except ValueError:
            fault = BadInput(f"{name}, line {message.line}", "its date or time does not exist", "Export the chat again")
            yield Fault(path=name, part=part, error=fault)
            continue
        author = message.sender
        if PHONE.match(author):
            author = f"unnamed sender {unnamed.setdefault(author, len(unnamed) + 1)}"
        yield Draft(
            form="chat", extractor="whatsapp/1", text=message.body if message.body.strip() else None, part=part,
            title=chat, author=author, published=when, notes=notes,
            partial=_missing(message.body),
        )  # fmt: skip
        notes = ()


def _missing(body: str) -> tuple[str, ...]:
    """What a message lacks, in words."""
    if not body.strip():
        return ("the message has no text",)
    return ("a picture or file was left out of the export",) if LEFT_OUT.match(body.strip()) else ()


def _unread_note(messages: list[Message], unread: int) -> tuple[str, ...]:
    system = sum(message.sender is None for message in messages)
    said = []
    if system:
        said.append(f"{system} lines by WhatsApp itself, without a sender, are no reports")
    if unread:
        said.append(f"{unread} lines before the first stamp are not read")
    return tuple(said)


def _head(line: str) -> dict[str, str] | None:
    plain = SPACES.sub(" ", MARKS.sub("", line))
    match = IOS.match(plain) or ANDROID.match(plain)
    return match.groupdict() if match else None


def _messages(text: str) -> tuple[list[Message], int]:
    """Messages, and how many lines stand before the first one. A line without a stamp continues its message."""
    found: list[tuple[int, dict[str, str], list[str]]] = []
    unread = 0
    for number, ended in enumerate(text.split("\n"), start=1):
        line = ended.rstrip("\r")
        head = _head(line)
        if head is not None:
            found.append((number, head, [line]))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            unread += 1
    return [_message(*item) for item in found], unread


def _message(number: int, head: dict[str, str], lines: list[str]) -> Message:
    line = lines[0]
    said = SENDER.match(head["rest"])
    body = said["body"] if said else head["rest"]
    if said and body and (place := line.find(": ", line.find(said["sender"].strip()))) >= 0:
        body = MARKS.sub("", line[place + 2 : place + 3]) + line[place + 3 :]  # the words with their own spaces
    hour = int(head["hour"])
    half = (head["half"] or "").lower()[:1]
    if half in {"p", "م"}:
        hour = hour % 12 + 12
    elif half in {"a", "ص"}:
        hour %= 12
    clock = (hour, int(head["minute"]), int(head["second"] or 0))
    date = (int(head["a"]), int(head["b"]), int(head["c"]))
    body = "\n".join([body, *lines[1:]]).rstrip("\n")
    return Message(number, date, clock, said["sender"].strip() if said else None, body)


def date_order(name: str, dates: list[tuple[int, int, int]], day_first: bool | None) -> tuple[int, int, int]:
    """Places of year, month and day in the stamps, settled by the file itself or by ``day_first``.

    A number over 12 cannot be a month; failing that, messages stand in the order of time, so an order that would make
    them jump back is out.
    """
    if all(first > 31 for first, _, _ in dates):
        return (0, 1, 2)
    orders = {True: (2, 1, 0), False: (2, 0, 1)}
    possible = [flag for flag, (_, month, _) in orders.items() if all(1 <= date[month] <= 12 for date in dates)]
    if len(possible) == 2:
        forward = [flag for flag in possible if _rises([_reorder(date, orders[flag]) for date in dates])]
        possible = forward or possible
    if not possible:
        raise BadInput(name, "neither its first nor its second number is always a month", "Export the chat again")
    same = all(first == second for first, second, _ in dates)
    if len(possible) == 2 and not same:
        if day_first is None:
            raise BadInput(
                name, "its dates may be day/month or month/day", "Say which with --day-first or --month-first"
            )
        return orders[day_first]
    if day_first is not None and not same and day_first is not possible[0]:
        raise BadInput(name, f"its dates cannot be {'day/month' if day_first else 'month/day'}", "Leave the option out")
    return orders[possible[0]]


def _reorder(date: tuple[int, int, int], order: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(date[place] for place in order)


def _rises(dates: list[tuple[int, ...]]) -> bool:
    return all(earlier <= later for earlier, later in pairwise(dates))
