"""How long a quarterly report over 45 measures takes to become a PDF, beside typst on the same text.

    python -m benchmarks.report_pdf

Prints seconds and pages, the ratio to typst in the same run, and the ratio for ten times the text. Each run
sets other text than the one before, so that nothing can be answered from a cache.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pypdfium2
import typst

from benchmarks.targets import Targets, as_program
from reports.fonts import DEFAULT_FOLDER, require_font_subsetter
from reports.model import (
    Annex,
    Block,
    Chart,
    ChartRow,
    Direction,
    DocumentNumber,
    Heading,
    Imprint,
    Masthead,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from reports.pdf import render_pdf
from reports.table_columns import column_widths
from tests.reports.samples import COLUMNS

PLAN = Path(__file__).resolve().parent.parent / "plans" / "2026-work-plan.txt"
PARTS, SECTIONS, MEASURES = 5, 3, 3
PROGRESS, PROBLEM, NEXT, SHORT = 420, 40, 50, 110  # characters of a measure's texts
RUNS = 5
TARGET_SECONDS = 0.6
TARGET_GROWTH = 11.0


@dataclass
class Source:
    """The plan's own sentences, dealt out from a starting point on."""

    text: str
    place: int

    def take(self, length: int) -> str:
        """The next `length` characters, from the beginning again after the end."""
        start = self.place % (len(self.text) - length)
        self.place += length
        return self.text[start : start + length]


def report(run: int, times: int = 1) -> OfficialDocument:
    """A quarterly report of 45 measures, or a multiple of them; each run has its own text."""
    source = Source(re.sub(r"[\s*]+", "", PLAN.read_text(encoding="utf-8")), place=run * 137)
    day = date(2026, 10, 9)
    rows = tuple(row(number, source) for number in range(1, PARTS * SECTIONS * MEASURES * times + 1))
    return OfficialDocument(
        title="示例街道办事处\n关于2026年第三季度工作计划推进情况的报告",
        masthead=Masthead(("示例街道办事处",), DocumentNumber("示街", 2026, 12), Direction.UPWARD, ("王玥",)),
        addressee="示例区人民政府",
        body=tuple(body(source, PARTS * times)),
        signature=Signature(("示例街道办事处",), day),
        annexes=(Annex("第三季度工作计划推进情况表", (Table(COLUMNS, rows),), landscape=True),),
        imprint=Imprint("示例街道党政办公室", day),
    )


def body(source: Source, parts: int) -> Iterator[Block]:
    """Lead-in, totals, chart, the measures in their levels, problems and next steps."""
    yield from (Paragraph(source.take(90)), Heading(1, "总体情况"), Paragraph(source.take(160)), chart())
    for _ in range(parts):
        yield Heading(1, source.take(24))
        for _ in range(SECTIONS):
            yield Heading(2, source.take(16))
            for _ in range(MEASURES):
                yield Paragraph(source.take(PROGRESS), head=Heading(3, source.take(10)))
    yield from (Heading(1, "存在问题"), Paragraph(source.take(400)))
    yield from (Heading(1, "下一步工作"), Paragraph(source.take(400)))


def row(number: int, source: Source) -> tuple[str, ...]:
    """One measure's row of the annex table."""
    departments = ("党政办公室", "城市建设管理办公室、社区发展办公室")
    texts = source.take(20), source.take(SHORT), "75%", "绿灯", source.take(PROBLEM), source.take(NEXT)
    return (str(number), source.take(10), *departments, *texts)


def chart() -> Chart:
    """The report's one chart."""
    names = ("优化营商环境", "城市更新建管", "民生保障", "平安建设", "党建引领")
    rows = tuple(ChartRow(name, (index, 8 - index, 1)) for index, name in enumerate(names))
    return Chart("各部分推进情况", ("已完成", "正常推进", "滞后"), rows)


def quoted(text: str) -> str:
    """A string of typst's."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_source(document: OfficialDocument) -> bytes:
    """The same text in typst, with the same faces, sizes, pitch and margins."""
    lines = [
        "#set page(paper: 'a4', margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: '— 1 —')",
        "#set text(font: 'FandolFang R', size: 16pt, lang: 'zh')",
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 13.6pt, spacing: 13.6pt)",
    ]
    lines += [typst_block(block) for block in document.body]
    table = document.annexes[0].blocks[0]
    assert isinstance(table, Table)
    widths = ", ".join(f"{width:.2f}fr" for width in column_widths(table, landscape=True))
    cells = "".join(f"[#{quoted(cell)}]," for row in table.rows for cell in row)
    head = "".join(f"[#{quoted(column.title)}]," for column in table.columns)
    lines += [
        "#set page(flipped: true)",
        "#set text(size: 9pt)",
        "#set par(justify: false, first-line-indent: 0pt, leading: 3pt)",
        f"#table(columns: ({widths}), table.header({head}), {cells})",
    ]
    return "\n".join(lines).replace("'", '"').encode()


def typst_block(block: Block) -> str:
    """One block of the body in typst; the chart is left to our side."""
    match block:
        case Heading():
            face = "FandolHei" if block.level == 1 else "FandolKai R"
            return f"#par(text(font: '{face}', {quoted(block.text)}))"
        case Paragraph():
            return f"#par(text({quoted((block.head.text if block.head else '') + block.text)}))"
        case _:
            return ""


@dataclass(frozen=True, order=True)
class Measurement:
    """What one rendering took: seconds on the clock, seconds of processor time, and what came out."""

    seconds: float
    processor: float
    pdf: bytes

    @property
    def pages(self) -> int:
        """The number of the PDF's pages."""
        with pypdfium2.PdfDocument(self.pdf) as document:
            return len(document)

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s ({self.processor:.2f} s of processor time), {self.pages} pages"


def measured(action: Callable[[], bytes]) -> Measurement:
    """Run an action once."""
    clock, processor = time.perf_counter(), time.process_time()
    pdf = action()
    return Measurement(time.perf_counter() - clock, time.process_time() - processor, pdf)


def main(targets: Targets) -> None:
    """Measure and print. Growth is counted in processor time, which other programs disturb least."""
    require_font_subsetter()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(DEFAULT_FOLDER)])
    documents = [report(run) for run in range(RUNS + 1)]
    sources = [typst_source(document) for document in documents]
    ours = [measured(partial(render_pdf, document)) for document in documents]
    theirs = [measured(partial(typst.compile, source, font_paths=fonts)) for source in sources]
    best, best_typst = min(ours[1:]), min(theirs[1:])
    target = targets.at_most(TARGET_SECONDS, best.seconds, "45 measures as PDF", "s")
    print(f"45 measures: {best} ({target}); best of {RUNS} after a first one")
    print(f"typst:       {best_typst}; ratio {best.seconds / best_typst.seconds:.1f}")
    long = measured(partial(render_pdf, report(RUNS + 1, times=10)))
    growth = long.processor / min(one.processor for one in ours[1:])
    print(
        f"450 measures: {long}; ratio {growth:.1f} ({targets.at_most(TARGET_GROWTH, growth, 'growth of the PDF')})"
    )


if __name__ == "__main__":
    as_program(main)
