"""Speed of taking reports, one form after the other, on invented files made in a temporary folder.

``python -m bench capture`` prints a table; times are of one run on the machine at hand.
"""

import csv
import io
import os
import tempfile
import time
from pathlib import Path

import docx
import pypdf

from uncounted.stages.capture import Fault, Options, found

LINE = "At least four people were killed in Smalltown on Monday, a nurse of the invented clinic said. "
PAGE = """<html lang="en"><head><title>Four killed</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>Four killed</h1>{body}</article><footer>x</footer></body></html>"""


def make(folder: Path) -> dict[str, Path]:
    """One file or folder of files for each form."""
    made = {form: folder / form for form in ("txt", "html", "pdf", "docx")}
    for path in made.values():
        path.mkdir()
    for i in range(1000):
        (made["txt"] / f"{i}.txt").write_text(f"{LINE} {i} " * 10)
    for i in range(100):
        body = "".join(f"<p>{LINE} {i} {j}</p>" for j in range(10))
        (made["html"] / f"{i}.html").write_text(PAGE.format(body=body))
    writer, document, out = pypdf.PdfWriter(), docx.Document(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    document.add_paragraph(LINE)
    for i in range(10):
        (made["pdf"] / f"{i}.pdf").write_bytes(out.getvalue() + b"\n" * i)
        document.save(str(made["docx"] / f"{i}.docx"))
    made["csv rows"] = folder / "a.csv"
    with made["csv rows"].open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "text"])
        rows.writerows([i, f"{LINE} {i} " * 5] for i in range(10_000))
    made["mbox messages"] = folder / "a.mbox"
    head = "From a@b Tue Mar  4 10:00:00 2025\nFrom: a@b.example\nDate: Tue, 04 Mar 2025 10:00:00 +0200\n\n"
    made["mbox messages"].write_text("".join(f"{head}{LINE * 5}{i}\n\n" for i in range(2000)))
    made["chat messages"] = folder / "_chat.txt"
    made["chat messages"].write_text(
        "".join(f"[{1 + i // 1000:02}/03/2025, {i // 60 % 24:02}:{i % 60:02}:00] A: {LINE}\n" for i in range(20_000))
    )
    made["one text of 47 MB"] = folder / "big.txt"
    made["one text of 47 MB"].write_text(LINE * 500_000)
    return made


def main() -> None:
    """Print reports taken, seconds, processor seconds (children included) and reports for each of those."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'form':20} {'reports':>8} {'seconds':>8} {'CPU s':>8} {'per CPU s':>13}")
        for form, path in make(Path(folder)).items():
            began, used = time.perf_counter(), sum(os.times()[:4])
            reports = sum(not isinstance(item, Fault) for item in found(path, Options(day_first=True)))
            seconds, used = time.perf_counter() - began, sum(os.times()[:4]) - used
            print(f"{form:20} {reports:8} {seconds:8.2f} {used:8.2f} {reports / used:13.1f}", flush=True)


if __name__ == "__main__":
    main()
