from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncounted.ledger.notes import Signer, new_signing_key, open_note, read_signing_key, read_vkey, sign
from uncounted.model.errors import BadInput, Broken, NotFound, Refused

ADA, BEN = Signer(name="example.org/ada", seed=b"a" * 32), Signer(name="example.org/ben", seed=b"b" * 32)

# The example of https://c2sp.org/signed-note, "Verifier keys".
PUBLISHED_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
PUBLISHED_NOTE = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""


def test_the_published_example_opens() -> None:
    key = read_vkey(PUBLISHED_KEY)
    note = open_note(PUBLISHED_NOTE, [key])
    assert (note.text, note.by) == ("This is an example message.\n", (key,))
    assert str(key) == PUBLISHED_KEY


def test_every_altered_character_of_the_published_example_is_found() -> None:
    key = read_vkey(PUBLISHED_KEY)
    for at, character in enumerate(PUBLISHED_NOTE):
        for other in ("A" if character != "A" else "B", ""):
            with pytest.raises(Broken):
                open_note(PUBLISHED_NOTE[:at] + other + PUBLISHED_NOTE[at + 1 :], [key])


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30), st.text("a \n—", max_size=9))
def test_what_is_signed_opens_with_the_public_key(words: str, more: str) -> None:
    text = words + more + "\n"
    assert open_note(sign(text, [ADA, BEN]), [BEN.public]).text == text
    assert open_note(sign(text, [ADA, BEN]), [BEN.public, ADA.public]).by == (ADA.public, BEN.public)


def test_a_signature_by_nobody_known_is_not_enough() -> None:
    with pytest.raises(Broken, match="nobody known"):
        open_note(sign("said\n", [ADA]), [BEN.public])
    with pytest.raises(Broken, match="nobody known"):
        open_note(sign("said\n", [ADA]), [Signer(name=ADA.name, seed=b"c" * 32).public])


def test_one_bad_signature_of_a_known_key_spoils_the_note() -> None:
    one, other = sign("said\n", [ADA]), sign("unsaid\n", [BEN])
    with pytest.raises(Broken, match="ben does not hold"):
        open_note(one + other.rpartition("\n\n")[2], [ADA.public, BEN.public])


@pytest.mark.parametrize(
    "note", ["", "said\n", "said\n\n", "said\n\n— x\n", "said\n\n- a b\n", "said\n\n— a AAAA\n", "a\t\n\n"]
)
def test_a_malformed_note_is_broken(note: str) -> None:
    with pytest.raises(Broken):
        open_note(note, [ADA.public])


def test_a_text_that_is_no_note_is_not_signed() -> None:
    for text in ("", "said", "a\rb\n"):
        with pytest.raises(BadInput):
            sign(text, [ADA])


def test_a_key_file_is_the_owners_alone_reads_back_and_is_never_replaced(tmp_path: Path) -> None:
    public = new_signing_key(tmp_path / "key", "example.org/case")
    signer = read_signing_key(tmp_path / "key")
    assert signer.public == public == read_vkey(str(public))
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert "seed" not in repr(signer)
    with pytest.raises(Refused):
        new_signing_key(tmp_path / "key", "example.org/case")


def test_bad_keys_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_signing_key(tmp_path / "none")
    for name in ("", "a b", "a+b"):
        with pytest.raises(BadInput):
            new_signing_key(tmp_path / "key", name)
    (tmp_path / "words").write_text("hello")
    with pytest.raises(BadInput):
        read_signing_key(tmp_path / "words")
    for vkey in ("hello", PUBLISHED_KEY.replace("530d", "530e"), PUBLISHED_KEY[:-4]):
        with pytest.raises(BadInput):
            read_vkey(vkey)
