"""The reader that a case uses unless told otherwise."""

from uncounted.model.claims import Claim, Document
from uncounted.model.identity import canonical, digest
from uncounted.stages.read.chain_cues import with_cues
from uncounted.stages.read.chains import chains
from uncounted.stages.read.grammar import GrammarReader
from uncounted.stages.read.options import ReaderOptions


def standard_reader(changes: dict[str, float] | None = None) -> GrammarReader:
    """The grammar reader with its attribution chains, and with what a case has learned; its name tells that it did."""
    if not changes:
        return GrammarReader(chains=_chains)
    return GrammarReader(_chains, f"grammar/1+{digest(canonical(changes))[:8]}", changes)


def grammar_reader(options: ReaderOptions) -> GrammarReader:
    """The entry point's factory."""
    return standard_reader(options.changes)


def _chains(document: Document, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    return with_cues(document, chains(document, claims))
