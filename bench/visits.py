"""Pages visited with a browser, and their WACZ files opened in an independent reader.

``python -m bench visits [--pages N] [--reader FOLDER]``: pages are invented and served on this machine. FOLDER holds
the npm package ``replaywebpage`` (AGPL-3.0, not part of this program: ``npm pack replaywebpage``), which is then served
too; it replays each file in a browser whose only way out counts what is asked for outside.
"""

import argparse
import asyncio
import base64
import functools
import http.server
import io
import os
import re
import tempfile
import threading
import time
from pathlib import Path

import msgspec
from tests.stages.capture.server import Answer, serving

from uncounted.model.evidence import Capture
from uncounted.stages.capture import Options, Taken
from uncounted.stages.capture.browser import browser_path, launched
from uncounted.stages.capture.caged import caged
from uncounted.stages.capture.driver import driver
from uncounted.stages.capture.found import found
from uncounted.stages.capture.gate import Gate
from uncounted.stages.capture.wacz import faults

HTML = {"Content-Type": "text/html; charset=utf-8"}
STYLE = "body { font-family: serif } img { width: 40px }"
LINE = "At least four people were killed in Smalltown on Monday, a nurse of the invented clinic said. "
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MARK = "A line that a script wrote, number"


def site(pages: int) -> dict[str, Answer]:
    """An invented site: pages with a style, thirty pictures and a script that fetches words."""
    answers: dict[str, Answer] = {"/style.css": (200, {"Content-Type": "text/css"}, STYLE.encode())}
    answers["/script.js"] = (
        200, {"Content-Type": "text/javascript"},
        b"fetch('/words.json').then(a => a.json()).then(a => document.getElementById('late').textContent = a.words + "
        b"' ' + document.title);",
    )  # fmt: skip
    answers["/words.json"] = (200, {"Content-Type": "application/json"}, f'{{"words": "{MARK}"}}'.encode())
    for n in range(30):
        answers[f"/{n}.png"] = (200, {"Content-Type": "image/png"}, DOT)
    pictures = "".join(f'<img src="/{n}.png" loading="lazy" alt="">' for n in range(30))
    for n in range(pages):
        body = f"<article><h1>Four killed</h1>{'<p>' + LINE * 5 + '</p>'}<p id=late></p>{pictures}</article>"
        head = f"<title>{n}</title><link rel=stylesheet href=/style.css><script src=/script.js defer></script>"
        answers[f"/{n}"] = (200, HTML, f"<!doctype html><html lang=en>{head}{body * 10}".encode())
    return answers


def visited(pages: int) -> list[Taken]:
    """Visit the pages; print clock and processor seconds of each."""
    options, taken, times = Options(browser="always", allow_loopback=True), list[Taken](), list[float]()
    with serving(site(pages)) as server:
        for n in range(pages):
            began, used = time.perf_counter(), sum(os.times()[:4])
            (report,) = [one for one in found(server.url(f"/{n}"), options) if isinstance(one, Taken)]
            times.append(time.perf_counter() - began)
            print(f"page {n}: {times[-1]:.2f} s, {sum(os.times()[:4]) - used:.2f} s processor, "
                  f"{len(report.original):,} bytes, faults {faults(report.original)}", flush=True)  # fmt: skip
            taken.append(report)
    print(f"pages: {pages}; median {sorted(times)[pages // 2]:.2f} s, slowest {max(times):.2f} s")
    return taken


class Ranged(http.server.SimpleHTTPRequestHandler):
    """Serves files, in parts where asked for parts, as readers of the format do."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_head(self) -> io.BytesIO | None:  # type: ignore[override]
        """Answer with the file, or the part of it that is asked for."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return None
        data = path.read_bytes()
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        first, last = 0, len(data) - 1
        if asked:
            first = int(asked[1]) if asked[1] else len(data) - int(asked[2])
            last = min(int(asked[2]) if asked[1] and asked[2] else last, last)
        self.send_response(206 if asked else 200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Accept-Ranges", "bytes")
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.end_headers()
        return io.BytesIO(data[first : last + 1])


async def replayed(port: int, captures: list[Capture]) -> tuple[int, list[str]]:
    """How many pages came back whole in the reader, and what was asked for outside its own server."""
    gate, whole, outside = Gate(lambda *_: ["127.0.0.1"], limit=10**9, allow_loopback=True), 0, list[str]()
    own = f"http://127.0.0.1:{port}/"
    await gate.asked("127.0.0.1", port)
    async with caged(gate, str(browser_path())) as cage, driver() as playwright:
        browser = await launched(playwright, cage)
        for n, capture in enumerate(captures):
            page = await (await browser.new_context()).new_page()
            page.context.on(
                "request",
                lambda one: outside.append(one.url) if not one.url.startswith((own, "data:", "blob:")) else None,
            )
            await page.goto(f"{own}index.html?source=/{n}.wacz#view=pages&url={capture.url}")
            until = time.monotonic() + 60
            found = False
            while not found and time.monotonic() < until:
                await page.wait_for_timeout(500)
                for frame in page.frames:
                    if "/w/" in frame.url:
                        said = await frame.evaluate(
                            "[document.body.innerText, [...document.images].filter(i => i.naturalWidth).length]"
                        )
                        found = f"{MARK} {n}" in said[0] and said[1] > 0
            whole += found
            await page.context.close()
        await browser.close()
    return whole, outside + [name for name in gate.addresses if name != "127.0.0.1"]


def main() -> None:
    """Visit, then replay if there is a reader."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=5)
    parser.add_argument("--reader", type=Path)
    asked, _ = parser.parse_known_args()
    taken = visited(asked.pages)
    if not asked.reader:
        print("no reader given (--reader); nothing was replayed")
        return
    with tempfile.TemporaryDirectory() as scratch:
        for path in asked.reader.iterdir():
            Path(scratch, path.name).symlink_to(path.resolve())
        for n, report in enumerate(taken):
            Path(scratch, f"{n}.wacz").write_bytes(report.original)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Ranged, directory=scratch))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        captures = [msgspec.structs.replace(report.capture) for report in taken]
        whole, outside = asyncio.run(replayed(server.server_address[1], captures))
        server.shutdown()
    print(f"replayed whole, script and pictures included: {whole} of {len(taken)}; requests outside: {len(outside)}")
    for url in outside:
        print(f"  outside: {url}")


if __name__ == "__main__":
    main()
