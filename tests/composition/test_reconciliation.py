"""Reconciliation: every number that a document prints is of the facts; sums close; text, annex and chart agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from app.composition.audience import Audience
from app.composition.block_keys import BlockRole, key_of
from app.composition.chapters.demands import filings_owed, going_on, unanswered_directives
from app.composition.chapters.next_step_times import first_time
from app.composition.chapters.problem_causes import group_by_cause
from app.composition.chapters.risks import gives_reason, measures_to_correct
from app.composition.chapters.submissions import came_late
from app.composition.facts import AcceptedReport, DocumentFacts, MeasureFacts
from app.composition.kinds import compose_document, spec_of
from app.composition.kinds.department import has_contributed
from app.composition.rules import DocumentKind
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import Quarter
from reports.model import Block, Chart, OfficialDocument, Paragraph, Sheet, Table
from tests.composition.contents import DOWNWARD, each, table_in
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
COUNT_AND_NAMES = re.compile(r"(\d+)项[^，。；“]{0,12}，?(?:分别是|即|为|包括|（)((?:“[^”]*”)+)(等)?")
NAMES_AND_COUNT = re.compile(r"((?:“[^”]*”)+)(等)?(\d+)项")
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


def counts_of_reasons(risks: Sequence[tuple[MeasureFacts, AcceptedReport]]) -> Iterator[int]:
    """Yield how many share a cause, have one of their own, have none."""
    for audience in Audience:
        causes = group_by_cause(risks, audience)
        yield from (len(group) for _, group in causes.common)
        yield from (len(causes.others), len(causes.unexplained), len(causes.others) + len(causes.unexplained))
    yield sum(not gives_reason(report, Audience.DEPARTMENTS) for _, report in going_on(risks))


def counts_of_times(found: Sequence[tuple[MeasureFacts, AcceptedReport]], quarter: Quarter) -> Iterator[int]:
    """Yield how many have their next steps at one time, and how many are alone in their months."""
    times = Counter(first_time(one.next_steps, quarter) for _, one in found)
    yield from times.values()
    yield sum(count == 1 for (_, month), count in times.items() if month)


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
    risks = measures_to_correct(facts)
    counts |= set(counts_of_reasons(risks))
    for timed in (risks, facts.reported):
        counts |= set(counts_of_times(timed, facts.scope.quarter))
    expected = [report for _, report in facts.reported if report.status is not MeasureStatus.CANCELLED]
    counts |= {len(expected), *Counter(report.forecast for report in expected).values()}
    totals = {*map(len, (facts.measures, supported, facts.reported, facts.directives, risks, expected))} - {0}
    shares = {
        form.format(round(100 * count / total, 1))
        for count in counts
        for total in totals
        for form in ("{:g}", "{:.1f}")
    }
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
    risks = [report for _, report in measures_to_correct(facts) if report in found]
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
@given(data=st.data())
@settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_every_number_is_of_the_facts_and_text_annex_and_chart_agree(
    kind: DocumentKind, data: st.DataObject
) -> None:
    facts = data.draw(facts_of(spec_of(kind).spans))
    if kind is not DocumentKind.DEPARTMENT:
        facts = replace(facts, department="")
    else:
        assume(any(measure.lead == facts.department for measure, _ in facts.reported))
    assume(facts.reported)
    facts = each(facts, with_indicators)
    particulars = PARTICULARS if kind in UPWARD else replace(DOWNWARD, dated=date(2026, 10, 22))
    document = compose_document(kind, facts, particulars)
    agree_on_text(document, facts)
    agree_on_names(document)
    agree_on_measures(document, facts)
    for block in document.body:
        if isinstance(block, Table):
            agree_on_table(block, facts)
    if kind is DocumentKind.SUPERVISION:
        agree_on_checklist(document, facts)
    if kind in WITH_ANNEX:
        agree_on_annex(document, facts)
    if document.enclosure:
        agree_on_enclosure(document.enclosure.blocks[0], facts)


def agree_on_text(document: OfficialDocument, facts: DocumentFacts) -> None:
    """Every number of a sentence is of the facts; what is divided is divided without a rest."""
    known = numbers_of_facts(facts)
    counted = [measure for measure, _ in facts.reported if measure.lead == (facts.department or measure.lead)]
    for role, text in composed_texts(document, facts):
        unknown = [number for number in NUMBER.findall(text) if number not in known]
        assert not unknown, (role, text, unknown)
        if role is BlockRole.STANDING:
            closes(text, len(counted))


def agree_on_names(document: OfficialDocument) -> None:
    """Where a count is followed by which ones, there are as many; where only the first are named, there are more."""
    for block in document.body:
        for text in texts_in(block):
            for count, names, rest in COUNT_AND_NAMES.findall(text):
                named = len(re.findall("“[^”]*”", names))
                assert int(count) > named if rest else int(count) == named, text
            for names, rest, count in NAMES_AND_COUNT.findall(text):
                named = len(re.findall("“[^”]*”", names))
                assert int(count) > named if rest else int(count) == named, text


def closes(text: str, total: int) -> None:
    """Each sentence that divides the measures divides all of them, and its shares make a whole."""
    for sentence in re.findall(r"从[^。]*?看，([^。]*)。", text):
        cancelled, base = 0, total
        if apart := re.match(r"除已取消的(\d+)项外，其余(\d+)项", sentence):
            cancelled, base = map(int, apart.groups())
        assert cancelled + base == total
        division = sentence.removeprefix(apart[0] if apart else f"{total}项").removeprefix("中，")
        counts = [int(one) for one in re.findall(r"(\d+)项(?!均)", division)]
        assert sum(counts) in (0, base), sentence
        shares = [float(one) for one in re.findall(r"占([\d.]+)%", division)]
        assert not shares or abs(sum(shares) - 100) < 0.5, sentence


def agree_on_table(table: Table, facts: DocumentFacts) -> None:
    """A table of the text: its sums close, and what it says of a measure, a part or a quarter is what was filed."""
    key = key_of(table)
    role = key.role if key else None
    if role is BlockRole.PARTS_TABLE:
        columns = list(zip(*(map(int, row[1:]) for row in table.rows), strict=True))
        assert all(sum(parts) == total for *parts, total in columns)
        assert columns[0][-1] == len(facts.measures)
        counted, *by_column = columns[1:] if facts.missing else columns
        assert counted[-1] == len(facts.reported)
        missing = by_column.pop() if facts.missing else [0] * len(table.rows)
        assert [*map(sum, zip(*by_column, strict=True))] == [*counted]
        assert [*map(sum, zip(counted, missing, strict=True))] == [*columns[0]]
    if role is BlockRole.QUARTERS_TABLE:
        assert all(int(row[1]) == sum(map(int, row[4:])) for row in table.rows)
        reached = sum(report.percent >= 100 for _, report in facts.reported)
        assert table.rows[-1][1:4] == (
            str(len(facts.reported)),
            str(reached),
            str(len(facts.reported) - reached),
        )
    if role is BlockRole.RISKS_TABLE:
        filed = {measure.title: report for measure, report in measures_to_correct(facts)}
        assert [row[0] for row in table.rows] == list(filed)
        for title, *_, rate, gap, status, light in table.rows:
            report, pace = filed[title], facts.scope.pace.percent
            assert (rate, status, light) == (f"{report.percent}%", report.status.label, report.light.label)
            assert int(re.sub(r"\D", "", gap) or 0) == abs(report.percent - pace)


def agree_on_checklist(document: OfficialDocument, facts: DocumentFacts) -> None:
    """The checklist has what the text asks for: as many rows of each kind, with the rate of the facts."""
    rows = [row for annex in document.annexes for row in table_in(annex.blocks).rows]
    asked, owed = measures_to_correct(facts), filings_owed(facts)
    assert len(rows) == len(asked) + len(owed) + len(unanswered_directives(facts))
    for row, (measure, report) in zip(rows, asked, strict=False):
        assert (row[1], row[4].partition("，")[0]) == (measure.title, f"完成率{report.percent}%")
    text = "".join(block.text for block in document.body if isinstance(block, Paragraph))
    if len(asked) > 1:
        assert f"对上述{len(asked)}项" in text
    if owed:
        assert f"的{len(owed)}项举措，牵头部门要于" in text


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
