"""Reconciliation: every number that a document prints is of the facts; sums close; text, annex and chart agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from app.composition.block_keys import BlockRole, key_of
from app.composition.chapters.problem_causes import group_by_cause
from app.composition.chapters.requirements import filings_owed
from app.composition.chapters.risks_and_next_steps import measures_at_risk
from app.composition.chapters.submissions import came_late
from app.composition.chapters.synopsis import first_month
from app.composition.facts import AcceptedReport, DocumentFacts
from app.composition.kinds import compose_document
from app.composition.kinds.department import has_contributed
from app.composition.rules import DocumentKind
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from reports.model import Block, Chart, OfficialDocument, Paragraph, Sheet, Table
from tests.composition.contents import DOWNWARD, each
from tests.composition.strategies import facts_of
from tests.composition.test_synopsis import with_indicators
from tests.drafting.sample_documents import PARTICULARS

KINDS = (
    DocumentKind.QUARTERLY,
    DocumentKind.CIRCULAR,
    DocumentKind.SUMMARY,
    DocumentKind.SUPERVISION,
    DocumentKind.YEARLY,
    DocumentKind.DEPARTMENT,
    DocumentKind.READING_SHEET,
)
WITH_ANNEX = (DocumentKind.QUARTERLY, DocumentKind.CIRCULAR, DocumentKind.YEARLY, DocumentKind.DEPARTMENT)
UPWARD = (DocumentKind.QUARTERLY, DocumentKind.YEARLY)
# Dates, the days of directives, names and titles: no figures of the plan.
NO_FIGURES = re.compile(
    r"\d{4}年(?:\d+月(?:\d+日|至\d+月)?)?|\d+月的?|“[^”]*”|《[^》]*》|第\d办公室|\d+月|[一二三四]季度：.*"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def composed_texts(document: OfficialDocument, facts: DocumentFacts) -> Iterator[tuple[BlockRole, str]]:
    """Yield what the program itself says, without the words of departments and leaders."""
    own = sorted(set(words_of_departments(facts)), key=len, reverse=True)
    for block in document.body:
        key = key_of(block)
        if key is None or key.role in QUOTING:
            continue
        for text in texts_in(block):
            for words in own:
                text = text.replace(words, "")
            yield key.role, NO_FIGURES.sub("", text)


def texts_in(block: Block) -> list[str]:
    if isinstance(block, Sheet):
        return [field.text for row in block.rows for field in row.fields]
    return [block.text] if isinstance(block, Paragraph) else []


QUOTING = {
    BlockRole.LED_PROGRESS,
    BlockRole.SUPPORTED_PROGRESS,
    BlockRole.UNSETTLED,
    BlockRole.SETTLED,
    BlockRole.PROGRESS,
    BlockRole.NEXT_STEP,
    BlockRole.OTHER_PROBLEM,
}


def words_of_departments(facts: DocumentFacts) -> Iterator[str]:
    for measure in facts.measures:
        for report in (*measure.earlier, *([measure.report] if measure.report else ())):
            for text in (*report.labelled_texts.values(), report.status_reason, report.light_reason):
                yield from (one for one in re.split(r"[。\n]", text) if re.search(r"\d", one))


def numbers_of_facts(facts: DocumentFacts) -> set[str]:
    """Return every number that follows from the facts: what was filed, counts of it, shares, sums, distances."""
    counts = {0, 1, len(facts.parts), len(facts.directives), *range(len(facts.directives) + 1)}
    groups = [list(facts.measures), *(list(part.measures) for part in facts.parts)]
    leads = {measure.lead for measure in facts.measures}
    groups += [[one for one in facts.measures if one.lead == lead] for lead in leads]
    supported = [one for one in facts.measures if one.lead != facts.department]
    groups += [supported]
    for group in groups:
        counts |= set(counts_of([one.report for one in group if one.report], facts)) | {len(group)}
        counts |= {sum(one.report is None for one in group), sum(one.is_late for one in group)}
    counts |= {sum(map(came_late, facts.measures)), len(filings_owed(facts))}
    silent = Counter(one.contribution for one in supported if not has_contributed(one))
    counts |= {*silent.values(), len(supported) - silent.total()}
    counts |= set(Counter(one.missing_words for one in facts.missing).values())
    counts |= set(Counter(one.standing for one in facts.missing).values())
    risks = measures_at_risk(facts)
    causes = group_by_cause(risks)
    counts |= {*(len(group) for _, group in causes.common), len(causes.others), len(causes.unexplained)}
    counts |= {len(causes.others) + len(causes.unexplained)}
    after = facts.scope.last_day.month
    counts |= set(Counter(first_month(report.next_steps, after) for _, report in risks).values())
    totals = {*map(len, (facts.measures, supported, facts.reported, facts.directives, risks))} - {0}
    shares = {f"{round(100 * count / total, 1):g}" for count in counts for total in totals}
    sums = {a + b for a in counts for b in (len(risks), len(facts.missing))}
    owed = {len(risks) + count + len(facts.directives) for count in range(len(facts.missing) + 1)}
    percents = {report.percent for _, report in facts.reported} | {100, facts.scope.pace.percent, 15}
    gaps = {abs(facts.scope.pace.percent - percent) for percent in percents} | {
        100 - percent for percent in percents
    }
    figures = {
        one for measure in facts.measures for item in measure.indicators for one in numbers_in_item(item)
    }
    known = {str(one) for one in (*counts, *sums, *owed, *percents, *gaps, *range(len(facts.missing) + 1))}
    return known | shares | figures


def numbers_in_item(item: object) -> Iterator[str]:
    yield from NUMBER.findall(str(item))


def counts_of(reports: Iterable[AcceptedReport], facts: DocumentFacts) -> Iterator[int]:
    found, target = list(reports), facts.scope.pace.percent
    yield len(found)
    for one in (*MeasureStatus, *Light, *Forecast):
        yield sum(one in (report.status, report.light, report.forecast) for report in found)
    behind = [report for report in found if report.percent < target]
    risks = [report for _, report in measures_at_risk(facts) if report in found]
    yield from (len(behind), len(found) - len(behind), len(risks), len(found) - len(risks))
    yield sum(report in risks for report in behind)
    yield len(behind) - sum(report in risks for report in behind)
    yield sum(report not in risks for report in found if report.percent >= target)
    yield len(risks) - sum(report in behind for report in risks)
    yield sum(report.is_far_behind for report in found)
    for light in Light:
        yield sum(report.is_light_moved and report.light is light for report in found)
        yield sum(report.light is light and not report.is_far_behind for report in found)
        yield sum(report.light is light and report.is_far_behind for report in found)
    moved = sum(report.is_light_moved for report in found)
    red = sum(report.is_far_behind and report.light is Light.RED for report in found)
    yield sum(report.is_far_behind for report in found) - red - moved


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
@given(facts=facts_of())
@settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_every_number_is_of_the_facts_and_text_annex_and_chart_agree(
    kind: DocumentKind, facts: DocumentFacts
) -> None:
    if kind is DocumentKind.DEPARTMENT:
        assume(any(measure.lead == facts.department for measure, _ in facts.reported))
    assume(facts.reported)
    facts = each(facts, with_indicators)
    particulars = PARTICULARS if kind in UPWARD else replace(DOWNWARD, dated=date(2026, 10, 22))
    document = compose_document(kind, facts, particulars)
    known = numbers_of_facts(facts)
    for role, text in composed_texts(document, facts):
        unknown = [number for number in NUMBER.findall(text) if number not in known]
        assert not unknown, (role, text, unknown)
    agree_on_measures(document, facts)
    if kind in WITH_ANNEX:
        agree_on_annex(document, facts)
    if document.enclosure:
        agree_on_enclosure(document.enclosure.blocks[0], facts)


def agree_on_enclosure(table: Block, facts: DocumentFacts) -> None:
    """Each row of a reading sheet's table is of one measure; its rate and light are those of the facts."""
    assert isinstance(table, Table)
    heads = [column.title for column in table.columns]
    numbers, rates, lights = (heads.index(head) for head in ("序号", "完成率", "亮灯"))
    measures = {str(measure.number): measure for measure in facts.measures}
    assert [row[numbers] for row in table.rows] == list(measures)
    for row in table.rows:
        report = measures[row[numbers]].report
        wanted = (f"{report.percent}%", report.light.label) if report else ("—", "—")
        assert (row[rates], row[lights]) == wanted


def agree_on_measures(document: OfficialDocument, facts: DocumentFacts) -> None:
    """What a paragraph says of a measure's completion rate is what was filed."""
    percents = {f"{measure.title}。": report.percent for measure, report in facts.reported}
    for block in document.body:
        if not (isinstance(block, Paragraph) and block.head and block.head.text in percents):
            continue
        rate = re.match(r"(?:[^，。]*牵头，|牵头部门：[^。]*。)?完成率(\d+)%", block.text)
        assert rate is None or int(rate[1]) == percents[block.head.text]


def agree_on_annex(document: OfficialDocument, facts: DocumentFacts) -> None:
    """The annex has every measure; its rates and lights are those of the facts, and those of table and chart."""
    (table,) = document.annexes[0].blocks
    assert isinstance(table, Table)
    heads = [column.title for column in table.columns]
    rates, lights = heads.index("完成率"), heads.index("亮灯")
    for measure, row in zip(facts.measures, table.rows, strict=True):
        report = measure.report
        wanted = (f"{report.percent}%", report.light.label) if report else ("—", "—")
        assert (row[rates], row[lights]) == wanted
    for block in document.body:
        if isinstance(block, Chart):
            drawn = [sum(row.counts[place] for row in block.rows) for place in range(len(block.series))]
            in_annex = Counter(row[lights] for row in table.rows)
            wanted_counts = [in_annex["—"] if name == "未汇总" else in_annex[name] for name in block.series]
            assert drawn == wanted_counts
        if isinstance(block, Table) and block.rows and block.rows[-1][0] == "合计":
            columns = list(zip(*(map(int, row[1:]) for row in block.rows), strict=True))
            assert all(sum(parts) == total for *parts, total in columns)
            assert columns[0][-1] == len(facts.measures)
            assert columns[1][-1] == sum(row[rates] != "—" for row in table.rows)
