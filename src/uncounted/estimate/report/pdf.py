"""The report as PDF, A4: the same words and pictures as the page, for paper and for court files."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from uncounted.estimate import engines
from uncounted.estimate.report import plots
from uncounted.estimate.report.content import ASSUMES, Content

INK, RED, GREY = (34, 49, 63), (168, 50, 50), (85, 99, 111)
WIDTH = 174.0
"""Width of the text in millimetres."""


def pdf(content: Content) -> bytes:
    """Write the report. The same content gives the same bytes: the file bears no date of its making."""
    sheet = _sheet(content.title)
    _heading(sheet, content.title, 16)
    _text(
        sheet,
        f"{content.table.observed:,} people are recorded by {len(content.table.lists)} lists. What follows asks how "
        "many there were in all. It is an estimate, apart from any toll of recorded people, and is never added to one.",
    )
    pictures = {name: plots.png(figure) for name, figure in plots.all_of(content).items()}
    _heading(sheet, "What the lists share")
    _picture(sheet, pictures["overlaps"])
    _heading(sheet, "What these lists can tell")
    for said in content.identified:
        _item(sheet, said)
    _heading(sheet, "The answer")
    _answer(sheet, content)
    _picture(sheet, pictures["engines"])
    _heading(sheet, "What to know before using a number")
    for estimate in content.found:
        for warning in estimate.warnings:
            _item(sheet, f"{estimate.model}: {warning}")
    _heading(sheet, "What would change it", room=80)
    for curve in content.curves:
        _picture(sheet, pictures[curve.name])
        _text(sheet, curve.said)
    _heading(sheet, "How sure each engine is", room=120)
    _picture(sheet, pictures["densities"])
    for what, value in content.facts:
        _text(sheet, f"{what}: {value}", 8)
    _heading(sheet, "To make this again")
    _text(
        sheet,
        f"seed {content.seed} · counts of patterns, SHA-256 {content.shown['table']} · lists "
        f"{', '.join(content.table.lists)}",
        8,
    )
    return bytes(sheet.output())


def _sheet(title: str) -> Any:
    import matplotlib as mpl
    from fpdf import FPDF

    class Sheet(FPDF):
        def footer(self) -> None:
            self.set_y(-14)
            self.set_font("serif", size=8)
            self.set_text_color(*GREY)
            self.cell(0, 6, f"{title} · page {self.page_no()}", align="C")

    sheet = Sheet(format="A4")
    # The file's own date would differ each time; content decides every byte.
    sheet.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
    sheet.set_title(title)
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    sheet.add_font("serif", fname=str(fonts / "DejaVuSerif.ttf"))
    sheet.add_font("serif", style="B", fname=str(fonts / "DejaVuSerif-Bold.ttf"))
    sheet.set_margins(18, 16)
    sheet.set_auto_page_break(True, 18)
    sheet.add_page()
    return sheet


def _heading(sheet: Any, text: str, size: int = 12, room: float = 30) -> None:
    """A heading, on the next page where less than ``room`` millimetres are left for what it heads."""
    sheet.ln(3)
    if sheet.will_page_break(room):
        sheet.add_page()
    sheet.set_font("serif", style="B", size=size)
    sheet.set_text_color(*INK)
    sheet.multi_cell(WIDTH, size * 0.5, text, new_x="LMARGIN", new_y="NEXT", align="L")
    sheet.ln(1)


def _text(sheet: Any, text: str, size: float = 9.5, colour: tuple[int, int, int] = INK) -> None:
    sheet.set_font("serif", size=size)
    sheet.set_text_color(*colour)
    sheet.multi_cell(WIDTH, size * 0.5, text, new_x="LMARGIN", new_y="NEXT", align="L")
    sheet.ln(0.8)


def _item(sheet: Any, text: str) -> None:
    _text(sheet, f"–  {text}", 9)


def _picture(sheet: Any, data: bytes) -> None:
    from PIL import Image

    with Image.open(BytesIO(data)) as image:
        width, height = (side / plots.DOTS * 25.4 for side in image.size)
    scale = min(1.0, WIDTH / width)
    if sheet.will_page_break(height * scale):
        sheet.add_page()
    sheet.image(BytesIO(data), w=width * scale)
    sheet.ln(1)


def _answer(sheet: Any, content: Content) -> None:
    leading = content.recommended
    if leading is None:
        _text(sheet, f"No number by the recommended engine. {content.refused[engines.RECOMMENDED]}", colour=RED)
    else:
        _text(
            sheet,
            f"{leading.median:,.0f} people in all, between {leading.low:,.0f} and {leading.high:,.0f} with "
            f"{content.level:.0%} probability, given what the recommended engine ({leading.model}) takes for granted.",
            11,
        )
    sheet.set_font("serif", size=8)
    with sheet.table(col_widths=(18, 18, 18, 18, 102), text_align=("LEFT", "RIGHT", "RIGHT", "RIGHT", "LEFT"),
                     line_height=4, borders_layout="HORIZONTAL_LINES", width=WIDTH) as rows:  # fmt: skip
        rows.row(("engine", "median", "low", "high", "takes for granted"))
        for estimate in content.found:
            numbers = (f"{value:,.0f}" for value in (estimate.median, estimate.low, estimate.high))
            rows.row((estimate.model, *numbers, ASSUMES[estimate.model]))
        for name, why in content.refused.items():
            rows.row((name, "–", "–", "–", f"No number. {why}"))
    sheet.ln(2)
