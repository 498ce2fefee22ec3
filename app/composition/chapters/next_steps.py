"""下一步工作打算: what the departments plan to do, in their own words, measure by measure, in the plan's order."""

from __future__ import annotations

from collections.abc import Iterator

from app.composition.abridgement import FEW, abridged_words, leaves_to_annex
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.risks import measure_paragraph, separate_chapter
from app.composition.facts import AcceptedReport, DocumentFacts, MeasureFacts, measures_with_report
from app.composition.phrases import says_little
from app.composition.scope import DocumentScope
from app.filing.core.measure_risk import is_hopeless
from app.filing.core.measure_status import NEEDS_STATUS_REASON, MeasureStatus
from app.periods.rules import QUARTER_WORDS
from reports.model import Block, Heading, Paragraph


def next_steps_chapter(facts: DocumentFacts, heading: str = "下一步工作打算") -> Iterator[Block]:
    """Yield the chapter; a concise text of many measures only covers the pressing ones.

    It is divided by parts, except for a single department, which has too few measures.
    """
    if leaves_to_annex(facts):
        yield from next_steps_in_short(facts, heading)
        return
    planned = [(part, steps) for part in facts.parts if (steps := tuple(steps_of(part.measures)))]
    if planned:
        yield Heading(1, heading, key=BlockKey(BlockRole.NEXT_STEPS_HEADING))
    is_divided = len(planned) > 1 and not facts.department
    for part, steps in planned:
        if is_divided and part.title:
            yield Heading(2, part.title, key=BlockKey(BlockRole.NEXT_STEPS_PART, item=part.item))
        for step in steps:
            yield next_step_paragraph(*step, facts, level=3 if is_divided else 2)


def next_steps_in_short(facts: DocumentFacts, heading: str) -> Iterator[Block]:
    """Yield the concise chapter: the pressing measures, and some others if those are few."""
    planned, leading = list(steps_of(facts.measures)), leading_measures(facts)
    pressing, which = pressing_measures(planned, facts.scope)
    opening = f"对{which}，重点抓好以下工作。"
    if len(pressing) > FEW:
        pressing = leading_measures(facts.narrowed(lambda measure: measure in [one for one, _ in pressing]))
        opening = f"对{which}，逐项抓好落实，重点是以下{len(pressing)}项。"
    elif len(pressing) < len(leading):
        pressing = [pair for pair in planned if pair in pressing or pair in leading]
        opening = f"{coming_words(facts.scope)}，重点抓好以下工作。"
    if planned:
        yield Heading(1, heading, key=BlockKey(BlockRole.NEXT_STEPS_HEADING))
    if pressing:
        yield Paragraph(opening, key=BlockKey(BlockRole.NEXT_STEPS_LEAD_IN))
    for step in pressing:
        yield next_step_paragraph(*step, facts, level=2)
    if len(planned) > len(pressing):
        words = f"{'其他' if pressing else '各项'}举措的下一步工作，详见附件“下一步计划”栏。"
        yield Paragraph(words, key=BlockKey(BlockRole.NEXT_STEPS_ANNEXED))


def coming_words(scope: DocumentScope) -> str:
    """Return the period after a scope: 第四季度, 2027年."""
    coming = scope.quarter.next_quarter
    return f"{coming.year}年" if scope.ends_the_year else QUARTER_WORDS[coming.number]


def leading_measures(facts: DocumentFacts) -> list[tuple[MeasureFacts, AcceptedReport]]:
    """Return the measure of each part that has furthest to go; of a plan with one part, several such measures.

    Measures given up for the year come first, paused and cancelled ones last.
    """
    parts = [list(steps_of(part.measures)) for part in facts.parts]
    most = 1 if len(parts) > 1 else FEW // 2
    chosen = [sorted(steps, key=step_order)[:most] for steps in parts]
    return [pair for steps, some in zip(parts, chosen, strict=True) for pair in steps if pair in some]


def step_order(pair: tuple[MeasureFacts, AcceptedReport]) -> tuple[bool, bool, int]:
    _, report = pair
    return report.status in NEEDS_STATUS_REASON, not is_hopeless(report), report.percent


def pressing_measures(
    planned: list[tuple[MeasureFacts, AcceptedReport]], scope: DocumentScope
) -> tuple[list[tuple[MeasureFacts, AcceptedReport]], str]:
    """Return the measures whose next steps a concise text gives, and what the text calls them.

    These are the measures to correct. If they are too many, only those far behind; if those are too many as well,
    only those not expected to be finished this year, unless these are very few.
    """
    apart = separate_chapter(scope)
    found = [pair for pair in planned if apart.which(pair[1])]
    far = [pair for pair in found if pair[1].is_far_behind]
    hopeless = [pair for pair in found if is_hopeless(pair[1]) and not scope.ends_the_year]
    if len(far) > FEW and FEW // 2 <= len(hopeless) < len(found):
        return hopeless, f"{apart.words}举措中年底预计不能完成的"
    if len(found) > FEW and 0 < len(far) < len(found):
        return far, f"{apart.words}举措中差距{far[0][1].red_points}个百分点及以上的"
    return found, f"{apart.words}举措"


def steps_of(measures: tuple[MeasureFacts, ...]) -> Iterator[tuple[MeasureFacts, AcceptedReport]]:
    """Yield the measures whose departments describe their next steps."""
    return (pair for pair in measures_with_report(measures) if has_next_steps(pair[1]))


def has_next_steps(report: AcceptedReport) -> bool:
    """Return whether a department describes its next steps; for a cancelled measure, never."""
    return report.status is not MeasureStatus.CANCELLED and not says_little(report.next_steps)


def next_step_paragraph(
    measure: MeasureFacts, report: AcceptedReport, facts: DocumentFacts, *, level: int
) -> Paragraph:
    """Return the paragraph on what a department plans to do."""
    words = abridged_words(report.next_steps, facts)
    return measure_paragraph(BlockRole.NEXT_STEP, measure, report, words, level=level)
