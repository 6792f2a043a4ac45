"""Archives of others: what is in them becomes reports; what plays tricks is refused."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from uncounted.model.errors import BadInput, NotFound
from uncounted.stages.capture import Fault, Options, Taken
from uncounted.stages.capture.archives import archived

PAGE = (
    "<html lang=en><head><title>Shells on a market</title></head><body><article><p>Fourteen people died when shells "
    "fell on the invented market of Qasr Lamin on Tuesday, the district hospital said in an invented statement.</p>"
    "<p>Families left with what they could carry.</p></article></body></html>"
)
TWEETS = [
    {"tweet": {"id_str": "7", "full_text": "Three people killed in invented shelling", "lang": "en",
               "created_at": "Tue May 06 10:00:00 +0000 2031"}},
    {"tweet": {"id_str": "8"}},
]  # fmt: skip


def read(path: Path, form: str, **options: int) -> tuple[list[Taken], list[Fault]]:
    found = list(archived(path, form, Options(**options)))  # type: ignore[arg-type]
    return [one for one in found if isinstance(one, Taken)], [one for one in found if isinstance(one, Fault)]


def zipped(path: Path, files: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def warc(*pages: tuple[str, str]) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, body in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body.encode()), http_headers=headers))
    return out.getvalue()


def test_every_page_of_a_wacz_is_a_report_with_its_address(tmp_path: Path) -> None:
    data = warc(("https://news.example/one", PAGE), ("https://news.example/two", PAGE.replace("Fourteen", "Nine")))
    path = zipped(tmp_path / "a.wacz", {"archive/data.warc.gz": data, "datapackage.json": "{}"})
    taken, faults = read(path, "wacz")
    assert faults == []
    assert [one.capture.url for one in taken] == ["https://news.example/one", "https://news.example/two"]
    assert taken[0].text is not None
    assert "Fourteen people died" in taken[0].text
    assert taken[0].original == path.read_bytes()


def test_a_wacz_without_a_web_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no WARC"):
        read(zipped(tmp_path / "a.wacz", {"pages.jsonl": "{}"}), "wacz")


def test_a_wacz_that_leads_out_of_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="leads out"):
        read(zipped(tmp_path / "a.wacz", {"archive/../../x.warc.gz": b""}), "wacz")


@pytest.mark.parametrize("packed", [True, False])
def test_every_tweet_is_a_report_and_one_without_text_is_named(tmp_path: Path, *, packed: bool) -> None:
    said = "window.YTD.tweets.part0 = " + json.dumps(TWEETS)
    if packed:
        path = zipped(tmp_path / "twitter.zip", {"data/tweets.js": said})
    else:
        path = tmp_path / "twitter"
        (path / "data").mkdir(parents=True)
        (path / "data" / "tweets.js").write_text(said)
    taken, faults = read(path, "twitter")
    assert [(one.capture.part, one.capture.published) for one in taken] == [("tweet 7", "2031-05-06T10:00:00Z")]
    assert "tweet 2" in str(faults[0].error)


def test_a_chat_is_read_from_its_packed_export(tmp_path: Path) -> None:
    chat = "[26.05.31, 10:00:00] Invented Neighbour: Three people were killed at the well\n"
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": chat, "photo.jpg": b"\xff\xd8"})
    taken, _ = read(path, "whatsapp")
    assert [one.text for one in taken] == ["Three people were killed at the well"]


def test_pictures_beside_a_chat_and_a_broken_text_keep_nobody_from_it(tmp_path: Path) -> None:
    chat = "[26.05.31, 10:00:00] Invented Neighbour: Three people were killed at the well\n"
    files = {"WhatsApp Chat with Us.txt": chat, "a note.txt": "  ", "video.mp4": b"\0" * 3_000_000}
    path = zipped(tmp_path / "chat.zip", files)
    taken, faults = read(path, "whatsapp", limit=100_000, inflated=100_000)
    assert [one.text for one in taken] == ["Three people were killed at the well"]
    assert [fault.path for fault in faults] == [f"{path}/a note.txt"]


def test_a_member_whose_packing_is_broken_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": "[26.05.31, 10:00:00] Neighbour: three were killed\n" * 99})
    data = bytearray(path.read_bytes())
    data[45:60] = b"\xff" * 15
    path.write_bytes(bytes(data))
    with pytest.raises(BadInput, match="cannot be unpacked"):
        read(path, "whatsapp")


def test_a_folder_of_the_auto_archiver_gives_its_pages_and_its_results(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE)
    metadata = repr({"title": "A post", "content": "Two people were killed, an invented witness wrote.", "timestamp":
                     "2031-05-06T10:00:00+00:00", "url": "https://social.example/1"})  # fmt: skip
    (folder / "results.csv").write_text(f'status,metadata,media\nsuccess,"{metadata}",[]\nfailed,,\n')
    (folder / "video.mp4").write_bytes(b"\0" * 10)
    taken, faults = read(folder, "auto-archiver")
    assert sorted(one.capture.url or "" for one in taken) == ["", "https://social.example/1"]
    assert "row 2" in str(faults[0].error)


def test_a_result_that_is_code_is_not_run(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "results.csv").write_text(
        f"url,metadata\nhttps://x.example,\"__import__('os').mkdir('{tmp_path}/ran')\"\n"
    )
    _, faults = read(folder, "auto-archiver")
    assert faults
    assert not (tmp_path / "ran").exists()


def test_what_is_not_what_it_is_said_to_be_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read(tmp_path / "none", "wacz")
    (tmp_path / "x.wacz").write_bytes(b"PK nothing")
    with pytest.raises(BadInput, match="no archive"):
        read(tmp_path / "x.wacz", "wacz")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match=r"tweets\.js"):
        read(tmp_path / "empty", "twitter")
