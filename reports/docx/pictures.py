"""Charts as pictures that stand in the line, with their numbers in words for whoever cannot see them."""

from collections.abc import Iterator

from reports.charts import WIDTH, in_words, status_bars
from reports.docx.drawing import picture
from reports.docx.package import WordFile
from reports.docx.text import paragraph
from reports.docx.wordml import Element, w
from reports.fonts import FontBook, Role
from reports.model import Chart
from reports.plaintext import written


def chart_blocks(chart: Chart, file: WordFile, fonts: FontBook) -> Iterator[Element]:
    """Caption and picture of a chart."""
    png = picture(status_bars(chart), fonts[Role.TEXT])
    yield paragraph("Caption", chart.caption)
    yield paragraph("Picture", w("r", w("drawing", file.picture(png, WIDTH, written(in_words(chart))))))
