"""Electronic mail: one message (.eml) or a box of them (mbox)."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from uncounted.model.errors import BadInput
from uncounted.stages.capture.dates import moment
from uncounted.stages.capture.decode import decode
from uncounted.stages.capture.draft import Draft
from uncounted.stages.capture.taken import Fault

START = re.compile(rb"^From (?:\S*[ \t]*|[^\r\n]*\d{1,2}:\d\d[^\r\n]*)\r?\n(?=>?From |[!-9;-~]+[ \t]*:)", re.MULTILINE)
"""The line before each message of an mbox (RFC 4155, appendix A): its envelope's sender, and when it came.

Some programs leave out either, and some leave ``From `` at the head of a line of a text as it is. So it counts alone
where a clock's time stands in it, or nothing behind the sender, and a message's first header follows.
"""
FAULTS = (ValueError, LookupError, AttributeError, TypeError, OverflowError)
"""What the standard library's parser raises on headers that no mail program would write."""
REMEDY = "Export the message again, or add its text as a file"


def read_message(name: str, data: bytes, part: str | None = None) -> Draft:
    """The text body of one message; an HTML body only where there is no plain one.

    Attachments stay in the preserved bytes and are named in ``partial``. Raises :class:`BadInput` when it has no
    headers, or a body whose charset cannot be read.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    if not any(_header(message, header) for header in ("From", "Date", "Subject", "Message-ID")):
        raise BadInput(name, "it is no message: it has none of From, Date, Subject, Message-ID", REMEDY)
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        attached = [item.get_filename() or item.get_content_type() for item in message.iter_attachments()]
    except FAULTS as fault:
        raise BadInput(name, f"its parts are broken ({type(fault).__name__})", REMEDY) from fault
    partial = tuple(f"attachment {item!r} is kept in the file but not read" for item in attached)
    text, notes = _body(name, body) if isinstance(body, EmailMessage) else (None, ())
    defects = [*message.defects, *(body.defects if body is not None and body is not message else ())]
    if defects:
        notes = (*notes, f"the message is not well formed ({type(defects[0]).__name__})")
    if not text:
        text, partial = None, (*partial, "the message has no text")
    return Draft(
        form="email", extractor="email/1", text=text, part=part, title=_header(message, "Subject"),
        author=_header(message, "From"), published=_date(message), partial=partial, notes=notes,
    )  # fmt: skip


def _body(name: str, body: EmailMessage) -> tuple[str | None, tuple[str, ...]]:
    payload = body.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return None, ()
    read = decode(name, payload, body.get_content_charset())
    text, notes = read.text, (*read.notes, *read.doubts)
    if body.get_content_type() == "text/html":
        from uncounted.stages.capture.html import page_draft

        return page_draft(text).text, notes
    return text, notes


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's value; as it was sent where it cannot be parsed."""
    try:
        value = message.get(name)
    except FAULTS:
        value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), None)
    return str(value).encode(errors="replace").decode() if value else None


def _date(message: EmailMessage) -> str | None:
    said = _header(message, "Date")
    try:
        return moment(parsedate_to_datetime(said)) if said else None
    except FAULTS:
        return said


def read_mbox(name: str, data: bytes) -> Iterator[Draft | Fault]:
    """Every message of a box, numbered from 1; a broken one is a fault and the others are read.

    What stands before the first message is a fault too: a box whose beginning was lost must not pass for a whole one.
    """
    before, messages = split_mbox(data)
    if before.strip() and messages:
        rule = f"{len(before):,} bytes before the first message are no message of a mailbox, so they are not read"
        yield Fault(path=name, part="beginning", error=BadInput(f"{name}, beginning", rule, REMEDY))
    for number, message in enumerate(messages, start=1):
        part = f"message {number}"
        try:
            yield read_message(f"{name}, {part}", message, part)
        except BadInput as fault:
            yield Fault(path=name, part=part, error=fault)


def split_mbox(data: bytes) -> tuple[bytes, list[bytes]]:
    """What stands before the first message of an mbox, and the messages as they were sent.

    Each begins behind a ``From `` line at the start or after an empty line, and ends before the empty line that the box
    adds to it; ``>From `` loses one ``>`` (the form called mboxrd).
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    starts = [
        found
        for found in START.finditer(data)
        if found.start() == 0 or data[max(0, found.start() - 4) : found.start()].endswith((b"\n\n", b"\n\r\n"))
    ]
    ends = [found.start() for found in starts[1:]] + [len(data)] * bool(starts)
    parts = [_without_last_line(data[found.end() : end]) for found, end in zip(starts, ends, strict=True)]
    before = data[: starts[0].start()] if starts else data
    return before, [re.sub(rb"^>(>*From )", rb"\1", part, flags=re.MULTILINE) for part in parts]


def _without_last_line(part: bytes) -> bytes:
    """A message without the empty line that an mbox puts behind it."""
    for ending in (b"\r\n", b"\n"):
        if part.endswith(ending * 2):
            return part.removesuffix(ending)
    return part
