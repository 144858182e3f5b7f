"""The referral pack as PDF: what the page says, in its order, on sheets with numbers."""

import io
from html import escape
from html.parser import HTMLParser
from typing import Any

from bonafides.errors import BadSettings
from bonafides.exchange.case.base import CaseExport, CaseFile
from bonafides.exchange.case.referral_page import EXPORT as PAGE

_FONT, _BOLD = "Vera", "VeraBd"
_BLOCKS = {"h1": 15.0, "h2": 12.0, "h3": 10.0, "p": 9.0, "dt": 9.0, "dd": 9.0, "li": 9.0, "th": 7.0, "td": 7.0}
_NO_TEXT = ("style", "title")
_INDENT = {"dd": 12.0, "li": 12.0}


def _encode(case: CaseFile) -> bytes:
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.platypus import SimpleDocTemplate
    except ImportError as why:
        raise BadSettings("referral_pdf needs the extra: pip install 'bonafides[pdf]'") from why
    for name in (_FONT, _BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    known = frozenset(pdfmetrics.getFont(_FONT).face.charToGlyph)
    sheets = _Sheets(known, A4[0] - 100)
    sheets.feed(PAGE.encode(case).decode("utf-8"))
    out = io.BytesIO()
    title = f"Referral {case.case_id}"
    made = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=title,
        author="",
        leftMargin=50,
        rightMargin=50,
        topMargin=50,
        bottomMargin=50,
        invariant=1,
    )

    def number(canvas: Any, sheet: Any) -> None:
        canvas.setFont(_FONT, 7)
        canvas.drawString(50, 30, _shown(f"{title}, {case.exported_at[:16].replace('T', ' ')} UTC", known))
        canvas.drawRightString(A4[0] - 50, 30, f"{sheet.page}")

    made.build(sheets.flow, onFirstPage=number, onLaterPages=number)
    return out.getvalue()


def _shown(text: str, known: frozenset[int]) -> str:
    """A text in letters that the font has; any other letter by its number."""
    return "".join(sign if ord(sign) in known or sign.isspace() else f"‹U+{ord(sign):04X}›" for sign in text)


class _Sheets(HTMLParser):
    """The page's blocks as what a PDF is laid out from. Shape: `width` is what a table may take, in points."""

    def __init__(self, known: frozenset[int], width: float) -> None:
        super().__init__()
        self._known, self._width = known, width
        self.flow: list[Any] = []
        self._text: list[str] = []
        self._rows: list[list[Any]] = []
        self._is_silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins."""
        if tag in _NO_TEXT:
            self._is_silent = True
        elif tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in _BLOCKS:
            self._text = []
        elif tag == "b":
            self._text.append("<b>")

    def handle_endtag(self, tag: str) -> None:
        """A block ends: it is laid down."""
        if tag in _NO_TEXT:
            self._is_silent = False
        elif tag == "table":
            self._lay_table()
        elif tag in ("th", "td"):
            self._rows[-1].append(self._paragraph(tag))
        elif tag == "b":
            self._text.append("</b>")
        elif tag in _BLOCKS:
            self.flow.append(self._paragraph(tag))

    def handle_data(self, data: str) -> None:
        """Text of a block."""
        if not self._is_silent:
            self._text.append(escape(_shown(data, self._known)))

    def _paragraph(self, tag: str) -> Any:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        size = _BLOCKS[tag]
        is_head = tag[0] == "h" or tag in ("dt", "th")
        style = ParagraphStyle(
            tag,
            fontName=_BOLD if is_head else _FONT,
            fontSize=size,
            leading=size * 1.35,
            spaceBefore=size * 0.7 if tag[0] == "h" else 0,
            spaceAfter=2,
            leftIndent=_INDENT.get(tag, 0),
            bulletIndent=2,
            keepWithNext=tag[0] == "h",
            splitLongWords=True,
        )
        text = "".join(self._text).replace("<b>", f'<font name="{_BOLD}">').replace("</b>", "</font>")
        self._text = []
        return Paragraph(text, style, bulletText="•" if tag == "li" else None)

    def _lay_table(self) -> None:
        from reportlab.lib.colors import grey
        from reportlab.platypus import Table

        columns = max(len(row) for row in self._rows)
        rows = [[*row, *[""] * (columns - len(row))] for row in self._rows]
        look = [("GRID", (0, 0), (-1, -1), 0.4, grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        # A row that says that there is nothing takes the whole width.
        look += [("SPAN", (0, n), (-1, n)) for n, row in enumerate(self._rows) if len(row) == 1 and columns > 1]
        self.flow.append(Table(rows, colWidths=[self._width / columns] * columns, repeatRows=1, style=look))


EXPORT = CaseExport(
    "referral_pdf",
    "referral pack as PDF",
    ".pdf",
    _encode,
    ("letters beyond Latin are written by their Unicode numbers, as ‹U+0416›: the font lacks them",),
)
