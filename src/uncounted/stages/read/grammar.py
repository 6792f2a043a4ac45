"""``grammar/1``: a reader that is a grammar over data-file lexicons."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import msgspec

from uncounted.model.claims import Claim, Document
from uncounted.stages.read.adding import added_up
from uncounted.stages.read.claiming import claimed
from uncounted.stages.read.clause import clause
from uncounted.stages.read.lexicon import Lexicon, lexicon_of, written_in
from uncounted.stages.read.recognising import recognised
from uncounted.stages.read.relations import related
from uncounted.stages.read.retelling import without_retold
from uncounted.stages.read.roll.enrolling import enrolled
from uncounted.stages.read.roll.kin import unnamed_kin
from uncounted.stages.read.roll.sums import sums
from uncounted.stages.read.scorer import features, sure, table, weights
from uncounted.stages.read.sentence import Draft, drafts
from uncounted.stages.read.sieve import may_tell
from uncounted.stages.read.struck import tells_of_places
from uncounted.text.sentences import sentences
from uncounted.text.view import view

Chains = Callable[[Document, tuple[Claim, ...]], tuple[Claim, ...]]
"""Gives the claims of a document their attribution chains."""

LEAST_WITHOUT_WORDS = 0.6
"""The least confidence (0..1) of a claim whose count no words of the text say ("a farmer", "villagers")."""


def unchained(document: Document, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims as they are, without chains."""
    return claims


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim and the draft that made it: clause, word of harm, rule, attachment with its runners-up."""

    claim: Claim
    draft: Draft


@dataclass(frozen=True)
class GrammarReader:
    """Reads by grammar. Deterministic; the cost grows linearly with the length of the text.

    ``chains`` adds attribution chains to the claims of a document; without it they have none. ``changes`` are what a
    case has learned, by feature (see :mod:`uncounted.stages.read.scorer`).
    """

    chains: Chains = field(default=unchained)
    name: str = "grammar/1"
    changes: dict[str, float] = field(default_factory=dict)

    def read(self, document: Document) -> tuple[Claim, ...]:
        """The claims of a document in reading order; none for a language without lexicon."""
        return tuple(reading.claim for reading in self.readings(document))

    def readings(self, document: Document) -> list[Reading]:
        """The claims of a document with what made each of them.

        A claim that states its count is always among them; one whose count is inferred from ``LEAST_WITHOUT_WORDS`` on.
        """
        document = recognised(document)
        lex = lexicon_of(document.language)
        if lex is None:
            return []
        found = without_retold(_drafts(document.text, lex, table(self.changes)), lex)
        roll = enrolled(document.text, found, lex)
        made: list[tuple[Claim, Draft]] = []
        names: dict[int, str] = {}
        for draft in roll.drafts:
            name = f"{document.id}#{len(made) + 1}"
            claim = self._weighed(claimed(draft, document.id, name, self.name, lex), draft)
            if claim is not None and (claim.count.text is not None or claim.confidence >= LEAST_WITHOUT_WORDS):
                names[id(draft)] = name
                made.append((claim, draft))
        wholes = tuple(
            msgspec.structs.replace(claim, subset_of=names[id(draft.whole)])
            if draft.whole is not None and id(draft.whole) in names
            else claim
            for claim, draft in made
        )
        claims = list(related(wholes, document.text, lex))
        drafts = [draft for _, draft in made]
        drawn = {id(draft): at for at, draft in enumerate(drafts)}
        on_roll = [(person, claims[drawn[id(draft)]]) for person, draft in roll.persons if id(draft) in drawn]
        kin = [claim for claim, draft in zip(claims, drafts, strict=True) if unnamed_kin(claim, draft)]
        for total in sums(document.text, on_roll, kin, tuple(claims)):
            _add(total, claims, drafts)
        for total in added_up(document.text, tuple(claims), tuple(drafts)):
            _add(total, claims, drafts)
        chained = self.chains(document, tuple(claims))
        return [Reading(claim, draft) for claim, draft in zip(chained, drafts, strict=True)]

    def _weighed(self, claim: Claim | None, draft: Draft) -> Claim | None:
        """The claim with the confidence that learned changes give it."""
        if claim is None or not self.changes:
            return claim
        attached = draft.attachment.chosen.features if draft.attachment else None
        shipped = sum(weights()[name] * value for name, value in (attached or {}).items())
        before = claim.confidence if attached is None else round(min(0.99, max(0.05, 0.5 + shipped / 12)), 2)
        confidence = sure(before, features(claim, draft.rule, attached), self.changes)
        return msgspec.structs.replace(claim, confidence=confidence)


def _add(total: Claim, claims: list[Claim], drafts: list[Draft]) -> None:
    """Puts a sum behind the claims, with the draft of the first claim that it adds up."""
    first = next(at for at, claim in enumerate(claims) if claim.id == total.relations[0].claim)
    claims.append(msgspec.structs.replace(total, id=f"{total.document}#{len(claims) + 1}"))
    drafts.append(replace(drafts[first], rule="sum"))


def _drafts(text: str, lex: Lexicon, scored: dict[str, float]) -> list[Draft]:
    seen = view(text)
    found: list[Draft] = []
    main, near = lex, False
    for start, end in sentences(seen.text):
        lex = written_in(seen.text, start, end, main)
        harm = lex.harm_pattern.search(seen.lower, start, end)
        backs = [lex.cues[name] for name in ("subset.back", "subset.figure") if name in lex.cues]
        back_said = near and any(back.search(seen.lower, start, end) for back in backs)
        told = harm or back_said or tells_of_places(seen.lower, start, end, lex)
        if told and may_tell(seen.lower, start, end, lex, after_claims=bool(found)):
            made = clause(seen, start, end, lex)
            made.table = scored
            fresh = drafts(made, lex, found)
            found += fresh
            near = bool(fresh)
        else:
            near = False
    return found
