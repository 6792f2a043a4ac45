"""The custody report as a page to be printed. Every value stands apart, so that each keeps its direction of writing."""

from html import escape

from uncounted.case.custody import Custody

STYLE = """
body { font: 10pt/1.4 'DejaVu Sans', 'Noto Sans', 'Noto Sans Arabic', sans-serif; margin: 0 }
h1 { font-size: 15pt; margin: 0 } h2 { font-size: 11.5pt; border-bottom: 1px solid #888; margin: 1.4em 0 .4em }
p { margin: .2em 0 } table { border-collapse: collapse; width: 100% } tr { break-inside: avoid }
th { text-align: start; font-weight: normal; color: #444; width: 30%; vertical-align: top; padding: .15em .8em .15em 0 }
td { vertical-align: top; overflow-wrap: anywhere; padding: .15em 0 } td div { unicode-bidi: plaintext }
.mark { border: 2px solid #900; color: #900; padding: .3em .6em; margin: .6em 0 }
@page { margin: 18mm }
"""


def as_page(report: Custody) -> str:
    """The report as one HTML document that refers to nothing outside it."""
    parts = [f"<h1>Chain of custody of capture {escape(report.capture)}</h1>",
             f'<p dir="auto">Case: <bdi>{escape(report.case)}</bdi></p>']  # fmt: skip
    if report.invented:
        parts.append('<p class="mark">Everything in this case is invented.</p>')
    if report.broken:
        parts.append(f'<p class="mark">BROKEN: {escape("; ".join(report.broken))}</p>')
    for section in report.sections:
        parts.append(f"<h2>{escape(section.title)}</h2><table>")
        for label, said in section.rows:
            lines = "".join(f'<div dir="auto">{escape(line)}</div>' for line in said.splitlines() or [""])
            parts.append(f"<tr><th>{escape(label)}</th><td>{lines}</td></tr>")
        parts.append("</table>")
    if not report.broken:
        parts.append("<p>All of it is what was recorded.</p>")
    body = "\n".join(parts)
    head = f'<meta charset="utf-8"><title>Chain of custody {escape(report.capture)}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
