"""Pictures read, and documents rebuilt without what they say of their makers; all inside the confined child.

The evidence copy keeps every byte. A publication copy is made anew: what was hidden in the old file cannot be in it.
"""

import base64
import contextlib
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from uncounted.stages.capture.confine import Unreadable
from uncounted.stages.capture.strip_word import stripped_word

MOST_PIXELS = 120_000_000
KINDS = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "GIF", "TIFF": "TIFF", "MPO": "JPEG"}
"""Forms of pictures that are read, and the form in which a publication copy is written."""
WHOLE = "Open and save it anew"


def read_image(data: bytes) -> dict[str, object]:
    """What a picture is: form and size in pixels, and which kinds of metadata lie in it (never what they say)."""
    with _whole("picture"):
        picture = _decoded(data)
        hidden = [name for name, there in (
            ("EXIF", bool(picture.getexif())), ("XMP", "xmp" in picture.info or b"<x:xmpmeta" in data),
            ("a comment", "comment" in picture.info), ("a place (GPS)", bool(picture.getexif().get_ifd(0x8825))),
        ) if there]  # fmt: skip
    said = f"it holds {', '.join(hidden)}: kept in the evidence, left out of publication copies"
    size = f"a picture ({picture.format}, {picture.width}×{picture.height} pixels), in which no words are read"
    return {"text": None, "title": None, "author": None, "partial": [size], "warned": [said] if hidden else []}


def stripped(form: str, data: bytes, inflated: int) -> dict[str, object]:
    """A document of a form (``image``, ``pdf``, ``docx``) made anew without metadata, and what was changed."""
    with _whole({"image": "picture", "pdf": "PDF", "docx": "DOCX"}[form]):
        if form == "docx":
            made, changes = stripped_word(data, inflated, _image)
        else:
            made, changes = {"image": _image, "pdf": _pdf}[form](data)
    return {"bytes": base64.b64encode(made).decode(), "changes": changes}


def _decoded(data: bytes) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    picture = Image.open(io.BytesIO(data), formats=list(KINDS))
    if picture.width * picture.height > MOST_PIXELS:
        raise Unreadable(f"it has more than {MOST_PIXELS:,} pixels", "Do not open it; ask for a smaller one")
    picture.load()
    return picture


@contextlib.contextmanager
def _whole(what: str) -> Iterator[None]:
    """Turn what parsers raise on a document that breaks its rules into words; their warnings are of no use here."""
    from lxml.etree import LxmlError
    from PIL import Image
    from pypdf.errors import PyPdfError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as fault:
        raise Unreadable(f"it has more than {MOST_PIXELS:,} pixels", "Do not open it; ask for a smaller one") from fault
    except (PyPdfError, LxmlError, struct.error, zipfile.BadZipFile, zlib.error, OSError, SyntaxError, ValueError,
            LookupError, TypeError, EOFError, ArithmeticError, AttributeError, RecursionError, AssertionError,
            NotImplementedError) as fault:  # fmt: skip
        raise Unreadable(f"it is no whole {what} ({type(fault).__name__})", WHOLE) from fault


def _image(data: bytes) -> tuple[bytes, list[str]]:
    """The pixels alone, turned the way they are meant to be seen, encoded anew."""
    from PIL import Image, ImageOps

    before = _decoded(data)
    picture = ImageOps.exif_transpose(before)
    plain = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        plain.putpalette(picture.getpalette() or [])
    plain.paste(picture)
    out = io.BytesIO()
    form = KINDS[str(before.format)]
    plain.save(out, form, **({"quality": 92} if form in {"JPEG", "WEBP"} else {}))
    changes = ["pixels decoded and encoded anew; EXIF, GPS, XMP, comments, thumbnails and colour profile left out"]
    if getattr(before, "n_frames", 1) > 1:
        changes.append(f"the first of {before.n_frames} frames alone")
    return out.getvalue(), changes


def _pdf(data: bytes) -> tuple[bytes, list[str]]:
    """The pages written into a new file: no document information, XMP, attachments, scripts, forms or notes."""
    import pypdf
    from pypdf.generic import DictionaryObject

    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        kept = writer.add_page(page)
        for name in ("/Annots", "/AA", "/LastModified"):
            kept.pop(name, None)
    for one in writer._objects:
        if isinstance(one, DictionaryObject):
            for name in ("/Metadata", "/PieceInfo"):
                one.pop(name, None)
    writer.metadata = None
    writer.write(out)
    return out.getvalue(), [
        "pages written into a new PDF without document information, XMP, attachments, scripts, links and notes",
        "words and pictures on the pages are as they were, pictures inside with what they may hold",
    ]
