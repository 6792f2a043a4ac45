import random

import pytest

from uncounted.model.claims import Claim, Count, Passage
from uncounted.stages.assess import copies as module
from uncounted.stages.assess.copies import copies
from uncounted.stages.assess.sketches import meeting, sketched

WORDS = [f"w{number}" for number in range(3000)]


def reports(count: int) -> tuple[list[Claim], dict[str, str]]:
    """Reports of forty words; every fifth is the first one copied with a word changed."""
    rng = random.Random(3)
    first = rng.choices(WORDS, k=40)
    texts = {}
    for at in range(count):
        words = [*first] if at % 5 == 0 else rng.choices(WORDS, k=40)
        words[39] = rng.choice(WORDS)
        texts[f"d{at}"] = " ".join(words)
    counted = Count(low=1, high=1, quantifier="exact", text=None, start=None, end=None)
    claims = [
        Claim(document=name, id=f"k{name}", harm="killed", passage=Passage(text[:60], 0, 60), count=counted)
        for name, text in texts.items()
    ]
    return claims, texts


def groups(found: tuple[module.Copy, ...]) -> set[frozenset[str]]:
    home: dict[str, set[str]] = {}
    for copy in found:
        joined = home.setdefault(copy.left, {copy.left}) | home.setdefault(copy.right, {copy.right})
        for name in joined:
            home[name] = joined
    return {frozenset(group) for group in home.values()}


def test_sketches_find_the_groups_that_exact_comparison_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    claims, texts = reports(60)
    exact = copies(claims, texts)
    monkeypatch.setattr(module, "MANY", 10)
    sketched_ = copies(claims, texts)
    assert groups(sketched_) == groups(exact)
    assert len(groups(exact)) == 1
    assert len(sketched_) <= len(exact)


def test_without_arrays_many_texts_are_compared_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    claims, texts = reports(30)
    exact = copies(claims, texts)
    monkeypatch.setattr(module, "MANY", 10)
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    assert copies(claims, texts) == exact


def test_a_text_that_many_copied_makes_few_pairs() -> None:
    pairs = meeting(sketched([WORDS[:40]] * 100, run=4, least=12))
    assert 99 <= len(pairs) <= 200


def test_short_texts_and_strangers_do_not_meet() -> None:
    assert not meeting(sketched([WORDS[:5], WORDS[:5]], run=4, least=12))
    assert not meeting(sketched([WORDS[:40], WORDS[100:140]], run=4, least=12))
