"""Make the two binary reports of the demonstration: a hospital's list (Word) and a hospital's statement (PDF).

Run ``python scripts/make_demo_reports.py``. Everything in them is invented. The bytes are the same on every run with
the same libraries.
"""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

REPORTS = Path(__file__).resolve().parents[1] / "src/uncounted/demo/reports"
DEAD = (
    ("Tamsa Vellacourt", "41", "woman"),
    ("Jun Marrowby", "9", "boy"),
    ("Lisbet Marrowby", "12", "girl"),
    ("Odo Penhallick", "67", "man"),
    ("Keziah Strandling", "28", "woman"),
    ("Brannoc Thistleby", "55", "man"),
    ("Wynn Thistleby", "6", "girl"),
    ("Corentin Haldane-Moss", "33", "man"),
)
STATEMENT = (
    "Hospital of the Lamps, Blönduós",
    "Statement of 7 March 2025 (invented for demonstration)",
    "",
    "A shell struck the Hospital of the Lamps in Blönduós on Thursday night. Three people, two",
    "of them nurses, were killed and five patients were injured.",
    "",
    "The nurses were on duty in the corridor beside the maternity ward. The porter had come to",
    "carry water.",
    "",
    "We can no longer take patients. Those who can walk are in the school, where two of our",
    "doctors see them. We ask both sides for a safe road, and for fuel.",
    "",
    "Maren Oddling, director",
)


def hospital_list() -> bytes:
    """The list of Saint Orla's Hospital."""
    document = docx.Document()
    told = document.core_properties
    told.title = "The dead of Dalvík (invented for demonstration)"
    told.author = "Saint Orla's Hospital"
    told.comments, told.keywords = "", "Invented: yes"
    told.created = told.modified = datetime(2025, 3, 5)
    document.add_paragraph("Saint Orla's Hospital")
    document.add_paragraph("5 March 2025. This list is invented for demonstration.")
    document.add_paragraph(
        "Seventeen people were killed in the shelling of the fish hall in Dalvík on Monday, 3 March, Saint Orla's "
        "Hospital said. Six of them were children. The families of eight of the dead have agreed to the publication "
        "of their names:"
    )
    table = document.add_table(len(DEAD) + 1, 3)
    for r, row in enumerate((("Name", "Age", ""), *DEAD)):
        for c, cell in enumerate(row):
            table.rows[r].cells[c].text = cell
    document.add_paragraph("The hospital keeps the other names until their families have decided.")
    out = io.BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def _without_clock(archive: bytes) -> bytes:
    """The archive with every member dated alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            made = zipfile.ZipInfo(member.filename, (2025, 3, 5, 0, 0, 0))
            made.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(made, old.read(member))
    return out.getvalue()


def hospital_statement() -> bytes:
    """The statement of the Hospital of the Lamps, one page with a text layer."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    lines = "".join(
        f"({line}) Tj T*\n" for line in (text.replace("(", r"\(").replace(")", r"\)") for text in STATEMENT)
    )
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 11 Tf 16 TL 60 760 Td\n{lines}ET".encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.add_metadata(
        {
            "/Title": "Statement on the shelling of Blönduós (invented for demonstration)",
            "/Author": "Hospital of the Lamps",
            "/Keywords": "Invented: yes",
            "/Producer": "invented",
        }
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


if __name__ == "__main__":
    (REPORTS / "05_saint_orlas_list.docx").write_bytes(hospital_list())
    (REPORTS / "13_hospital_of_the_lamps.pdf").write_bytes(hospital_statement())
