"""The reader itself: a piece of text at a time, asked once, asked once more where the answer had faults."""

import time
from collections.abc import Callable, Iterator

import msgspec

from uncounted.model.claims import Claim, Document
from uncounted.model.errors import Broken, Refused
from uncounted.stages.read.llm.answers import Heard, heard
from uncounted.stages.read.llm.asking import VERSION, request
from uncounted.stages.read.llm.endpoint import Endpoint, ask, endpoint
from uncounted.stages.read.llm.pointing import pointed
from uncounted.stages.read.llm.quotes import Span
from uncounted.stages.read.options import Asked, ReaderOptions
from uncounted.text.sentences import sentences
from uncounted.text.view import view

PIECE = 8_000
"""Code points that are sent at once; a longer document is cut between sentences."""

_Answered = tuple[tuple[Claim, ...], tuple[str, ...]]


def llm_reader(options: ReaderOptions) -> "LlmReader":
    """The entry point's factory. Nothing is asked until a document is read."""
    return LlmReader(
        endpoint(options.endpoint, options.model, options.key, options.patience), away=options.away, told=options.told
    )


class LlmReader:
    """Keeps the promises of :class:`uncounted.stages.read.protocol.Reader`, save that a model need not say the same
    twice; what it said is kept as a fact, so a case is read once.

    ``away`` must be true for an endpoint that is not local; ``told`` hears of each question, with tokens, seconds and
    faults.
    """

    def __init__(self, to: Endpoint, *, away: bool = False, told: Callable[[Asked], None] = lambda _: None) -> None:
        if not to.local and not away:
            raise Refused(
                f"endpoint {to.url} with model {to.model}",
                "it is not on this machine, so the whole text of each report would leave it",
                "Say --send-away to allow that; a model on this machine needs no leave.",
            )
        self._to, self._told, self._structured = to, told, True

    @property
    def name(self) -> str:
        """``llm:MODEL/VERSION``, the same for the same question to the same model."""
        return f"llm:{self._to.model.replace('/', '.')}/{VERSION}"

    @property
    def sends_to(self) -> str | None:
        """The host that a document's text is sent to; ``None`` when it stays on this machine."""
        return None if self._to.local else self._to.host

    def read(self, document: Document) -> tuple[Claim, ...]:
        """The claims of a document.

        Raises :class:`Broken` when the endpoint gives no answer, and :class:`Refused` when it turns us away. Faults of
        an answer are told, and what is left of it is kept.
        """
        claims: tuple[Claim, ...] = ()
        for piece in pieces(document.text):
            claims += self._piece(document, piece, len(claims) + 1)
        return claims

    def _piece(self, document: Document, piece: Span, first: int) -> tuple[Claim, ...]:
        text = document.text[piece[0] : piece[1]]
        best: _Answered | None = None
        for attempt in (1, 2):
            begun = time.monotonic()
            answer = self._ask(text, best[1] if best else ())
            claims, faults = pointed(document, answer.claims, piece, self.name, first)
            found = claims, (*answer.faults, *faults)
            self._told(
                Asked(
                    document=document.id, attempt=attempt, asked=answer.asked, answered=answer.answered,
                    seconds=time.monotonic() - begun, faults=found[1],
                )
            )  # fmt: skip
            if best is None or (len(found[1]), -len(claims)) < (len(best[1]), -len(best[0])):
                best = found
            if not best[1]:
                break
        assert best is not None
        return best[0]

    def _ask(self, text: str, faults: tuple[str, ...]) -> Heard:
        status, body = ask(self._to, request(self._to.model, text, faults, structured=self._structured))
        if status in (400, 404, 415, 422, 500, 501) and self._structured and _about_form(body):
            self._structured = False
            status, body = ask(self._to, request(self._to.model, text, faults, structured=False))
        if status in (401, 403):
            raise Refused(f"endpoint {self._to.url}", f"it turned us away ({status})", "Set UNCOUNTED_LLM_KEY.")
        if status != 200:
            raise Broken(f"endpoint {self._to.url}", f"it answered {status}: {_excerpt(body)}")
        return heard(body)


def pieces(text: str) -> Iterator[Span]:
    """The text cut between sentences into stretches of at most :data:`PIECE` code points or so."""
    if len(text) <= PIECE:
        if text.strip():
            yield 0, len(text)
        return
    seen = view(text)
    begin = end = 0
    for start, stop in (seen.span(*one) for one in sentences(seen.text)):
        if stop - begin > PIECE and end > begin:
            yield begin, end
            begin = start
        end = stop
    if end > begin:
        yield begin, end


def _about_form(body: bytes) -> bool:
    return any(word in body.lower() for word in (b"response_format", b"json_schema", b"grammar", b"schema"))


def _excerpt(body: bytes) -> str:
    said = body[:300].decode("utf-8", "replace")
    return msgspec.json.encode("".join(c if c.isprintable() else " " for c in said)).decode()
