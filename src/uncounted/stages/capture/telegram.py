"""Exports of Telegram Desktop: ``result.json`` and ``messages.html``; each message is a report."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from uncounted.model.errors import BadInput
from uncounted.stages.capture.dates import moment
from uncounted.stages.capture.draft import Draft
from uncounted.stages.capture.taken import Fault

EXTRACTOR = "telegram/1"
REMEDY = "Export the chat again with Telegram Desktop"
MEDIA = ("photo", "file", "media_type", "poll", "location_information", "contact_information")
STAMP = re.compile(r"^(\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2})(?: UTC([+-]\d{2}):?(\d{2}))?")


def is_export(page: str) -> bool:
    """Whether a decoded HTML page is a Telegram export."""
    head = page[:20_000]
    return 'class="page_wrap"' in head and 'class="history"' in head


def read_json(name: str, text: str) -> Iterator[Draft | Fault]:
    """Messages of one chat, or of all chats of an account. Raises :class:`BadInput` when it is no such export."""
    try:
        export = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BadInput(name, f"it is no JSON ({fault})", REMEDY) from fault
    chats = _chats(export)
    if chats is None:
        raise BadInput(name, "it is JSON, but no Telegram export (no list of messages)", "Give documents as .jsonl")
    for chat in chats:
        prefix = f"chat {chat.get('id')} " if len(chats) > 1 else ""
        for number, message in enumerate(chat["messages"], start=1):
            if not isinstance(message, dict) or "id" not in message:
                fault_ = BadInput(f"{name}, {prefix}message at place {number}", "it has no id", REMEDY)
                yield Fault(path=name, part=f"{prefix}message at place {number}", error=fault_)
            elif message.get("type", "message") == "message":
                yield from _message(name, chat, message, f"{prefix}message {message['id']}")


def _chats(export: Any) -> list[dict[str, Any]] | None:
    if not isinstance(export, dict):
        return None
    if isinstance(export.get("messages"), list):
        return [export]
    held = [export.get(key) for key in ("chats", "left_chats")]  # those of the account, and those that it left
    lists = [one["list"] for one in held if isinstance(one, dict) and isinstance(one.get("list"), list)]
    if not lists:
        return None
    return [
        chat for listed in lists for chat in listed if isinstance(chat, dict) and isinstance(chat.get("messages"), list)
    ]


def _message(name: str, chat: dict[str, Any], message: dict[str, Any], part: str) -> Iterator[Draft | Fault]:
    try:
        text = _plain(message.get("text", ""))
    except (TypeError, KeyError):
        yield Fault(path=name, part=part, error=BadInput(f"{name}, {part}", "its text is not readable", REMEDY))
        return
    media = [key for key in MEDIA if message.get(key)]
    if not text.strip() and not media:
        return  # A message without content holds nothing to preserve beyond the object itself.
    forwarded = message.get("forwarded_from")
    sender = message.get("from")
    yield Draft(
        form="chat",
        extractor=EXTRACTOR,
        text=text if text.strip() else None,
        part=part,
        publisher=_text(chat.get("name")),
        author=_text(sender) if sender != chat.get("name") else None,
        published=_when(message),
        partial=("pictures or files of the message are not read",) if media else (),
        more={"forwarded_from": str(forwarded)} if forwarded else {},
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _plain(text: Any) -> str:
    """A message's text: a string, or a list of strings and marked pieces."""
    if isinstance(text, str):
        return text
    return "".join(piece if isinstance(piece, str) else str(piece["text"]) for piece in text)


def _when(message: dict[str, Any]) -> str | None:
    try:
        return moment(datetime.fromtimestamp(int(message["date_unixtime"]), UTC))
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return _text(message.get("date"))


def read_page(name: str, page: str) -> Iterator[Draft | Fault]:
    """Messages of ``messages.html``. A message joined to the one before has the same sender."""
    from lxml import html
    from lxml.etree import ParserError

    try:
        parse: Any = html.document_fromstring
        root = parse(page)
    except (ParserError, ValueError) as fault:
        raise BadInput(name, f"it is no HTML ({fault})", REMEDY) from fault
    header = root.xpath("//div[contains(@class, 'page_header')]//div[contains(@class, 'text')]")
    chat = " ".join(header[0].text_content().split()) if header else None
    sender: str | None = None
    for block in root.xpath(
        "//div[contains(concat(' ', @class, ' '), ' message ') and not(contains(@class,'service'))]"
    ):
        part = f"message {(block.get('id') or '').removeprefix('message')}"
        own = block.xpath("./div[contains(@class,'body')]/div[contains(@class,'from_name')]")
        sender = _lines(own[0]) if own else sender
        stamps = block.xpath(".//div[contains(@class,'date')]/@title")
        texts = block.xpath(".//div[concat(' ', normalize-space(@class), ' ') = ' text ']")
        text = "\n".join(_lines(item) for item in texts)
        media = block.xpath(".//div[contains(@class,'media_wrap')]")
        if not text and not media:
            continue
        yield Draft(
            form="chat", extractor=EXTRACTOR, text=text or None, part=part, publisher=chat,
            author=sender if sender != chat else None, published=_stamp(stamps[0]) if stamps else None,
            partial=("pictures or files of the message are not read",) if media else (),
        )  # fmt: skip


def _lines(element: Any) -> str:
    """The text of an element, with a line end for each ``<br>``."""
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return str(element.text_content()).strip()


def _stamp(said: str) -> str:
    """ISO 8601 of a stamp; as it stands where it is none, so that a note can name it."""
    match = STAMP.match(said)
    if match is None:
        return said
    try:
        if match[2] is None:
            return moment(datetime.strptime(match[1], "%d.%m.%Y %H:%M:%S"))
        return moment(datetime.strptime(f"{match[1]} {match[2]}{match[3]}", "%d.%m.%Y %H:%M:%S %z"))
    except (ValueError, OverflowError):
        return said
