"""The reader that a case uses unless told otherwise."""

from uncounted.stages.read.chains import chains
from uncounted.stages.read.grammar import GrammarReader


def standard_reader() -> GrammarReader:
    """The grammar reader with its attribution chains."""
    return GrammarReader(chains=chains)
