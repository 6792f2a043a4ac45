"""The language of a text, by py3langid; a short or doubtful text stays unknown."""

from functools import cache
from typing import Any

LETTERS = 40
SURE = 0.75
SAMPLE = 20_000


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    build: Any = LanguageIdentifier.from_model_file
    return build(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the text's language, or ``None`` under 40 letters or when the model is less than 75 % sure."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= SURE else None
