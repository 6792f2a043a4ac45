"""A reader that asks a language model where to look; what it finds is read from the document's own words."""

from uncounted.stages.read.llm.reader import LlmReader, llm_reader

__all__ = ["LlmReader", "llm_reader"]
