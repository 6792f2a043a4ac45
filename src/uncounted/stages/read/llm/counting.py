"""How many the quoted words say, read by the grammar: a model points at a number, it never states one."""

from bisect import bisect_right

from uncounted.model.claims import Count
from uncounted.model.vocabulary import Unit
from uncounted.stages.read.clause import clause
from uncounted.stages.read.lexicon import Lexicon, written_in
from uncounted.stages.read.llm.quotes import Span
from uncounted.stages.read.phrase import Clause
from uncounted.stages.read.quantities import quantities
from uncounted.text.sentences import sentences
from uncounted.text.view import view


class Counting:
    """The sentences of one document, each made ready for the grammar when it is first asked about."""

    def __init__(self, text: str, lex: Lexicon | None) -> None:
        self._seen, self._lex = view(text), lex
        self._spans = sentences(self._seen.text)
        self._starts = [self._seen.span(start, end)[0] for start, end in self._spans]
        self._made: dict[int, tuple[Clause, Lexicon]] = {}

    def sentence(self, span: Span) -> Span:
        """The raw span of the sentences that hold a raw span."""
        first = max(0, bisect_right(self._starts, span[0]) - 1)
        last = max(first, bisect_right(self._starts, span[1] - 1) - 1)
        if not self._spans:
            return span
        begin, end = self._seen.span(*self._spans[first])[0], self._seen.span(*self._spans[last])[1]
        return min(begin, span[0]), max(end, span[1])

    def said(self, span: Span, unit: Unit) -> Count | None:
        """The count that words say; ``None`` where they hold two numbers.

        The words are taken as far as the grammar sees the quantity ("at least 14" where "14" was quoted), so that no
        bound is closed by a short quote. Words without a number that can be read are ``vague`` with both bounds open.
        """
        made, lex = self._clause(span)
        found = []
        if made is not None and lex is not None:
            for quantity in quantities(made.tokens, lex):
                stretch = self._seen.span(made.tokens[quantity.first].start, made.tokens[quantity.last - 1].end)
                if stretch[0] < span[1] and span[0] < stretch[1]:
                    found.append((quantity, stretch))
        if len(found) > 1:
            return None
        start, end = found[0][1] if found else span
        low, high, quantifier = found[0][0][:3] if found else (None, None, "vague")
        text = self._seen.raw[start:end]
        return Count(text=text, start=start, end=end, low=low, high=high, quantifier=quantifier, unit=unit)

    def implied(self, span: Span, unit: Unit) -> Count:
        """The count of a victim without words for one: what its own phrase counts, one where it is single, or open."""
        made, _ = self._clause(span)
        phrases = made.phrases if made is not None else []
        for phrase in phrases:
            assert made is not None
            start, end = self._seen.span(made.tokens[phrase.first].start, made.tokens[phrase.last - 1].end)
            if not (start < span[1] and span[0] < end):
                continue
            if phrase.quantity is not None:
                stretch = self._seen.span(
                    made.tokens[phrase.quantity.first].start, made.tokens[phrase.quantity.last - 1].end
                )
                return self.said(stretch, unit) or Count(unit=unit)
            if phrase.kind in ("person", "name") and phrase.plural is False:
                return Count(low=1, high=1, quantifier="exact", unit=unit)
            return Count(unit=unit)
        return Count(unit=unit)

    def _clause(self, span: Span) -> tuple[Clause | None, Lexicon | None]:
        if self._lex is None or not self._spans:
            return None, None
        at = max(0, bisect_right(self._starts, span[0]) - 1)
        if at not in self._made:
            start, end = self._spans[at]
            lex = written_in(self._seen.text, start, end, self._lex)
            self._made[at] = clause(self._seen, start, end, lex), lex
        return self._made[at]
