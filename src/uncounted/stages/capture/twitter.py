"""An account's own archive as Twitter (now X) hands it out: a folder, the .zip that it came in, or one file of it.

The form, as archives from 2018 on have it: each file under ``data/`` is one assignment, ``window.YTD.tweets.part0 =
[…]``. Tweets lie in ``tweets.js`` and further parts of it (``tweets-part1.js``; ``tweet.js`` until 2022), those of
communities in ``community-tweet.js``, long ones whole in ``note-tweet.js``; ``account.js`` tells whose archive it is.
Texts of tweets write ``&``, ``<`` and ``>`` as HTML does. Messages, contacts and deleted tweets are not looked at.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from uncounted.model.errors import BadInput, UncountedError
from uncounted.model.identity import digest
from uncounted.stages.capture.dates import moment
from uncounted.stages.capture.decode import decode
from uncounted.stages.capture.draft import Draft, finish, told_apart
from uncounted.stages.capture.files import open_file, read_file, shown
from uncounted.stages.capture.taken import Fault, Options, Taken
from uncounted.text.zipped import member, members

TWEETS = re.compile(r"(?:^|/)(?:tweets?|community-tweet)(?:-part\d+)?\.js$")
NOTES = re.compile(r"(?:^|/)note-tweet(?:-part\d+)?\.js$")
ACCOUNT = re.compile(r"(?:^|/)account\.js$")
ASSIGNED = re.compile(r"^\s*window\.YTD\.\w+\.part\d+\s*=")
RETWEET = re.compile(r"^RT (@\w+): ")
CUT = re.compile(r"(?:…|\.\.\.)?(?:\s*https://t\.co/\w+)*\s*$")
"""What stands behind the words of a tweet that goes on elsewhere."""
ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
OLD_CODES = {"in": "id", "iw": "he", "ji": "yi"}
"""Codes of languages that Twitter writes in their old form."""
WRONG = "Take the archive as it came, or its data/tweets.js"

Files = Mapping[str, Callable[[], bytes]]
"""Files of an archive by name, each read when it is asked for."""


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What other files of an archive tell: whose it is, and long tweets by the second in which they were written."""

    account: str | None = None
    notes: dict[str, list[str]] = {}


def read_twitter(path: Path, options: Options) -> Iterator[Taken | Fault]:
    """Every tweet of an archive, a report each. Raises :class:`BadInput` where there are none at ``path``.

    What is preserved is the file that holds a tweet, never the whole archive, for private messages lie in it too.
    """
    if path.is_dir():
        files = {shown(one): one for folder in (path / "data", path) for one in sorted(folder.glob("*.js"))}
        yield from _all({name: partial(read_file, one, options.limit) for name, one in files.items()}, path, options)
    elif path.suffix.lower() == ".zip":
        with open_file(path) as stream, members(path.name, stream, options.inflated, _of_use) as archive:
            names = [name for name in archive.namelist() if _of_use(name)]
            read = partial(member, archive, path.name, limit=options.limit)
            yield from _all({f"{path.name}/{name}": partial(read, name) for name in sorted(names)}, path, options)
    else:
        yield from _tweets(shown(path), read_file(path, options.limit), _Known(), options)


def _of_use(name: str) -> bool:
    return any(form.search(name) for form in (TWEETS, NOTES, ACCOUNT))


def _all(files: Files, path: Path, options: Options) -> Iterator[Taken | Fault]:
    """The tweets of all files of an archive that hold any; a file that cannot be read is a fault, the others count."""
    tweets = [name for name in files if TWEETS.search(name)]
    if not tweets:
        raise BadInput(shown(path), "it holds no data/tweets.js", "Check that it is a Twitter archive")
    known, faults = _known(files)
    yield from faults
    for name in tweets:
        try:
            yield from _tweets(name, files[name](), known, options)
        except UncountedError as fault:
            yield Fault(path=name, error=fault)


def _known(files: Files) -> tuple[_Known, list[Fault]]:
    account, notes, faults = None, dict[str, list[str]](), list[Fault]()
    for name in files:
        try:
            if ACCOUNT.search(name):
                account = next((str(one["username"]) for one in _held(name, files[name](), "account")
                                if one.get("username")), account)  # fmt: skip
            elif NOTES.search(name):
                for note in _held(name, files[name](), "noteTweet"):
                    said = (note.get("core") or note.get("noteTweetResults") or {}).get("text")
                    if isinstance(said, str):
                        notes.setdefault(_second(str(note.get("createdAt"))), []).append(said)
        except UncountedError as fault:
            faults.append(Fault(path=name, error=fault))
    return _Known(account=account, notes=notes), faults


def _held(name: str, data: bytes, what: str) -> Iterator[dict[str, Any]]:
    """What a file's list holds; an element lies bare or under its kind's name."""
    for one in _listed(name, data):
        held = one.get(what, one) if isinstance(one, dict) else None
        yield held if isinstance(held, dict) else {}


def _listed(name: str, data: bytes) -> list[Any]:
    """The list that a file assigns. Raises :class:`BadInput` for what is none."""
    text = ASSIGNED.sub("", decode(name, data, given="utf-8").text.removeprefix("\ufeff")).strip().removesuffix(";")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BadInput(name, f"it is no list of tweets ({fault})", WRONG) from fault
    if not isinstance(found, list):
        raise BadInput(name, "it is no list of tweets", WRONG)
    return found


def _tweets(name: str, data: bytes, known: _Known, options: Options) -> Iterator[Taken | Fault]:
    object_digest, parts = digest(data), dict[str | None, int]()
    for number, tweet in enumerate(_held(name, data, "tweet"), 1):
        try:
            draft = told_apart(_tweet(f"{name}, tweet {number}", number, tweet, known), parts)
            base = name.rpartition("/")[2]
            yield finish(draft, name=base, original=data, options=options, object_digest=object_digest)
        except UncountedError as fault:
            yield Fault(path=name, part=f"tweet {number}", error=fault)


def _tweet(thing: str, number: int, tweet: dict[str, Any], known: _Known) -> Draft:
    said = tweet.get("full_text", tweet.get("text"))
    if not isinstance(said, str) or not said.strip():
        raise BadInput(thing, "it has no text")
    identity = str(tweet.get("id_str") or tweet.get("id") or number)
    written = str(tweet.get("created_at") or "")
    plain = _unescaped(said)
    whole = _whole(plain, known.notes.get(_second(written), ()))
    retweet = RETWEET.match(plain)
    return Draft(
        form="chat", extractor="twitter/2", text=whole or plain, part=f"tweet {identity}",
        publisher=f"@{known.account}" if known.account else "Twitter archive",
        author=retweet[1] if retweet else None, published=_second(written) or None, declared=_language(tweet),
        url=f"https://twitter.com/i/status/{identity}" if identity.isdigit() else None,
        partial=tuple(_missing(plain, tweet, whole=whole is not None)),
    )  # fmt: skip


def _unescaped(said: str) -> str:
    for escaped, sign in ESCAPED:
        said = said.replace(escaped, sign)
    return said


def _whole(said: str, notes: Iterable[str]) -> str | None:
    """The long tweet that these words begin, of those written in the same second; ``None`` where none does."""
    beginning = CUT.sub("", said).rstrip()
    return next((note for note in notes if beginning and note.startswith(beginning)), None)


def _missing(said: str, tweet: dict[str, Any], *, whole: bool) -> Iterator[str]:
    """What a tweet's own words lack, in words."""
    shown_with = [tweet.get(key) for key in ("entities", "extended_entities")]
    if any(isinstance(one, dict) and one.get("media") for one in shown_with):
        yield "pictures or videos of the tweet are not read"
    bare = re.sub(r"(?:\s*https://t\.co/\w+)*\s*$", "", said)
    if not whole and (tweet.get("truncated") in (True, "true") or bare.endswith("…")):
        yield "the archive cuts its text off"


def _language(tweet: dict[str, Any]) -> str | None:
    """The language's code; ``und``, ``qme`` and the like say that there is none."""
    code = str(tweet.get("lang") or "")
    return OLD_CODES.get(code, code) if len(code) == 2 else None


def _second(said: str) -> str:
    """A tweet's time (``Tue May 06 10:00:00 +0000 2031``) or a note's (ISO 8601) in one form; others as they stand."""
    for read in (partial(_read_time, form="%a %b %d %H:%M:%S %z %Y"), datetime.fromisoformat):
        try:
            return moment(read(said))
        except (ValueError, OverflowError):
            continue
    return said


def _read_time(said: str, form: str) -> datetime:
    return datetime.strptime(said, form)
