"""The child that parses one PDF, DOCX or picture.

It is started as ``python -m uncounted.stages.capture.child FORM MEMORY SECONDS BYTES``.

The document comes on standard input; one JSON object goes to standard output, either what was found
(``text``, ``title``, ``author``, ``partial``, ``warned``), or, for a form like ``strip-pdf``, the document without its
metadata (``bytes`` in base64, ``changes``), or ``{"error": [rule, remedy]}``. It knows no path and no network.
"""

import io
import json
import sys

from uncounted.stages.capture.confine import FAULTS, Confined, Unreadable, cut_network, forbid, limit


def read_pdf(data: bytes) -> dict[str, object]:
    """Text of every page, two line ends between pages; a page without a text layer is named in ``partial``."""
    import logging

    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

    warned: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda record: warned.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("pypdf").addHandler(listener)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("it is encrypted", "Remove the password and add it again")
        pages: list[str] = []
        broken: list[str] = []
        for number, page in enumerate(reader.pages, start=1):
            try:
                pages.append(page.extract_text().strip())
            except LimitReachedError:
                raise
            except (PyPdfError, *FAULTS) as fault:
                pages.append("")
                broken.append(f"page {number} could not be read ({type(fault).__name__})")
        told = reader.metadata
        title, author = (told.title, told.author) if told else (None, None)
    except (FileNotDecryptedError, DependencyError) as fault:
        raise Unreadable("it is encrypted", "Remove the password and add it again") from fault
    except LimitReachedError as fault:
        raise Unreadable(f"it unpacks to more than is allowed ({fault})", "Print it to a new PDF") from fault
    except (PyPdfError, *FAULTS) as fault:
        raise Unreadable(f"it is no whole PDF ({fault})", "Open and save it anew, or add its text as a file") from fault
    if not pages:
        raise Unreadable("it has no page", "Open and save it anew, or add its text as a file")
    empty = [f"page {number} has no text layer" for number, text in enumerate(pages, start=1) if not text]
    if len(empty) == len(pages) and not broken:
        empty = ["no page has a text layer (a scan?), so nothing was read"]
    text = "\n\n".join(text for text in pages if text)
    return {"text": text or None, "title": title, "author": author, "partial": [*broken, *empty], "warned": warned}


def answer(form: str, data: bytes, inflated: int) -> dict[str, object]:
    """What the parser found, or the error in words."""
    from uncounted.stages.capture import packed, strip, word

    try:
        if form in {"pdf", "docx"}:
            return read_pdf(data) if form == "pdf" else word.read_docx(data, inflated)
        if form == "wacz":
            return packed.read_wacz(data, inflated)
        return strip.read_image(data) if form == "image" else strip.stripped(form[len("strip-") :], data, inflated)
    except Unreadable as fault:
        return {"error": list(fault.args)}
    except MemoryError:
        return {"error": ["reading it takes more memory than is allowed", "Open and save it anew, or add its text"]}
    except Confined as fault:
        return {"error": [f"it made its parser reach out ({fault})", "Do not open it"]}


def main(arguments: list[str]) -> None:
    """Confine this process, read standard input, write one JSON object."""
    form, memory, seconds, inflated = arguments[0], int(arguments[1]), float(arguments[2]), int(arguments[3])
    cut_network()
    limit(memory, seconds)
    forbid()
    found = answer(form, sys.stdin.buffer.read(), inflated)
    sys.stdout.buffer.write(json.dumps(found).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
