"""What the tests of documents share: facts at real size, and the world with some filings accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pypdfium2

from app.composition.facts import (
    AcceptedReport,
    DocumentFacts,
    MeasureFacts,
    PartFacts,
    PlanFacts,
    SectionFacts,
)
from app.composition.particulars import Particulars
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.models import Document
from app.filing.core import operations
from app.filing.core.content import FilingContent
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import light_for
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.models import Filing
from app.periods.rules import Quarter
from reports.model import Block, OfficialDocument, Paragraph, Table
from tests.world import THRESHOLDS, World, full_content

PARTICULARS = Particulars(
    ("示例街道办事处",),
    "示例区人民政府",
    ("王玥",),
    date(2026, 10, 9),
    ("区委办公室",),
    word="华街",
)
QUARTER = Quarter(2026, 3)

# By turns: percent, status, forecast, problems; None where the measure waits in that state.
CASES: tuple[tuple[int, MeasureStatus, Forecast, str] | FilingState | None, ...] = (
    (76, MeasureStatus.ON_TRACK, Forecast.CAN_FINISH, "无。"),
    (55, MeasureStatus.LAGGING, Forecast.DIFFICULT, "施工力量不足,进度偏慢"),
    FilingState.RETURNED,
    (105, MeasureStatus.DONE, Forecast.CAN_FINISH, ""),
    (70, MeasureStatus.ON_TRACK, Forecast.CAN_FINISH, "部分居民意见不一。"),
    None,
    (75, MeasureStatus.ON_TRACK, Forecast.CAN_FINISH, "暂无"),
    FilingState.SUBMITTED,
    (38, MeasureStatus.PAUSED, Forecast.CANNOT_FINISH, "消防设计变更"),
    FilingState.SIGNED_OFF,
    FilingState.DRAFT,
)


def measure_facts(
    number: int, case: tuple[int, MeasureStatus, Forecast, str] | FilingState | None
) -> MeasureFacts:
    """Return the facts of one measure."""
    known = (number, f"举措“{number}”", f"第{number}办公室", ("各居民区",), f"完成{number}件。")
    if case is None or isinstance(case, FilingState):
        return MeasureFacts(*known, case)
    percent, status, forecast, problems = case
    report = AcceptedReport(
        filing=number,
        quarter=QUARTER,
        percent=percent,
        status=status,
        light=light_for(percent, status, elapsed=QUARTER.elapsed_percent, thresholds=THRESHOLDS),
        forecast=forecast,
        progress=f"第{number}项已走访{number}家，形成线索。",
        problems=problems,
        next_steps=f"四季度继续走访{number}家",
        status_reason="依规暂停" if status is MeasureStatus.PAUSED else "",
    )
    return MeasureFacts(*known, FilingState.ACCEPTED, report)


def quarter_facts(parts: int = 5, sections: int = 3, measures: int = 3) -> DocumentFacts:
    """Return the facts of a plan of this shape, its measures being the cases by turns."""
    numbers = iter(range(1, parts * sections * measures + 1))

    def section(part: int, place: int) -> SectionFacts:
        taken = (next(numbers) for _ in range(measures))
        cases = tuple(measure_facts(number, CASES[(number - 1) % len(CASES)]) for number in taken)
        return SectionFacts(f"部分{part}专项{place}", cases)

    return DocumentFacts(
        PlanFacts("示例街道 2026 年工作计划", QUARTER.year),
        DocumentScope(QUARTER),
        tuple(
            PartFacts(
                f"部分{part}，推动发展", tuple(section(part, place) for place in range(1, sections + 1))
            )
            for part in range(1, parts + 1)
        ),
    )


def texts(document: OfficialDocument) -> Iterator[str]:
    """Yield every piece of text that is printed in body and annexes."""
    yield document.title
    for block in (*document.body, *(block for annex in document.annexes for block in annex.blocks)):
        yield from texts_of(block)


def texts_of(block: Block) -> Iterator[str]:
    """Yield the text of a block, a paragraph with its run-in head."""
    if isinstance(block, Paragraph):
        yield (block.head.text if block.head else "") + block.text
    elif isinstance(block, Table):
        yield from (block.caption, block.note, *(cell for row in block.rows for cell in row))
    else:
        yield getattr(block, "text", "") or getattr(block, "caption", "")


def take_through(world: World, measure: int, department: str, content: FilingContent) -> Filing:
    """Take a filing from its draft to accepted."""
    filing = world.filing(measure, department)
    filer, head = world.users[f"filer:{department}"], world.users[f"head:{department}"]
    operations.save_filing(filing, content, by=filer, version=filing.version, thresholds=THRESHOLDS)
    operations.submit_filing(filing, by=filer, version=filing.version)
    operations.sign_off_filing(filing, by=head, version=filing.version)
    operations.accept_filing(filing, by=world.users["office"], version=filing.version)
    return filing


def assembled(world: World, kind: DocumentKind = DocumentKind.QUARTERLY) -> Document:
    """Have a document of the world's quarter assembled by the office; nothing is printed yet."""
    scope = DocumentScope(world.period.quarter)
    order = AssemblyRequest(kind, world.plan, scope)
    return assemble_document(order, PARTICULARS, by=world.users["office"])


def accept_some(world: World) -> None:
    """Accept measures 1 and 3, send 2 back; 4 stays a blank draft."""
    take_through(world, 1, "经发办", full_content())
    take_through(world, 3, "城管办", full_content("旧区改造已签约81户。", percent=52))
    filing = take_through(world, 2, "经发办", full_content("建立攻坚名单。"))
    operations.reopen_filing(filing, by=world.users["office"], version=filing.version, reason="数字有误。")


def hanzi_and_figures(text: str) -> str:
    """Return a text without marks, spaces and line breaks."""
    return re.sub(r"[^一-鿿0-9]", "", text)


def printed_text(data: bytes) -> str:
    """Return what can be read in a PDF, as `hanzi_and_figures`."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return hanzi_and_figures("".join(page.get_textpage().get_text_bounded() for page in pdf))
    finally:
        pdf.close()
