"""各项举措推进情况: part by part, section by section, what was done under every measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.documents.composition.wording import own_words
from app.documents.facts import Facts, MeasureFacts, PartFacts
from reports.model import Block, Heading, Paragraph


def progress(facts: Facts) -> Iterator[Block]:
    """Yield the chapter."""
    yield Heading(1, "各项举措推进情况")
    for part in facts.parts:
        yield Heading(2, part.title)
        yield from progress_of(part)


def progress_of(part: PartFacts) -> Iterator[Block]:
    """Yield what was done in a part; where it has no sections, its measures move up one level."""
    for section in part.sections:
        yield Heading(3, section.title)
        yield from paragraphs(section.measures, level=4)
    yield from paragraphs(part.own_measures, level=3)


def paragraphs(measures: Iterable[MeasureFacts], *, level: int) -> Iterator[Paragraph]:
    """Yield one paragraph for each measure, in its department's words."""
    for measure in measures:
        source = measure.report.source if measure.report else ""
        yield Paragraph(done(measure), head=Heading(level, f"{measure.title}。"), source=source)


def done(measure: MeasureFacts) -> str:
    """Return the department's words, or why there are none."""
    if measure.report is None:
        return f"{measure.lead or '牵头部门'}的填报{measure.missing_words}，本报告未列其进展情况。"
    return own_words(measure.report.progress)
