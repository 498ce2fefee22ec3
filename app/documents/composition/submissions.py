"""Which filings came late and which are missing: by name, in the plan's order, never as a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.documents.composition.wording import names, percentage, written_day
from app.documents.facts import Facts, MeasureFacts
from app.documents.rules import MISSING_WORDS
from app.filing.rules import FilingState
from app.periods.rules import QUARTER_WORDS
from reports.model import Block, Heading, Paragraph

OVERDUE = "逾期未报送"
UNWRITTEN = (None, FilingState.DRAFT)
NOBODY = "牵头部门未明确"


def missing(facts: Facts) -> Iterator[Block]:
    """Yield the section on what is missing."""
    if facts.missing:
        yield Heading(2, "未报送和尚未采用的举措")
        yield Paragraph(missing_by_word(facts))


def missing_by_word(facts: Facts) -> str:
    """Name every measure that has no accepted report, with its lead department, by what it waits for."""
    total = len(facts.measures)
    groups = "；".join(
        f"{word}{len(group)}项，{listed(group, facts)}" for word, group in by_word(facts).items()
    )
    return (
        f"截至汇总时，共有{len(facts.missing)}项举措没有已采用的{quarter_filed(facts)}填报，"
        f"占{total}项的{percentage(len(facts.missing), total)}：{groups}。"
    )


def quarter_filed(facts: Facts) -> str:
    """Return the quarter that filings are missed of, where a document covers several."""
    return QUARTER_WORDS[facts.scope.quarter.number] if len(facts.scope.quarters) > 1 else ""


def by_word(facts: Facts) -> dict[str, list[MeasureFacts]]:
    """Return the missing measures by what they wait for, each group in the plan's order."""
    groups: dict[str, list[MeasureFacts]] = {word: [] for word in (OVERDUE, *MISSING_WORDS.values())}
    for measure in facts.missing:
        groups[word_for(measure)].append(measure)
    return {word: group for word, group in groups.items() if group}


def word_for(measure: MeasureFacts) -> str:
    """Return what a missing report waits for; what nobody has written in time is overdue."""
    return OVERDUE if measure.is_late and measure.state in UNWRITTEN else measure.missing_words


def listed(measures: Iterable[MeasureFacts], facts: Facts) -> str:
    """Return titles with the departments that answer for them; a department's own report names itself nowhere."""
    if facts.department:
        return names(measure.title for measure in measures)
    return "、".join(f"{names([one.title])}（{one.lead or NOBODY}）" for one in measures)


def unfiled(facts: Facts) -> Iterator[Block]:
    """Yield the section on late and missing filings, for those who have to do better."""
    late = [measure for measure in facts.measures if came_late(measure)]
    if late or facts.missing:
        yield Heading(2, "逾期报送、未报送和尚未采用的举措")
    if late:
        yield Paragraph(late_by_department(late, facts))
    if facts.missing:
        yield Paragraph(missing_by_word(facts))


def came_late(measure: MeasureFacts) -> bool:
    """Return whether a filing was handed in, but after the quarter's grace."""
    return measure.is_late and measure.state not in (*UNWRITTEN, FilingState.RETURNED)


def late_by_department(late: list[MeasureFacts], facts: Facts) -> str:
    """Name the departments whose filings came late, with the measures."""
    titles: dict[str, list[str]] = {}
    for measure in late:
        titles.setdefault(measure.lead or NOBODY, []).append(measure.title)
    departments = "、".join(f"{department}（{names(found)}）" for department, found in titles.items())
    total = len(facts.measures)
    return (
        f"{due_words(facts)}{total}项举措中，逾期报送{len(late)}项，占{percentage(len(late), total)}，"
        f"分别是{departments}。"
    )


def due_words(facts: Facts) -> str:
    """Say by which day filings were due."""
    if facts.due is None:
        return ""
    last = facts.due.grace_ends_on(facts.calendar)
    return f"{facts.scope.quarter.words}填报应于{written_day(last)}前报送。"
