"""Late and missing filings: named in the plan's order, never as a ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.base.days import written_day
from app.base.text import quoted_title
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.facts import AcceptedReport, DocumentFacts, MeasureFacts
from app.composition.phrases import title_list
from app.composition.rules import MISSING_WORDS
from app.filing.core.life_cycle import FilingState
from app.periods.rules import QUARTER_WORDS
from reports.model import Block, Heading, Paragraph

OVERDUE = "逾期未报送"
UNWRITTEN = (None, FilingState.DRAFT)
OWED_BY_DEPARTMENTS = (*UNWRITTEN, FilingState.RETURNED, FilingState.SUBMITTED)
NOBODY = "牵头部门未明确"
MOST_DEPARTMENTS = 8
MOST_TITLES = 3


def missing_section(facts: DocumentFacts, dated: date) -> Iterator[Block]:
    """Yield the section on missing filings; nothing if none are missing."""
    if facts.missing:
        words = f"{awaiting_words(facts.missing, '和')}的举措"
        yield Heading(2, words, key=BlockKey(BlockRole.SUBMISSIONS_HEADING))
        yield missing_paragraph(facts, dated)


def missing_paragraph(facts: DocumentFacts, dated: date) -> Paragraph:
    return Paragraph(missing_by_department(facts, dated), key=BlockKey(BlockRole.MISSING))


def awaiting_words(measures: Iterable[MeasureFacts], link: str = "或者") -> str:
    """Return what the text calls measures without an accepted report: 未报送, 尚未采用, or both."""
    written = {measure.state not in UNWRITTEN for measure in measures}
    return link.join(
        word for is_written, word in ((False, "未报送"), (True, "尚未采用")) if is_written in written
    )


def missing_by_department(facts: DocumentFacts, dated: date) -> str:
    """Name every measure without an accepted report with its state, grouped by lead department."""
    total, count = len(facts.measures), len(facts.missing)
    groups = by_word(facts)
    words = "、".join(f"{word}{len(group)}项" for word, group in groups.items())
    what = awaiting_words(facts.missing) if len(groups) > 1 else next(iter(groups))
    how = f"，其中{words}" if 1 < len(groups) < count else ""
    whose = "牵头的" if facts.department else ""
    which = f"具体是：{owed_words(facts, is_one_word=len(groups) == 1)}"
    if count == 1:
        which = f"即{titles_with_departments(facts.missing, facts)}"
    return (
        f"截至{written_day(dated)}，{whose}{total}项举措中，{count}项的{quarter_filed(facts)}填报{what}"
        f"{how}，{which}。{not_due(facts)}"
    )


def owed_words(facts: DocumentFacts, *, is_one_word: bool) -> str:
    """Return the departments with the measures that they owe, without the name of a department in its own report."""
    titles: dict[str, list[str]] = {}
    for measure in facts.missing:
        word = "" if is_one_word else f"（{missing_word(measure)}）"
        titles.setdefault(measure.lead or NOBODY, []).append(f"{quoted_title(measure.title)}{word}")
    joined = "" if is_one_word else "、"
    if facts.department:
        return joined.join(title for found in titles.values() for title in found)
    return "；".join(f"{department}，{joined.join(found)}" for department, found in titles.items())


def not_due(facts: DocumentFacts) -> str:
    """Return a sentence that the filings are not due yet; empty if none has time left."""
    if facts.due is None or not any(is_awaited(measure) for measure in facts.missing):
        return ""
    last = facts.due.grace_ends_on(facts.calendar)
    return f"{facts.scope.quarter.words}填报截至{written_day(last)}，尚未到期。"


def is_awaited(measure: MeasureFacts) -> bool:
    """Return whether a filing is not written yet but still has time."""
    return measure.state in UNWRITTEN and not measure.is_late and not measure.is_over


def quarter_filed(facts: DocumentFacts) -> str:
    """Return the quarter of the filings; empty if the document covers only one."""
    return QUARTER_WORDS[facts.scope.quarter.number] if len(facts.scope.quarters) > 1 else ""


def by_word(facts: DocumentFacts) -> dict[str, list[MeasureFacts]]:
    """Group the measures without an accepted report by their state in words, each group in the plan's order."""
    groups: dict[str, list[MeasureFacts]] = {word: [] for word in (OVERDUE, *MISSING_WORDS.values())}
    for measure in facts.missing:
        groups[missing_word(measure)].append(measure)
    return {word: group for word, group in groups.items() if group}


def missing_word(measure: MeasureFacts) -> str:
    """Return the state of a missing report in words; a filing not handed in in time is overdue."""
    return OVERDUE if measure.is_late and measure.state in UNWRITTEN else measure.missing_words


def titles_with_departments(measures: Iterable[MeasureFacts], facts: DocumentFacts) -> str:
    """Return titles with their lead departments; a department's own report does not name the department."""
    if facts.department:
        return title_list(measure.title for measure in measures)
    return "、".join(f"{title_list([one.title])}（{one.lead or NOBODY}）" for one in measures)


def some_titles(measures: Sequence[MeasureFacts]) -> str:
    """Return titles; of too many, only the first ones."""
    if len(measures) <= MOST_TITLES + 1:
        return title_list(measure.title for measure in measures)
    return f"{title_list(measure.title for measure in measures[:MOST_TITLES])}等"


def titles_of_furthest(found: Sequence[tuple[MeasureFacts, AcceptedReport]]) -> str:
    """Return the titles furthest behind, in the plan's order, followed by 等."""
    furthest = sorted(found, key=lambda pair: pair[1].percent)[:MOST_TITLES]
    return f"{title_list(pair[0].title for pair in found if pair in furthest)}等"


def listed_titles(measures: Sequence[MeasureFacts]) -> str:
    """Return titles; of too many, only the first ones and the total."""
    titles = some_titles(measures)
    return f"{titles}{len(measures)}项" if len(measures) > MOST_TITLES + 1 else titles


def lead_departments_words(found: Iterable[MeasureFacts]) -> str:
    """Name the lead departments of measures; of too many, only their number."""
    measures = tuple(found)
    leads = tuple(dict.fromkeys(measure.lead for measure in measures if measure.lead))
    unled = sum(not measure.lead for measure in measures)
    named = (
        f"牵头部门为{'、'.join(leads)}" if len(leads) <= MOST_DEPARTMENTS else f"涉及{len(leads)}个牵头部门"
    )
    if not unled:
        return named
    return f"{named}，{NOBODY}的{unled}项" if leads else NOBODY


def lead_counts_words(found: Iterable[MeasureFacts]) -> str:
    """Count measures by lead department, grouping equal counts: 甲办3项，乙办、丙办各2项.

    If there are too many departments, those with a single measure are only counted.
    """
    counts = Counter(measure.lead for measure in found)
    unled = counts.pop("", 0)
    by_count: dict[int, list[str]] = {}
    for lead, count in counts.most_common():
        by_count.setdefault(count, []).append(lead)
    groups = []
    for count, leads in by_count.items():
        names = "、".join(leads)
        if count == 1 and len(counts) > MOST_DEPARTMENTS:
            names = f"{'其余' if len(by_count) > 1 else ''}{len(leads)}个部门"
        groups.append(f"{names}{'各' if len(leads) > 1 else ''}{count}项")
    return "，".join((*groups, *([f"{NOBODY}的{unled}项"] if unled else [])))


def late_and_missing_section(facts: DocumentFacts, dated: date) -> Iterator[Block]:
    """Yield the section on late and missing filings, for the departments that have to improve."""
    late = [measure for measure in facts.measures if came_late(measure)]
    if late or facts.missing:
        awaiting = awaiting_words(facts.missing, "和")
        link = "" if not (late and awaiting) else "、" if "和" in awaiting else "和"
        words = f"{'逾期报送' if late else ''}{link}{awaiting}的举措"
        yield Heading(2, words, key=BlockKey(BlockRole.SUBMISSIONS_HEADING))
    if late:
        yield Paragraph(late_by_department(late, facts), key=BlockKey(BlockRole.LATE))
    if facts.missing:
        yield missing_paragraph(facts, dated)


def came_late(measure: MeasureFacts) -> bool:
    """Return whether a filing was handed in after the grace of the quarter; awaiting 审签 is not handed in."""
    return measure.is_late and measure.state not in OWED_BY_DEPARTMENTS


def late_by_department(late: list[MeasureFacts], facts: DocumentFacts) -> str:
    """Name the departments whose filings were late, with the measures."""
    titles: dict[str, list[str]] = {}
    for measure in late:
        titles.setdefault(measure.lead or NOBODY, []).append(measure.title)
    departments = "、".join(f"{department}（{title_list(found)}）" for department, found in titles.items())
    total = len(facts.measures)
    which = "具体是" if len(titles) > 1 else "即"
    counted = f"{total}项举措中，逾期报送{len(late)}项，{which}" if total > 1 else "逾期报送的是"
    return f"{due_words(facts)}{counted}{departments}。"


def due_words(facts: DocumentFacts) -> str:
    """Return the day by which filings were due; empty if the quarter was not opened."""
    if facts.due is None:
        return ""
    last = facts.due.grace_ends_on(facts.calendar)
    return f"{facts.scope.quarter.words}填报应于{written_day(last)}前（含当日）报送。"
