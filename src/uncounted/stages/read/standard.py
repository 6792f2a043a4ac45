"""The reader that a case uses unless told otherwise."""

from uncounted.model.claims import Claim, Document
from uncounted.stages.read.chain_cues import with_cues
from uncounted.stages.read.chains import chains
from uncounted.stages.read.grammar import GrammarReader
from uncounted.stages.read.options import ReaderOptions


def standard_reader() -> GrammarReader:
    """The grammar reader with its attribution chains."""
    return GrammarReader(chains=_chains)


def grammar_reader(options: ReaderOptions) -> GrammarReader:
    """The entry point's factory."""
    del options
    return standard_reader()


def _chains(document: Document, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    return with_cues(document, chains(document, claims))
