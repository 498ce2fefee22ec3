"""各项举措推进情况: part by part, section by section, what was done under every measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.composition.abridgement import Apart, is_concise, told
from app.composition.chapters.outlook import RISKY
from app.composition.facts import (
    Facts,
    MeasureFacts,
    PartFacts,
    Report,
)
from app.composition.scope import Scope
from app.composition.wording import own_words
from app.periods.rules import QUARTER_WORDS, Quarter
from reports.model import Block, Heading, Paragraph


def progress(facts: Facts, title: str = "各项举措推进情况", apart: Apart = RISKY) -> Iterator[Block]:
    """Yield the chapter. A concise text tells of those that stand apart in their own chapter."""
    yield Heading(1, title)
    if is_concise(facts):
        others = facts.narrowed(lambda measure: measure.report is None or not apart.which(measure.report))
        yield Paragraph(announced(len(facts.reported) - len(others.reported), others, apart))
        facts = others
    for part in facts.parts:
        found = list(progress_of(part, facts))
        if found and part.title:
            yield Heading(2, part.title)
        yield from found


def announced(count: int, others: Facts, apart: Apart) -> str:
    """Say where the measures stand that are told of elsewhere, and what follows on the others."""
    elsewhere = f"{apart.words}{count}项举措在“{apart.chapter}”部分说明，" if count else ""
    here = (
        f"{'其他' if count else '各项'}举措的主要进展如下，" if any(map(reports_of, others.measures)) else ""
    )
    return f"{elsewhere}{here}详细情况见附件。"


def progress_of(part: PartFacts, facts: Facts) -> Iterator[Block]:
    """Yield what was done in a part; where it has no sections, its measures move up one level."""
    for section in part.sections:
        found = list(paragraphs(section.measures, facts, level=4))
        if found:
            yield Heading(3, section.title)
        yield from found
    yield from paragraphs(part.own_measures, facts, level=3)


def paragraphs(measures: Iterable[MeasureFacts], facts: Facts, *, level: int) -> Iterator[Paragraph]:
    """Yield what was done under each measure, in its department's words."""
    for measure in measures:
        head: Heading | None = Heading(level, f"{measure.title}。")
        for text, source in latest(measure, facts) if is_concise(facts) else everything(measure, facts.scope):
            yield Paragraph(text, head, source)
            head = None


def latest(measure: MeasureFacts, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the gist of a measure's last text with its source; nothing where there is none."""
    for report in reports_of(measure)[-1:]:
        text = told(report.progress, facts)
        if report.quarter != facts.scope.quarter:
            text = f"{dated(text, report.quarter)}{short_words(facts.scope.quarter)}{awaited(facts)}"
        yield text, report.source


def awaited(facts: Facts) -> str:
    """Say that the scope's last quarter is not told of yet; a department says it of its own filing."""
    return "填报尚未采用。" if facts.department else "进展情况待核实。"


def everything(measure: MeasureFacts, scope: Scope) -> Iterator[tuple[str, str]]:
    """Yield a measure's texts with their sources, oldest first; what is missing is named in one place of its own."""
    sources = (report.source for report in reports_of(measure))
    yield from zip(texts(measure, scope), sources, strict=True)


def texts(measure: MeasureFacts, scope: Scope) -> list[str]:
    """Return all that was accepted on a measure, oldest first, with its quarter where there are several."""
    words = [(own_words(report.progress), report.quarter) for report in reports_of(measure)]
    return [text if len(scope.quarters) == 1 else dated(text, quarter) for text, quarter in words]


def reports_of(measure: MeasureFacts) -> tuple[Report, ...]:
    """Return what was accepted on a measure in the scope's quarters, oldest first."""
    return (*measure.earlier, *([measure.report] if measure.report else ()))


def dated(text: str, quarter: Quarter) -> str:
    """Return a text with its quarter before it, unless it begins with that itself."""
    words = short_words(quarter)
    return text if re.match(f"(今年)?第?{words}", text) else f"{words}：{text}"


def short_words(quarter: Quarter) -> str:
    """Return 三季度, as reports call a quarter in passing."""
    return QUARTER_WORDS[quarter.number].removeprefix("第")
