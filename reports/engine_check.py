"""Whether the WeasyPrint that is installed sets official documents as it must: a known page is set and measured.

Only what comes out is looked at, the bytes of a PDF, so that a release is judged by what it does. Hanzi are as wide in
every face, so what is expected does not depend on the fonts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from reports import gbt9704 as standard
from reports.gbt9704 import MM_PER_PT
from reports.model import Column, DocumentError, OfficialDocument, Paragraph, Table

TOLERANCE_MM = 0.3
# Set in lines of 28, some comma comes first on a line: it takes the hanzi before it along, and the 27 that are left
# must fill their line.
SENTENCE = "年度工作计划按季度填报逐级审核汇总成文印发以后存档备查各部门，"
SENTENCES = 12
CHARACTERS_OF_LINES = (26, 28, 28, 28, 28, 28, 28, 28, 28, 27, 28, 28, 28)
ROWS = 20
LINE_BREAK = "\r\n"  # PDFium's


class EngineError(DocumentError):
    """WeasyPrint does not set what official documents need; the message is a Chinese sentence."""


@dataclass(frozen=True)
class MeasuredLine:
    """A line of text: how many characters, where its first begins and its last ends, and its baseline (mm)."""

    characters: int
    left: float
    right: float
    baseline: float


def known_document() -> OfficialDocument:
    """Return the document whose pages are known: full lines of hanzi, then a table that goes on on the second page."""
    rows = tuple((str(number), "走访") for number in range(1, ROWS + 1))
    table = Table((Column("序号"), Column("举措")), rows)
    return OfficialDocument(title="排版自检", body=(Paragraph(SENTENCE * SENTENCES), table))


def require_fit(pdf: bytes) -> None:
    """Raise EngineError where the PDF of `known_document` is otherwise than it must be."""
    found = page_deviations(pdf)
    if found:
        raise EngineError(
            f"排版自检没有通过：{'；'.join(found)}。请改装 requirements.txt 所锁定的 WeasyPrint。"
        )


def page_deviations(pdf: bytes) -> tuple[str, ...]:
    """Return in Chinese what is otherwise than it must be in the PDF of `known_document`."""
    with pypdfium2.PdfDocument(pdf) as document:
        lines = tuple(_lines_of_page(document[0]))[1 : 1 + len(CHARACTERS_OF_LINES)]
        frames = [_frame_of_page(page) for page in document]
    return (*_of_lines(lines), *_of_frames(frames))


def _of_lines(lines: Sequence[MeasuredLine]) -> Iterator[str]:
    """Yield what is wrong with the full lines below the title (5.2.2-4)."""
    if tuple(line.characters for line in lines) != CHARACTERS_OF_LINES:
        yield "断行的地方不对"
        return
    indent = standard.INDENT_CHARACTERS * standard.CHARACTER_MM
    right = standard.LEFT_MM + standard.TYPE_AREA_WIDTH_MM
    for number, line in enumerate(lines):
        if not _is_close(line.left, standard.LEFT_MM + (0 if number else indent)):
            yield f"第{number + 1}行左边在 {line.left:.1f} 毫米处"
        if not _is_close(line.right, right):
            yield f"第{number + 1}行右边在 {line.right:.1f} 毫米处，应为 {right:.0f}"
        if not _is_close(line.baseline, lines[0].baseline + number * standard.LINE_PITCH_MM):
            yield f"第{number + 1}行不在行格上"


def _of_frames(frames: Sequence[tuple[float, float] | None]) -> Iterator[str]:
    """Yield what is wrong with the frame of the table on its two pages (5.2.1)."""
    if len(frames) != 2 or None in frames:
        yield "表格没有接排到第二页"
        return
    for page, frame in enumerate(frames, start=1):
        assert frame is not None  # noqa: S101  for mypy
        top, bottom = frame
        if top < standard.TOP_MM - TOLERANCE_MM or bottom > standard.TYPE_AREA_BOTTOM_MM + TOLERANCE_MM:
            yield f"第{page}页的表框伸出版心（{top:.1f} 至 {bottom:.1f} 毫米）"


def _is_close(value: float, expected: float) -> bool:
    return abs(value - expected) <= TOLERANCE_MM


def _lines_of_page(page: pypdfium2.PdfPage) -> Iterator[MeasuredLine]:
    text, start = page.get_textpage(), 0
    for words in text.get_text_range().split(LINE_BREAK):
        if words:
            left, *_ = text.get_charbox(start, loose=True)
            _, _, right, _ = text.get_charbox(start + len(words) - 1, loose=True)
            baseline = standard.PAGE_HEIGHT_MM - _baseline_of(text, start) * MM_PER_PT
            yield MeasuredLine(len(words), left * MM_PER_PT, right * MM_PER_PT, baseline)
        start += len(words) + len(LINE_BREAK)


def _baseline_of(text: pypdfium2.PdfTextPage, character: int) -> float:
    """The baseline of a character in points from the foot of the page."""
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(text, character, byref(x), byref(y))
    return y.value


def _frame_of_page(page: pypdfium2.PdfPage) -> tuple[float, float] | None:
    """The upper and lower edge of all that is drawn on a page, in mm from above; None where nothing is."""
    bounds = [item.get_bounds() for item in page.get_objects() if item.type == raw.FPDF_PAGEOBJ_PATH]
    if not bounds:
        return None
    tops, bottoms = [top for *_, top in bounds], [bottom for _, bottom, *_ in bounds]
    return standard.PAGE_HEIGHT_MM - max(tops) * MM_PER_PT, standard.PAGE_HEIGHT_MM - min(bottoms) * MM_PER_PT
