"""PDF, DOCX and pictures, parsed in a confined child process."""

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO, Literal

import msgspec

from uncounted.model.errors import BadInput
from uncounted.stages.capture.draft import Draft
from uncounted.stages.capture.html import page_draft
from uncounted.stages.capture.taken import Options

EXTRACTORS = {"pdf": "pdf/1", "docx": "docx/2", "image": "image/1"}
SPARE = "Open and save it anew, or add its text as a file"


def read_office(name: str, data: bytes, form: Literal["pdf", "docx", "image"], options: Options) -> Draft:
    """The text of a PDF or DOCX, or what a picture is.

    Raises :class:`BadInput` when it is broken, encrypted or costs more than allowed.
    """
    found = run_child(name, data, form, options)
    error = found.get("error")
    if isinstance(error, list):
        raise BadInput(name, str(error[0]), str(error[1]))
    text = found.get("text")
    partial = found.get("partial")
    return Draft(
        form=form,
        extractor=EXTRACTORS[form],
        text=text if isinstance(text, str) else None,
        title=_word(found.get("title")),
        author=_word(found.get("author")),
        partial=tuple(str(line) for line in partial) if isinstance(partial, list) else (),
        notes=_warnings(found.get("warned")),
    )


def read_archive(name: str, data: bytes, options: Options) -> Iterator[Draft]:
    """The pages of a WACZ file, one a draft. Raises :class:`BadInput` when it is none or costs more than allowed."""
    found = run_child(name, data, "wacz", options)
    error, pages, doubts = found.get("error"), found.get("pages"), found.get("partial")
    if isinstance(error, list):
        raise BadInput(name, str(error[0]), str(error[1]))
    assert isinstance(pages, list)
    assert isinstance(doubts, list)
    for page in pages:
        part = None if len(pages) == 1 else f"page {page['url']} {page['ts']}"
        if page["html"]:
            draft = page_draft(page["html"], url=page["url"])
        else:
            missing = () if page["text"] else ("its page is not in it",)
            draft = Draft(form="url", extractor="wacz/1", text=page["text"] or None, partial=missing)
        yield msgspec.structs.replace(
            draft, form="url", part=part, url=page["url"], title=draft.title or _word(page["title"]) or None,
            partial=(*(str(doubt) for doubt in doubts), *draft.partial),
            notes=(*draft.notes, f"archived by whoever made the file, at {page['ts'] or 'an unknown time'}"),
        )  # fmt: skip


def strip(name: str, data: bytes, form: str, options: Options) -> tuple[bytes, tuple[str, ...]]:
    """A document or picture without its metadata, and what was changed, in words. Raises :class:`BadInput`."""
    found = run_child(name, data, f"strip-{form}", options)
    error, body, changes = found.get("error"), found.get("bytes"), found.get("changes")
    if isinstance(error, list):
        raise BadInput(name, str(error[0]), str(error[1]))
    if not isinstance(body, str) or not isinstance(changes, list):
        raise BadInput(name, "its parser gave no copy", SPARE)
    return base64.b64decode(body), tuple(str(change) for change in changes)


def _warnings(warned: object) -> tuple[str, ...]:
    """What the parser said on its way, each once, and no more than five: it may have passed something over."""
    said = list(dict.fromkeys(str(line)[:200] for line in warned)) if isinstance(warned, list) else []
    return tuple(f"its parser warned: {line}" for line in said[:5])


def _word(value: object) -> str | None:
    return value.encode(errors="replace").decode() if isinstance(value, str) else None


def run_child(name: str, data: bytes, form: str, options: Options) -> dict[str, object]:
    """Run the child on ``data`` and return its answer. Raises :class:`BadInput` when it overruns or dies."""
    arguments = [form, str(options.memory), str(options.seconds), str(options.inflated)]
    command = [sys.executable, "-I", "-B", "-m", "uncounted.stages.capture.child", *arguments]
    child = subprocess.Popen(  # noqa: S603 -- our own module, and no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/", env={}
    )
    assert child.stdin is not None
    assert child.stdout is not None
    overrun = threading.Event()

    def stop() -> None:
        overrun.set()
        child.kill()

    timer = threading.Timer(options.seconds + 5, stop)
    feeder = threading.Thread(target=_feed, args=(child.stdin, data), daemon=True)
    most = options.inflated * 6 + 10_000  # JSON writes a code point in up to six bytes an UTF-16 unit
    try:
        timer.start()
        feeder.start()
        answer = child.stdout.read(most + 1)
        if len(answer) > most:
            raise BadInput(name, "its parser answered with more than is allowed", SPARE)
        status = child.wait()
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        feeder.join()
        child.stdout.close()
    if overrun.is_set() or status == -24:  # SIGXCPU
        raise BadInput(name, f"reading it took longer than {options.seconds:g} seconds", SPARE)
    if status == -9:  # SIGKILL: by the limit on processor time, or by a system that ran out of memory
        rule = f"reading it took more than {options.seconds:g} seconds, or more memory than the machine has to spare"
        raise BadInput(name, rule, SPARE)
    if status != 0:
        raise BadInput(name, f"it made its parser fail (status {status})", SPARE)
    try:
        found = json.loads(answer)
    except ValueError as fault:
        raise BadInput(name, "its parser gave no answer", SPARE) from fault
    return found if isinstance(found, dict) else {}


def _feed(stream: IO[bytes], data: bytes) -> None:
    try:
        with stream:
            stream.write(data)
    except OSError:
        return  # The child is gone; its status tells why.
