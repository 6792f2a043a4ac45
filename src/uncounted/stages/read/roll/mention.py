"""A name of a person where it stands, with what the words beside it tell."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from uncounted.names import parse
from uncounted.names.sex import Sex


@dataclass(slots=True, eq=False)
class Mention:
    """A name ``view.text[start:end]``; the words that belong to it reach from ``first`` to ``last``.

    ``age`` in years, ``sex``, ``years`` (``child``, ``adult``, ``kin`` for a son or daughter of unsaid age, or ``""``).
    ``lent`` is what a noun before a whole list tells ("their children: A, B and C"), ``introduced`` for a name behind
    its description ("an 11-year-old girl, A"), ``owner`` for "A's", ``telling`` for who says something.
    """

    name: str
    start: int
    end: int
    first: int
    last: int
    age: int | None = None
    sex: Sex | None = None
    years: str = ""
    lent: tuple[str, str] | None = None
    owner: bool = False
    telling: bool = False
    introduced: bool = False

    @property
    def known(self) -> bool:
        """Whether something besides capital letters tells of a person."""
        return self.age is not None or self.sex is not None or bool(self.years)

    def tell(self, sex: str, years: str) -> None:
        """Takes in what a word beside the name tells; what was told first stays."""
        if sex and self.sex is None:
            self.sex = "f" if sex == "f" else "m"
        if years and not self.years:
            self.years = years


class Around(NamedTuple):
    """The words around a name: before it in lower case, behind it in lower case and as written."""

    before: str
    after: str
    written: str


@lru_cache(maxsize=1 << 14)
def bare(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: folded, without titles and articles, "Umm Ahmed" as one word."""
    return parse(name).words
