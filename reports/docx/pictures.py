"""Charts as pictures that stand in the line, with their numbers in words for readers who cannot see them."""

from collections.abc import Iterator

from reports.charts import WIDTH, chart_in_words, status_bars
from reports.docx.chart_image import draw_png
from reports.docx.package import WordFile
from reports.docx.text import styled_paragraph
from reports.docx.wordml import Element, w
from reports.fonts import FontBook, FontRole
from reports.model import Chart
from reports.plaintext import writable_text


def chart_blocks(chart: Chart, file: WordFile, fonts: FontBook) -> Iterator[Element]:
    png = draw_png(status_bars(chart), fonts[FontRole.TEXT])
    yield styled_paragraph("Caption", chart.caption)
    yield styled_paragraph(
        "Picture", w("r", w("drawing", file.add_picture(png, WIDTH, writable_text(chart_in_words(chart)))))
    )
