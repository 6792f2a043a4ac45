"""The sieve passes sentences over that tell of no harm, and never one that a claim would be read from."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stages.read.reading import READER
from uncounted.model.claims import Document
from uncounted.stages.read import grammar
from uncounted.stages.read.lexicon import lexicon
from uncounted.stages.read.sieve import may_tell

_ENGLISH = lexicon("en")
_HARMS = sorted({" ".join(entry.words) for row in _ENGLISH.harming.values() for entry in row})
_CUED = sorted({phrase for name in ("struck.places", "struck.attacked", "struck.destroyed", "subset.figure")
                for phrase in _ENGLISH.cued[name]})  # fmt: skip
_PIECES = [
    "Five of them were", "seven", "children", "The number of", "two farmers", "is now", "rose to 70", "of", "the",
    "and", "were among", ".", ". ", "\n", "(", ")", '"', "'", "’s", "-", "_", "@", "in their homes", "12", "12,", "K",
    "é", "\u200f", "who", "were", "said the mayor",
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "after_claims"),
    [
        ("they lost their “own” lives", False),
        ("the clinic (of the town) was badly shelled", False),
        ("5killed", False),
        ("five of them were children", True),
        ("that figure is now 70", True),
    ],
)
def test_a_sentence_that_may_tell_of_harm_is_let_through(sentence: str, *, after_claims: bool) -> None:
    assert may_tell(sentence, 0, len(sentence), _ENGLISH, after_claims=after_claims)


@pytest.mark.parametrize(
    "sentence", ["the number of seats rose to 70", "five of them were children", "he took the road, and found work"]
)
def test_a_sentence_without_the_words_of_any_harm_is_passed_over(sentence: str) -> None:
    assert not may_tell(sentence, 0, len(sentence), _ENGLISH, after_claims=False)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.sampled_from(_HARMS), st.sampled_from(_CUED)), max_size=14),
       st.sampled_from([" ", ""]))  # fmt: skip
def test_nothing_is_read_that_the_sieve_would_have_kept_back(pieces: list[str], joint: str) -> None:
    document = Document(id="d", text=joint.join(pieces))
    sieved = READER.read(document)
    with patch.object(grammar, "may_tell", lambda *_, **__: True):
        assert READER.read(document) == sieved
