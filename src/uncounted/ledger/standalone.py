"""Check the bundle in this folder: python3 verify.py [KEY]; without KEY its own is taken. See VERIFY.md."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

JUDGED = re.compile(
    rb'{"at":S,"by":{"kind":S,"name":S},"fact":{"claim":S,"fact":"claim_judged","reason":S,"verdict":S},'
    rb'"number":(0|[1-9]\d*),"version":1}\n'.replace(b"S", rb'"[^"\\\0-\37]*"')
)


def need(holds: object, words: str, *named: object) -> None:
    """Raise ValueError with these words unless it holds."""
    if not holds:
        raise ValueError(words.format(*named))


def opened(path: Path, vkey: str) -> str:
    """Return the text of a signed note (https://c2sp.org/signed-note) after checking the key's Ed25519 signature."""
    name, _, rest = vkey.partition("+")
    public = base64.b64decode(rest[9:], validate=True)
    key_id = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    need(rest[:9] == key_id.hex() + "+" and len(public) == 33 and public[0] == 1, "the verifier key is malformed")
    text, _, signature = path.read_bytes().decode().rpartition("\n\n")
    found = re.fullmatch("— " + re.escape(name) + " ([A-Za-z0-9+/=]+)\n", signature) or [""] * 2
    raw = base64.b64decode(found[1])
    need(base64.b64encode(raw).decode() == found[1] and raw[:4] == key_id, "{} is not signed by this key", path.name)
    with tempfile.TemporaryDirectory() as scratch:
        der = bytes.fromhex("302a300506032b6570032100") + public[1:]  # RFC 8410
        for name, data in (("key", der), ("note", (text + "\n").encode()), ("signature", raw[4:])):
            Path(scratch, name).write_bytes(data)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in note -sigfile signature"
        done = subprocess.run(command.split(), cwd=scratch, capture_output=True, check=False)  # noqa: S603
    need(done.returncode == 0, "the signature of {} does not hold", path.name)
    return text + "\n"


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hex."""
    with path.open("rb") as stream:
        found = hashlib.sha256()
        while piece := stream.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def no_repeats(pairs: "list[tuple[str, object]]") -> "dict[str, object]":
    """Refuse a key that occurs twice, which json would overlook."""
    value = dict(pairs)
    need(len(value) == len(pairs), "a line has a key twice")
    return value


def quoted(value: object) -> "list[tuple[str, int, int]]":
    """Return (words, start, end) of every part that quotes a document."""
    parts = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    quotes = isinstance(value, dict) and value.get("text") is not None and "start" in value
    own = [(value["text"], value["start"], value["end"])] if isinstance(value, dict) and quotes else []
    return own + [one for part in parts for one in quoted(part)]


def verify(folder: Path, vkey: str = "") -> str:
    """Return what was found unbroken, in words; ValueError names the first broken thing."""
    vkey = (vkey or (folder / "key").read_text()).strip()
    listed = {line[66:]: line[:64] for line in opened(folder / "manifest", vkey).splitlines()}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_symlink() or not p.is_dir()}
    need(there == {*listed, "manifest"}, "missing or added: {}", sorted(there ^ {*listed, "manifest"}))
    for name, digest in listed.items():
        known = name in ("entries.jsonl", "checkpoint", "key", "verify.py", "VERIFY.md")
        need(known or name == "objects/" + digest, "{} does not belong here", name)
        need(sha256(folder / name) == digest, "{} was changed", name)
    head = opened(folder / "checkpoint", vkey).splitlines()[:3]
    stack, texts, named = list[bytes](), dict[str, str](), set[str]()
    passages, last, decode = 0, ("", ""), json.JSONDecoder(object_pairs_hook=no_repeats).decode
    with (folder / "entries.jsonl").open("rb") as stream:
        for number, line in enumerate(stream):
            leaf, at = hashlib.sha256(b"\0" + line[:-1]).digest(), number
            while at & 1:  # RFC 6962: join equal subtrees as they fill
                leaf, at = hashlib.sha256(b"\1" + stack.pop() + leaf).digest(), at >> 1
            stack.append(leaf)
            if judged := JUDGED.fullmatch(line):  # the commonest fact: it can repeat no key and names no object
                need(int(judged[1]) == number and line.decode(), "entry {} is out of place", number)
                continue
            entry = decode(line.decode())
            need(line[-1:] == b"\n" and entry["number"] == number, "entry {} is out of place", number)
            kind = (fact := entry["fact"])["fact"]
            about = fact["capture"] if kind == "capture_taken" else fact
            named.update(filter(None, map(about.get, ("object", "record", "diff", "chain", "index"))))
            if kind == "capture_taken":
                named.update(filter(None, [texts.setdefault(about["id"], about["text"]), about["text"]]))
            elif kind in ("claims_read", "claims_located", "claim_added", "claim_edited"):
                claim = fact.get("edited") or fact.get("claim")
                named.add(text := str(fact.get("text") or texts.get(fact.get("capture") or claim["document"])))
                need("objects/" + text in listed, "entry {} quotes a text that is not here", number)
                if last[0] != text:
                    last = (text, (folder / "objects" / text).read_bytes().decode())
                for words, start, end in quoted(fact.get("claims") or fact.get("found") or claim):
                    need(start >= 0 and last[1][start:end] == words, "entry {} quotes {!r} wrongly", number, words)
                    passages += 1
    while len(stack) > 1:
        stack[-2:] = [hashlib.sha256(b"\1" + stack[-2] + stack[-1]).digest()]
    top = base64.b64encode(stack[0]).decode()  # a ledger begins with the fact that opens the case
    need(head == [vkey.partition("+")[0], str(number + 1), top], "the checkpoint is not of these entries")
    odd = sorted(named.symmetric_difference(name[8:] for name in listed if name.startswith("objects/")))
    need(not odd, "objects that are missing or that no entry names: {}", odd)
    return f"{number + 1} entries, {len(named)} objects, {passages} passages; signed by {vkey}"


if __name__ == "__main__":
    try:
        print("unbroken: " + verify(Path(__file__).resolve().parent, *sys.argv[1:2]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as fault:
        sys.exit(f"BROKEN: {fault}")
