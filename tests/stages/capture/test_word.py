"""Word documents as programs write them: whatever holds the words, each is read once; what no page shows is not."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.stages.capture.make import FIXED, LINE, docx, with_member
from tests.stages.capture.test_strip import picture
from uncounted.stages.capture.office import read_office, strip

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SECRET = "Invented Witness"


def run(words: str, *, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def cell(words: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{paragraph(run(words))}</w:tc>"


WIDE, BEGINS = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
BOX = f"<w:txbxContent>{paragraph(run('In a box: nine hurt.'))}</w:txbxContent>"
CHANGED = 'w:id="1" w:author="Invented Editor" w:date="2031-05-06T10:00:00Z"'


def document(*blocks: str) -> bytes:
    """A document with these blocks in its body."""
    old, out = zipfile.ZipFile(io.BytesIO(docx())), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            body = old.read(member)
            if member.filename == "word/document.xml":
                body = f"<w:document {SPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>".encode()
            new.writestr(member.filename, body)
    return out.getvalue()


def read(*blocks: str) -> Any:
    return read_office("a.docx", document(*blocks), "docx", FIXED)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('In a control: four dead.'))}</w:sdtContent></w:sdt>",
         "In a control: four dead."),
        (paragraph(f"<w:sdt><w:sdtContent>{run('Within a line.')}</w:sdtContent></w:sdt>"), "Within a line."),
        (paragraph(run("Killed: ") + f"<w:ins {CHANGED}>{run('four')}</w:ins>"), "Killed: four"),
        (paragraph(run("A ") + f"<w:hyperlink>{run('link')}</w:hyperlink><w:r><w:br/></w:r>" + run("below")),
         "A link\nbelow"),
        (paragraph(f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}"
                   "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"), "In a box: nine hurt."),
        (f"<w:tbl><w:tr>{cell('Killed', WIDE)}{cell('4')}</w:tr></w:tbl>", "Killed\t4"),
        (f"<w:tbl><w:tr>{cell('North', BEGINS)}{cell('4')}</w:tr>"
         f"<w:tr>{cell('North', '<w:vMerge/>')}{cell('5')}</w:tr></w:tbl>", "North\t4\n\t5"),
        (f"<w:tbl><w:tr><w:tc><w:tbl><w:tr>{cell('a')}{cell('b')}</w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>", "a\tb"),
    ],
)  # fmt: skip
def test_words_are_read_once_whatever_holds_them(block: str, said: str) -> None:
    assert read(block).text == said


def test_what_was_deleted_is_not_read_and_that_is_said() -> None:
    draft = read(
        paragraph(run("Killed: ") + f"<w:del {CHANGED}><w:r><w:delText>three</w:delText></w:r></w:del>" + run("four")),
        paragraph(f"<w:moveFrom {CHANGED}>{run('Moved away.')}</w:moveFrom>"),
    )
    assert draft.text == "Killed: four"
    assert draft.partial == ("what was deleted with its traces kept is in the file but not read",)


def test_what_lies_beside_the_body_is_named_only_where_it_says_something() -> None:
    data = document(paragraph(run(LINE)))
    empty = f"<w:footnotes {SPACES}><w:footnote>{paragraph('<w:r><w:separator/></w:r>')}</w:footnote></w:footnotes>"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()

    def made(notes: str) -> bytes:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        linked = relations.replace(
            "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
        )
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            for member in old.infolist():
                body = linked.encode() if member.filename == "word/_rels/document.xml.rels" else old.read(member)
                new.writestr(member.filename, body)
            new.writestr("word/footnotes.xml", notes)
        return out.getvalue()

    assert read_office("a.docx", made(empty), "docx", FIXED).partial == ()
    told = empty.replace("<w:r><w:separator/></w:r>", run("Nine, says the clinic."))
    assert read_office("a.docx", made(told), "docx", FIXED).partial == ("footnotes are kept in the file but not read",)


def test_a_published_copy_holds_nothing_that_its_pages_do_not_show() -> None:
    deleted = f"<w:del {CHANGED}><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>"
    data = document(
        paragraph(run("Told by ") + deleted + run("a neighbour.")),
        paragraph(f"<w:moveFrom {CHANGED}>{run(SECRET)}</w:moveFrom>" + run(SECRET, looks="<w:vanish/>")),
        paragraph(run("Shown.", looks='<w:vanish w:val="0"/>')),
    )
    data = with_member(data, "word/media/image1.jpeg", picture())
    data = with_member(data, "word/media/image2.emf", b"a drawing")
    data = with_member(data, "word/embeddings/book.xlsx", SECRET.encode())
    relation = f'<Relationship Id="r1" Type="t" Target="file:///C:/Users/{SECRET}/a.dotx" TargetMode="External"/>'
    held = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
    data = with_member(data, "word/_rels/settings.xml.rels", held.encode())
    copy, changes = strip("a", data, "docx", FIXED)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        copied = b"".join(archive.read(name) for name in archive.namelist())
    for told in (SECRET, "Invented Editor", "Invented Photographer"):
        assert told.encode() not in copied
    assert read_office("a.docx", copy, "docx", FIXED).text == "Told by a neighbour.\n\nShown."
    assert any("1 drawings of a form" in change for change in changes)
    assert any("embedded files emptied" in change for change in changes)


def test_a_broken_part_is_named(tmp_path: Path) -> None:
    data = document("<w:p>")
    with pytest.raises(Exception, match="no whole DOCX"):
        strip("a", data, "docx", FIXED)
