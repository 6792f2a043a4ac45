"""Evidence keeps every byte; a publication copy is made anew, without what a file says of its maker."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.stages.capture.make import FIXED, LINE, docx, one, pdf, with_member
from uncounted.model.errors import BadInput
from uncounted.stages.capture.office import strip

SECRET = "Invented Photographer, +00 000 0009"


def picture(form: str = "JPEG", *, size: tuple[int, int] = (40, 20)) -> bytes:
    from PIL import Image

    image, out = Image.new("RGB", size, (200, 10, 10)), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = SECRET, 6  # artist; to be turned by 90°
    exif.get_ifd(0x8825)[2] = (64.0, 8.0, 0.0)
    image.save(out, form, **({"exif": exif} if form in {"JPEG", "PNG", "WEBP", "TIFF"} else {"comment": SECRET}))
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "GIF"])
def test_a_picture_is_evidence_byte_for_byte_and_published_without_its_metadata(form: str, tmp_path: Path) -> None:
    from PIL import Image

    data = picture(form)
    path = tmp_path / f"a.{form.lower()}"
    path.write_bytes(data)
    report = one(path)
    assert (report.original, report.capture.form, report.text) == (data, "image", None)
    assert ("20×40" if form == "TIFF" else "40×20") in report.capture.partial[0]  # a TIFF is turned when it is read
    assert "publication" in report.notes[0]
    assert SECRET not in str(report.capture)
    copy, changes = strip("a", data, "image", FIXED)
    assert SECRET.encode() in data
    assert SECRET.encode() not in copy
    with Image.open(io.BytesIO(copy)) as shown:
        assert form == "TIFF" or not shown.getexif()  # a TIFF's own measures are tags too
        assert shown.size == ((20, 40) if form != "GIF" else (40, 20))
    assert "EXIF" in changes[0]


def test_a_pdf_is_published_without_what_it_says_of_its_author() -> None:
    import pypdf

    data = pdf(LINE, title=SECRET)
    copy, _ = strip("a", data, "pdf", FIXED)
    shown = pypdf.PdfReader(io.BytesIO(copy))
    assert LINE in shown.pages[0].extract_text()
    assert not shown.metadata
    assert b"Photographer" not in copy


def test_a_word_document_is_published_without_names_of_who_wrote_and_edited_it() -> None:
    import docx as library

    document = library.Document()
    document.core_properties.author = SECRET
    document.add_paragraph(LINE)
    out = io.BytesIO()
    document.save(out)
    data = with_member(out.getvalue(), "word/people.xml", SECRET.encode())
    copy, _ = strip("a", data, "docx", FIXED)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert not any(SECRET.encode() in archive.read(name) for name in archive.namelist())
    assert [one.text for one in library.Document(io.BytesIO(copy)).paragraphs] == [LINE]


def test_hostile_pictures_are_turned_down_in_words(tmp_path: Path) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    for data, rule in (
        (out.getvalue(), "pixels"), (picture()[:200], "no whole picture"), (b"\x89PNG junk", "no whole picture"),
        (b"P6 9999999 9999999 255\n", "no whole picture"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=rule):
            strip("a", data, "image", FIXED)
        (tmp_path / "a.png").write_bytes(data)
        with pytest.raises(BadInput, match=rule):
            one(tmp_path / "a.png")
    with pytest.raises(BadInput):
        strip("a", docx(LINE)[:50], "docx", FIXED)
