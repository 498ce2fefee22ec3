"""Half a year and three quarters: their words, each measure quarter by quarter, totals of the last quarter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.facts import AcceptedReport, DocumentFacts
from app.composition.kinds import (
    circular,
    quarterly,
    summary,
    supervision,
)
from app.composition.scope import DocumentScope, ScopeSpan
from app.filing.core.life_cycle import FilingState
from app.periods.rules import Quarter
from reports.model import DocumentError, OfficialDocument, Paragraph, Table
from tests.composition.contents import DOWNWARD, block_text, changed, chapter, filing_of
from tests.drafting.sample_documents import PARTICULARS, quarter_facts

SPAN = DocumentScope(Quarter(2026, 3), ScopeSpan.THREE_QUARTERS)


def reported_in(facts: DocumentFacts, number: int, quarter: int, progress: str) -> AcceptedReport:
    """Return what measure `number` reported in an earlier quarter."""
    report = facts.measures[number - 1].report or facts.reported[0][1]
    return replace(report, filing=100 * quarter + number, quarter=Quarter(2026, quarter), progress=progress)


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    facts = replace(quarter_facts(), scope=SPAN)
    earlier = (reported_in(facts, 1, 1, "制定方案"), reported_in(facts, 1, 2, "二季度走访5家。\n签约1家。"))
    facts = changed(facts, 1, earlier=earlier)
    return changed(facts, 3, earlier=(reported_in(facts, 3, 2, "完成招标"),))


@pytest.fixture(scope="module")
def report(facts: DocumentFacts) -> OfficialDocument:
    return quarterly.compose(facts, PARTICULARS)


def paragraphs_of(report: OfficialDocument, title: str) -> list[tuple[str, int | None]]:
    """Return texts and filings of a measure in the chapter on progress."""
    blocks = [one for one in chapter(report, "各项举措推进情况") if isinstance(one, Paragraph)]
    first = next(place for place, one in enumerate(blocks) if one.head and one.head.text == title)
    rest = [place for place in range(first + 1, len(blocks)) if blocks[place].head]
    return [(one.text, filing_of(one)) for one in blocks[first : rest[0]]]


def test_a_measure_is_described_quarter_by_quarter_each_with_its_filing(report: OfficialDocument) -> None:
    assert paragraphs_of(report, "举措“1”。") == [
        ("一季度：制定方案。", 101),
        ("二季度走访5家。\n签约1家。", 201),
        ("三季度：第1项已走访1家，形成线索。", 1),
    ]


def test_where_the_last_quarter_is_missing_the_earlier_ones_are_described(report: OfficialDocument) -> None:
    assert paragraphs_of(report, "举措“3”。") == [("二季度：完成招标。", 203)]


def test_the_totals_rest_on_the_last_quarter(report: OfficialDocument, facts: DocumentFacts) -> None:
    text = block_text(chapter(report, "总体情况"))
    accepted = len(facts.reported)
    assert f"按2026年9月末的情况统计，进展情况已汇总的{accepted}项" in text
    assert "从完成进度看，序时进度为75%" in text
    circulated = block_text(chapter(circular.compose(facts, DOWNWARD), "存在的问题"))
    assert "的第三季度填报未报送或者尚未采用" in circulated


@pytest.mark.parametrize(
    ("scope", "title"),
    [
        (DocumentScope(Quarter(2026, 2), ScopeSpan.HALF_YEAR), "上半年推进情况的报告"),
        (SPAN, "前三季度推进情况的报告"),
        (DocumentScope(Quarter(2026, 3)), "第三季度推进情况的报告"),
    ],
)
def test_the_titles_of_report_and_annex_name_the_span(
    facts: DocumentFacts, scope: DocumentScope, title: str
) -> None:
    report = quarterly.compose(replace(facts, scope=scope), PARTICULARS)
    assert report.title.endswith(title)
    assert report.annexes[0].title.endswith(f"{title.removesuffix('的报告')}表")


def test_the_other_kinds_say_the_span_too(facts: DocumentFacts) -> None:
    titles = [kind.compose(facts, DOWNWARD).title for kind in (circular, summary, supervision)]
    assert [title.partition("\n")[2] for title in titles] == [
        "前三季度推进情况的通报",
        "前三季度推进情况汇总",
        "前三季度落实情况的督查通报",
    ]


def test_the_annex_has_all_quarters_words_and_says_whose_the_rest_are(report: OfficialDocument) -> None:
    (table,) = report.annexes[0].blocks
    assert isinstance(table, Table)
    assert table.note.startswith("注：完成率、亮灯、存在问题、下一步计划为第三季度填报内容；完成率")
    sentences = [
        one.text
        for one in chapter(report, "各项举措推进情况")
        if isinstance(one, Paragraph) and filing_of(one)
    ]
    lines = "\n".join(row[5] for row in table.rows).splitlines()
    assert [line for line in lines if line != "—"] == "\n".join(sentences).splitlines()


def test_earlier_quarters_alone_are_no_report(facts: DocumentFacts) -> None:
    parts = tuple(
        replace(
            part,
            sections=tuple(
                replace(
                    one,
                    measures=tuple(replace(m, state=FilingState.DRAFT, report=None) for m in one.measures),
                )
                for one in part.sections
            ),
        )
        for part in facts.parts
    )
    with pytest.raises(DocumentError, match="2026年第三季度还没有已采用的填报"):
        quarterly.compose(replace(facts, parts=parts), PARTICULARS)
