"""各项举措推进情况: part by part, section by section, what was done under every measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.documents.composition.wording import own_words
from app.documents.facts import Facts, MeasureFacts, PartFacts, Report
from app.documents.scope import Scope
from app.periods.rules import QUARTER_WORDS, Quarter
from reports.model import Block, Heading, Paragraph


def progress(facts: Facts, title: str = "各项举措推进情况") -> Iterator[Block]:
    """Yield the chapter."""
    yield Heading(1, title)
    for part in facts.parts:
        if part.measures and part.title:
            yield Heading(2, part.title)
        yield from progress_of(part, facts.scope)


def progress_of(part: PartFacts, scope: Scope) -> Iterator[Block]:
    """Yield what was done in a part; where it has no sections, its measures move up one level."""
    for section in part.sections:
        if section.measures:
            yield Heading(3, section.title)
            yield from paragraphs(section.measures, scope, level=4)
    yield from paragraphs(part.own_measures, scope, level=3)


def paragraphs(measures: Iterable[MeasureFacts], scope: Scope, *, level: int) -> Iterator[Paragraph]:
    """Yield what was done under each measure, in its department's words: a paragraph for each quarter of the scope."""
    for measure in measures:
        head: Heading | None = Heading(level, f"{measure.title}。")
        for text, source in told(measure, scope):
            yield Paragraph(text, head, source)
            head = None


def told(measure: MeasureFacts, scope: Scope) -> Iterator[tuple[str, str]]:
    """Yield a measure's texts with their sources, oldest first, and why the last one is missing."""
    for report in (*measure.earlier, *([measure.report] if measure.report else ())):
        yield (own_words(report.progress) if len(scope.quarters) == 1 else dated(report)), report.source
    if measure.report is None:
        yield absent(measure, scope), ""


def dated(report: Report) -> str:
    """Return a department's words with their quarter before them, unless they begin with it themselves."""
    quarter, words = short_words(report.quarter), own_words(report.progress)
    return words if re.match(f"(今年)?第?{quarter}", words) else f"{quarter}：{words}"


def absent(measure: MeasureFacts, scope: Scope) -> str:
    """Say why there are no words."""
    quarter = "" if len(scope.quarters) == 1 else short_words(scope.quarter)
    return f"{measure.lead or '牵头部门'}{quarter}的填报{measure.missing_words}，本报告未列其进展情况。"


def short_words(quarter: Quarter) -> str:
    """Return 三季度, as reports call a quarter in passing."""
    return QUARTER_WORDS[quarter.number].removeprefix("第")
