"""The contract that every reader keeps, as tests. A reader's own test subclasses it and says how to make one.

::

    class TestMine(ReaderContract):
        def make(self) -> Reader:
            return MyReader()
"""

import re

from uncounted.model.claims import Document
from uncounted.model.quoting import misquoted
from uncounted.stages.read.protocol import Reader

TEXTS = (
    "",
    "\n\r\n\t ",
    "Two people were killed.",
    "At least 14 villagers, five of them children, were killed, the hospital said.\r\nNine others were wounded.",
    "In\u200e Sefira\u200f, 3\u0301 people were \u202bkilled\u202c; e\u0301lodie\ufeff too.",
    "قُتِلَ 12 مدنياً وأُصيب ٣٠ آخرون، حسب الدفاع المدني.",
    "\ud800 killed \udfff three \U0001f4a5 people killed",
    "killed " * 400,
)
"""Texts that have harmed readers: nothing, marks, ends of lines, halves of characters, repetition."""


class ReaderContract:
    """What holds for every reader."""

    def make(self) -> Reader:
        """Make the reader."""
        raise NotImplementedError

    def test_its_name_holds_a_version(self) -> None:
        """A newer version is another reader of the same family."""
        assert re.fullmatch(r"[^/\s]+/\S+", self.make().name)

    def test_every_quoted_part_is_the_documents_own_slice(self) -> None:
        """Whatever the text, in code points."""
        reader = self.make()
        for text in TEXTS:
            for claim in reader.read(Document(id="d", text=text)):
                assert not list(misquoted(claim, text))

    def test_claims_are_numbered_and_name_document_and_reader(self) -> None:
        """Ids are ``{document}#{n}`` from 1, in order."""
        reader = self.make()
        for text in TEXTS:
            claims = reader.read(Document(id="d", text=text))
            assert [claim.id for claim in claims] == [f"d#{n}" for n in range(1, len(claims) + 1)]
            assert {(claim.document, claim.reader) for claim in claims} <= {("d", reader.name)}

    def test_wholes_and_relations_name_claims_of_the_document(self) -> None:
        """Nothing points out of its document, and nothing is a part of itself."""
        reader = self.make()
        for text in TEXTS:
            claims = reader.read(Document(id="d", text=text))
            names = {claim.id for claim in claims}
            for claim in claims:
                pointed = {claim.subset_of} - {None} | {relation.claim for relation in claim.relations}
                assert pointed <= names - {claim.id}

    def test_a_count_without_words_has_no_span(self) -> None:
        """What was inferred is marked by that."""
        reader = self.make()
        for text in TEXTS:
            for claim in reader.read(Document(id="d", text=text)):
                count = claim.count
                assert (count.text is None) == (count.start is None) == (count.end is None)
                assert count.low is None or count.high is None or 0 <= count.low <= count.high
