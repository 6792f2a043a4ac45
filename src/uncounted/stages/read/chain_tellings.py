"""Who tells what in one document, looked up only where a claim needs it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from uncounted.stages.read.attribution import RUNS_ON, Statement, told_in
from uncounted.stages.read.attribution_sentence import Clauses, clause, holding
from uncounted.stages.read.attribution_words import reporting
from uncounted.stages.read.chain_anaphora import resolved
from uncounted.stages.read.chain_kinds import source_words
from uncounted.stages.read.chain_nodes import Node, nodes
from uncounted.text.sentences import containing
from uncounted.text.view import View

Told = tuple[Statement, tuple[int, int], list[Node]]
"""A statement that passes something on, the raw span of its content, and its resolved sources."""

_LEAST = 0.15
"""Words that pass on a count ("said", "counted") need less proof than words of opinion do."""
_LEAST_UNNAMED = 0.08
"""Where a sentence says that a source is protected, somebody speaks in it."""
_REMEMBERED = 40
"""So many sources back is a pronoun or a short name looked up."""
_LONGEST = 8_000
"""No content is longer (code points): a sentence and the three after it."""

_Named = list[tuple[Statement, list[Node]]]


class Tellings:
    """The statements of one document. A sentence is made ready when a claim first stands near it.

    What a sentence tells does not hang on the order in which it is asked for: where words point back ("he", "the
    group"), the sources of all sentences before are looked up first, in order.
    """

    def __init__(self, seen: View, quotes: list[tuple[int, int]]) -> None:
        """``quotes`` are the quotations of the view, in its own offsets."""
        self._seen, self._quotes, self._words = seen, quotes, source_words("en")
        self._spans = holding(seen, _forms())
        raw = [seen.span(*one) for one in self._spans]
        self._starts, self._ends = [start for start, _ in raw], [end for _, end in raw]
        self._made, self._named, self._told = dict[int, Clauses](), dict[int, _Named](), dict[int, list[Told]]()
        self._before, self._known = list[Node](), 0

    def near(self, start: int, end: int, back: int = 0) -> list[Told]:
        """Return the statements whose content (raw offsets) begins before ``end`` and ends after ``start - back``, in
        the order of their contents; there may be others among them."""
        first = bisect_right(self._ends, start - back)
        for _ in range(RUNS_ON):
            if not (0 < first < len(self._spans)) or containing(self._quotes, self._spans[first][0]) is None:
                break
            first -= 1  # a quotation that began in the sentence before may run on
        found = [one for at in range(first, bisect_right(self._starts, end)) for one in self._of(at)]
        found.sort(key=lambda one: one[1])
        contents = [content[0] for _, content, _ in found]
        return found[bisect_left(contents, start - _LONGEST) : bisect_right(contents, end)]

    def _of(self, number: int) -> list[Told]:
        """The statements of a sentence that have both content and source."""
        told = self._told.get(number)
        if told is None:
            told = [(one, self._seen.span(*one.content), named)
                    for one, named in self._statements(number) if one.content and named]  # fmt: skip
            self._told[number] = told
        return told

    def _statements(self, number: int) -> _Named:
        """The statements of a sentence, each with its sources under the names by which the text introduced them."""
        found = self._named.get(number)
        if found is None:
            found, earlier = _Named(), list[Node]()

            def before() -> list[Node]:
                self._look_up_to(number)
                return [*self._before[-_REMEMBERED:], *earlier][-_REMEMBERED:]

            unnamed = self._words.unnamed.search(self._seen.text, *self._spans[number])
            least = _LEAST_UNNAMED if unnamed else _LEAST
            for one in told_in(self._clauses(number), _After(self, number), self._words.tells, least):
                named = list[Node]()
                for node in nodes(self._seen, one, self._words):
                    named.append(resolved(node, before, self._words))
                    earlier.append(named[-1])
                found.append((one, named))
            self._named[number] = found
        return found

    def _look_up_to(self, number: int) -> None:
        """Have the sources of all sentences before this one looked up, in order."""
        while self._known < number:
            for _, named in self._statements(self._known):
                self._before += named
            self._known += 1

    def _clauses(self, number: int) -> Clauses:
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = clause(self._seen, self._spans[number], self._quotes, reporting("en"))
        return made

    def after(self, number: int) -> Iterator[Clauses]:
        """Yield the sentences into which a quotation of this one may run on."""
        for at in range(number + 1, min(number + 1 + RUNS_ON, len(self._spans))):
            yield self._clauses(at)


class _After(Iterable[Clauses]):
    """The sentences after one, made ready only when they are looked at."""

    def __init__(self, of: Tellings, number: int) -> None:
        self._of, self._number = of, number

    def __iter__(self) -> Iterator[Clauses]:
        return self._of.after(self._number)


@cache
def _forms() -> frozenset[str]:
    tells = source_words("en").tells
    return frozenset(form for form, (base, _) in reporting("en").forms.items() if base in tells) | {'"', ":"}
