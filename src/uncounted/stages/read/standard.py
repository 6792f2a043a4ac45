"""The reader that a case uses unless told otherwise."""

from uncounted.model.claims import Claim, Document
from uncounted.stages.read.chain_cues import with_cues
from uncounted.stages.read.chains import chains
from uncounted.stages.read.grammar import GrammarReader


def standard_reader() -> GrammarReader:
    """The grammar reader with its attribution chains."""
    return GrammarReader(chains=_chains)


def _chains(document: Document, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    return with_cues(document, chains(document, claims))
