import io
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest

from tests.stages.capture.make import FIXED, LINE, docx, one, pdf, with_member
from uncounted.model.errors import BadInput
from uncounted.stages.capture import found
from uncounted.stages.capture.office import read_office


def test_a_pdf_gives_the_text_of_its_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(LINE, "Second page.", title="Weekly note"))
    report = one(tmp_path / "a.pdf")
    assert report.text == f"{LINE}\n\nSecond page."
    assert (report.capture.title, report.capture.partial) == ("Weekly note", ())


def test_a_scanned_pdf_is_kept_and_called_partial(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("", ""))
    report = one(tmp_path / "a.pdf")
    assert (report.text, report.capture.text, report.capture.characters) == (None, None, 0)
    assert "no page has a text layer" in report.capture.partial[0]


def test_a_page_without_a_text_layer_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(LINE, ""))
    assert one(tmp_path / "a.pdf").capture.partial == ("page 2 has no text layer",)


def test_zero_byte_broken_and_encrypted_pdfs_are_named(tmp_path: Path) -> None:
    (tmp_path / "zero.pdf").touch()
    (tmp_path / "broken.pdf").write_bytes(pdf(LINE)[:200])
    (tmp_path / "junk.pdf").write_bytes(b"no pdf at all")
    (tmp_path / "locked.pdf").write_bytes(pdf(LINE, password="secret"))
    for name, rule in (
        ("zero", "empty"),
        ("broken", "no whole PDF"),
        ("junk", "no whole PDF"),
        ("locked", "encrypted"),
    ):
        with pytest.raises(BadInput, match=rule) as raised:
            list(found(tmp_path / f"{name}.pdf"))
        assert raised.value.remedy


def test_a_word_file_gives_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(LINE, "Names:", rows=(("A. Invented", "34"), ("B. Invented", "7"))))
    report = one(tmp_path / "a.docx")
    assert report.text == f"{LINE}\nNames:\nA. Invented\t34\nB. Invented\t7"


def test_a_broken_word_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(LINE)[:500])
    with pytest.raises(BadInput, match="no whole DOCX"):
        list(found(tmp_path / "a.docx"))


def test_a_zip_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "words")
    with pytest.raises(BadInput, match="no whole DOCX"):
        read_office("a.docx", out.getvalue(), "docx", FIXED)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "word/../../evil.xml", "..\\evil.xml", "C:evil.xml"])
def test_a_member_that_would_leave_its_folder_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="would leave the folder"):
        read_office("a.docx", with_member(docx(LINE), name, b"<a/>"), "docx", FIXED)


def test_a_zip_bomb_is_refused_by_its_declared_size() -> None:
    small = msgspec.structs.replace(FIXED, inflated=1_000_000)
    bomb = with_member(docx(LINE), "word/media/bomb.bin", bytes(3_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(BadInput, match="unpacks to more than 1,000,000 bytes"):
        read_office("a.docx", bomb, "docx", small)


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    size = 3_000_000
    bomb = with_member(docx(LINE), "word/media/bomb.bin", bytes(size))
    lying = bomb.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != bomb
    with pytest.raises(BadInput, match=r"no whole DOCX|larger than declared"):
        read_office("a.docx", lying, "docx", FIXED)


def test_a_pdf_bomb_is_stopped_by_the_limits_of_its_child() -> None:
    import zlib

    import pypdf
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    bomb = StreamObject()
    bomb._data = zlib.compress(bytes(400_000_000), 1)
    bomb[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject()})
    page[NameObject("/Contents")] = writer._add_object(bomb)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(BadInput, match=r"more memory|unpacks to more|could not|longer|fail"):
        read_office("a.pdf", out.getvalue(), "pdf", msgspec.structs.replace(FIXED, memory=400_000_000))


def with_document(entities: str, words: str) -> bytes:
    """A Word file whose text is ``words`` with entities of its own."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(LINE))) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            main = member.filename == "word/document.xml"
            new.writestr(member.filename, f"<!DOCTYPE d [{entities}]>{body}" if main else old.read(member))
    return out.getvalue()


def test_an_entity_that_names_a_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("canary")
    document = with_document(f'<!ENTITY x SYSTEM "file://{tmp_path}/secret">', "four &x; dead")
    assert "canary" not in (read_office("a.docx", document, "docx", FIXED).text or "")


def test_entities_that_multiply_are_refused() -> None:
    tens = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    with pytest.raises(BadInput, match=r"no whole DOCX|more memory"):
        read_office("a.docx", with_document(f'<!ENTITY a0 "dead ">{tens}', "&a9;"), "docx", FIXED)


def test_a_parser_out_of_memory_is_an_error_in_words() -> None:
    tight = msgspec.structs.replace(FIXED, memory=60_000_000)
    with pytest.raises(BadInput) as raised:
        read_office("a.pdf", pdf(*["word " * 1_000_000] * 3), "pdf", tight)
    assert raised.value.remedy


CONFINED = """
import sys
from uncounted.stages.capture.confine import cut_network, limit, forbid
import socket, os, subprocess
cut_network(); limit(500_000_000, {seconds}); forbid()
try:
    {act}
except BaseException as fault:
    print(type(fault).__name__); sys.exit(0)
print("done")
"""


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        ("socket.create_connection(('127.0.0.1', 9))", "Confined"),
        ("socket.getaddrinfo('host.example', 80)", "Confined"),
        ("subprocess.run(['/bin/true'])", "Confined"),
        ("os.system('true')", "Confined"),
        ("open('/tmp/uncounted-child-wrote', 'w')", "Confined"),
        ("os.remove('/tmp/uncounted-child-wrote')", "Confined"),
        ("bytearray(800_000_000)", "MemoryError"),
        ("len(open('/etc/hostname').read())", "Confined"),
        ("len(open(__import__('os').__file__).read())", "done"),
        ("__import__('csv')", "done"),
    ],
)
def test_a_confined_child_cannot_reach_out(act: str, outcome: str) -> None:
    code = CONFINED.format(act=act, seconds=20)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout.split()[-1:] == [outcome], ran.stderr


def test_a_child_that_never_ends_is_killed_by_its_processor_time() -> None:
    code = CONFINED.format(act="[None for _ in iter(int, 1)]", seconds=1)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode < 0
    assert "done" not in ran.stdout


def test_a_child_without_an_interface_sees_no_network() -> None:
    code = (
        "from uncounted.stages.capture.confine import cut_network\nimport socket\n"
        "print(cut_network(), [name for _, name in socket.if_nameindex() if name != 'lo'])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    if ran.stdout.startswith("False"):
        pytest.skip("this system lets nobody make a network namespace; sockets are forbidden all the same")
    assert ran.stdout.strip() == "True []"
