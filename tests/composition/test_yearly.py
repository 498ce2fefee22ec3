"""The yearly report: four quarters' filings, targets reached and not by name with reasons, what comes next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.abridgement import FEW
from app.composition.facts import (
    AcceptedReport,
    DocumentFacts,
    MeasureFacts,
    PartFacts,
)
from app.composition.kinds.yearly import compose
from app.composition.rules import TextFullness
from app.composition.scope import DocumentScope, read_scope
from app.filing.core.life_cycle import FilingState
from app.periods.rules import Quarter
from reports.model import Direction, DocumentError, Heading, Masthead, OfficialDocument, Paragraph, Table
from tests.composition.contents import each, filing_of, paragraphs
from tests.drafting.sample_documents import (
    CASES,
    PARTICULARS,
    measure_facts,
    quarter_facts,
    texts,
)

YEAR = read_scope("2026")
FIRST, LAST = Quarter(2026, 1), Quarter(2026, 4)


def over_the_year(measure: MeasureFacts) -> MeasureFacts:
    """Return a measure that was reported on in the first and in the last quarter, if in any."""
    if measure.report is None:
        return measure
    first = replace(measure.report, quarter=FIRST, percent=20, progress=f"年初第{measure.number}项启动。")
    return replace(measure, report=replace(measure.report, quarter=LAST), earlier=(first,))


def year_of(parts: tuple[PartFacts, ...]) -> DocumentFacts:
    return replace(quarter_facts(), scope=YEAR, parts=parts)


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    parts = tuple(
        replace(
            part,
            sections=tuple(
                replace(section, measures=tuple(map(over_the_year, section.measures)))
                for section in part.sections
            ),
        )
        for part in quarter_facts().parts
    )
    return year_of(parts)


@pytest.fixture(scope="module")
def report(facts: DocumentFacts) -> OfficialDocument:
    return compose(facts, PARTICULARS)


def accepted(facts: DocumentFacts) -> list[AcceptedReport]:
    return [report for _, report in facts.reported]


def test_it_goes_upwards_with_its_chapters_in_order(report: OfficialDocument) -> None:
    assert report.title == "关于《示例街道2026年工作计划》\n完成情况的报告"
    assert isinstance(report.masthead, Masthead)
    assert report.masthead.direction is Direction.UPWARD
    assert report.masthead.signatories == ("王玥",)
    assert [one.text for one in report.body if isinstance(one, Heading) and one.level == 1] == [
        "总体情况",
        "各项举措完成情况",
        "年度目标完成情况",
        "下一年度工作打算",
    ]
    assert report.body[-1] == Paragraph("特此报告。")


def test_the_totals_have_their_denominators(report: OfficialDocument, facts: DocumentFacts) -> None:
    total = len(facts.reported)
    overview = "".join(one.text for one in paragraphs(report, "总体情况"))
    assert f"共5个部分、45项举措。按2026年12月末的情况统计，进展情况已汇总的{total}项，占45项的" in overview
    assert "序时进度" not in overview
    assert "年底预计" not in "".join(texts(report))


def test_the_way_through_the_year_is_counted_quarter_by_quarter(
    report: OfficialDocument, facts: DocumentFacts
) -> None:
    quarters = next(one for one in report.body if isinstance(one, Table))
    total = str(len(facts.reported))
    assert quarters.caption == "各季度推进情况"
    assert [row[0] for row in quarters.rows] == ["第一季度", "第二季度", "第三季度", "第四季度"]
    assert quarters.rows[0][1:4] == (total, "0", total)
    assert set(quarters.rows[1][1:]) == {"0"}
    missed = sum(one.percent < 100 for one in accepted(facts))
    assert quarters.rows[3][1:4] == (total, str(len(facts.reported) - missed), str(missed))
    parts = [one for one in report.body if isinstance(one, Table)][1]
    assert [column.title for column in parts.columns][2:5] == ["已汇总", "达到年度目标", "未达到年度目标"]
    assert parts.rows[-1][2:5] == quarters.rows[3][1:4]
    assert quarters.note == "注：举措共45项，各季度均以当季已汇总的举措为基数。"


def test_what_was_done_is_described_from_the_first_quarter_on(report: OfficialDocument) -> None:
    done = paragraphs(report, "各项举措完成情况")
    assert done[0].text == "年初第1项启动。四季度，第1项已走访1家，形成线索。"
    assert done[0].head == Heading(4, "举措“1”。")
    assert filing_of(done[0]) == 1
    assert done[1].head is not None


def test_targets_reached_and_missed_add_up_and_are_named(
    report: OfficialDocument, facts: DocumentFacts
) -> None:
    total = len(facts.reported)
    reached = sum(one.percent >= 100 for one in accepted(facts))
    overview = "".join(one.text for one in paragraphs(report, "总体情况"))
    assert overview.count("完成率达到100%的，为达到年度目标。") == 1
    assert f"{total}项举措中，{reached}项达到年度目标" in overview
    targets = paragraphs(report, "年度目标完成情况")
    assert targets[0].text == f"共{reached}项，分别是“举措‘4’”“举措‘15’”“举措‘26’”“举措‘37’”。"
    assert len(targets) == 1 + total - reached


def test_of_many_targets_that_were_reached_it_names_the_chapter(facts: DocumentFacts) -> None:
    good = each(facts, lambda one: one if one.number == 2 else with_percent(one, 100))
    targets = paragraphs(compose(good, PARTICULARS), "年度目标完成情况")
    assert targets[0].text == f"共{len(facts.reported) - 1}项，进展情况见“各项举措完成情况”部分。"


def with_percent(measure: MeasureFacts, percent: int) -> MeasureFacts:
    return replace(measure, report=measure.report and replace(measure.report, percent=percent))


def test_a_concise_text_counts_its_targets_once(facts: DocumentFacts) -> None:
    short = compose(replace(facts, fullness=TextFullness.CONCISE), PARTICULARS)
    missed = [one for one in accepted(facts) if one.percent < 100]
    lead_in, first, *_ = paragraphs(short, "年度目标完成情况")
    assert lead_in.text == f"未达到年度目标的{len(missed)}项举措情况如下。"
    assert first.head is not None and first.head.level == 2


def test_a_target_that_was_missed_is_named_with_what_its_department_says(report: OfficialDocument) -> None:
    overview = {one.head.text: one.text for one in paragraphs(report, "年度目标完成情况") if one.head}
    assert overview["举措“2”。"] == (
        "完成率55%，距年度目标差45个百分点。年度目标：完成2件。施工力量不足，进度偏慢。"
    )
    assert overview["举措“9”。"].startswith("完成率38%，距年度目标差62个百分点，已暂停。")
    assert overview["举措“9”。"].endswith("暂停原因：依规暂停。消防设计变更。")
    assert overview["举措“1”。"].endswith("原因有待进一步分析。")


def test_a_few_that_are_missing_are_named(facts: DocumentFacts) -> None:
    unnamed = {measure.number for measure in facts.missing[FEW:]}
    few = facts.narrowed(lambda measure: measure.number not in unnamed)
    overview = "".join(one.text for one in paragraphs(compose(few, PARTICULARS), "总体情况"))
    assert f"另有{FEW}项" in overview
    assert all(f"“举措‘{one.number}’”" in overview for one in few.missing)


def test_next_years_plans_stand_part_by_part(report: OfficialDocument, facts: DocumentFacts) -> None:
    plans = paragraphs(report, "下一年度工作打算")
    assert len(plans) == len(facts.reported) + 1
    assert plans[0].text == "四季度继续走访1家。"


def test_the_annex_has_every_measure(report: OfficialDocument) -> None:
    (annex,) = report.annexes
    (table,) = annex.blocks
    assert isinstance(table, Table)
    assert annex.title == "《示例街道2026年工作计划》完成情况表"
    assert len(table.rows) == 45


def test_a_plan_without_parts_by_name_and_without_sections_is_described_too() -> None:
    measures = tuple(over_the_year(measure_facts(number, CASES[3])) for number in (1, 2))
    flat = compose(year_of((PartFacts("", own_measures=measures),)), PARTICULARS)
    overview = "".join(texts(flat))
    assert "完成率达到100%的，为达到年度目标。列入统计的2项举措均达到年度目标。" in overview
    assert "年度目标完成情况" not in [one.text for one in flat.body if isinstance(one, Heading)]
    assert not any(isinstance(one, Heading) and not one.text for one in flat.body)


def test_a_year_whose_last_quarter_has_nothing_accepted_is_no_report() -> None:
    waiting = PartFacts("部分", own_measures=(measure_facts(1, FilingState.DRAFT),))
    with pytest.raises(DocumentError, match="2026年第四季度还没有已采用的填报"):
        compose(year_of((waiting,)), PARTICULARS)


def test_the_year_ends_with_its_last_quarter() -> None:
    assert DocumentScope(LAST, YEAR.span) == YEAR
