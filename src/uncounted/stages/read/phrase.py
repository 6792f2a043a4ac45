"""What the grammar looks at: a sentence made ready, and the noun phrases in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from uncounted.model.vocabulary import Group, Unit
from uncounted.stages.read.quantities import Quantity
from uncounted.stages.read.scorer import weights
from uncounted.stages.read.wording import Trigger
from uncounted.text.tokens import Token
from uncounted.text.view import View


@dataclass(slots=True, eq=False)
class NounPhrase:
    """A noun phrase ``tokens[first:last]`` and what it can be: person, unit, name, count, thing, other, age.

    ``owned`` is for "his mother", ``age`` in years where told, ``inferred`` the number of names that a plural without
    count is spelled out by ("her children, A, B and C"), ``within`` the phrase that spells this one out.
    """

    first: int
    last: int
    kind: str
    group: Group = "people"
    plural: bool | None = None
    unit: Unit = "person"
    quantity: Quantity | None = None
    definite: bool = False
    named: bool = False
    head: int = -1
    subset: bool = False
    owned: bool = False
    age: int | None = None
    inferred: int | None = None
    within: "NounPhrase | None" = None
    spell: bool = False
    guessed: bool = False


@dataclass(slots=True)
class Clause:
    """A sentence of a view with everything the grammar looks at. ``classes`` has one letter a token; ``flat`` is
    the same with asides as ``_``.
    """

    view: View
    tokens: list[Token]
    classes: str
    triggers: list[Trigger]
    phrases: list[NounPhrase]
    flat: str = ""
    table: dict[str, float] = field(default_factory=weights)
    subordinating: frozenset[str] = frozenset()
    among: frozenset[str] = frozenset()
    summing: frozenset[str] = frozenset()
    ending: dict[int, NounPhrase] = field(default_factory=dict)
    starting: dict[int, NounPhrase] = field(default_factory=dict)
    whole: str | None = None
    turned: frozenset[str] = frozenset()
    saying: frozenset[str] = frozenset()
    owning: frozenset[str] = frozenset()
    of_one: frozenset[str] = frozenset()
    of_many: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    multiple: Mapping[str, int] = field(default_factory=dict)

    def governs(self, at: int) -> bool:
        """Whether the token puts what follows it into a phrase of its own; "after" before a clause does not.

        What is joined to a governed phrase is governed as well: "from the Orva and Semi families".
        """
        if self.classes[at] == "C":
            before = self.ending.get(at)
            return (
                before is not None and before.first > 0 and before.quantity is None and self.governs(before.first - 1)
            )
        return self.classes[at] in "PtF" and self.tokens[at].word not in self.subordinating

    def words(self, first: int, last: int) -> str:
        """The tokens of a stretch joined by blanks."""
        if first <= 0 and last >= len(self.tokens):
            if self.whole is None:
                self.whole = " ".join([token.word for token in self.tokens])
            return self.whole
        return " ".join([token.word for token in self.tokens[max(first, 0) : last]])
