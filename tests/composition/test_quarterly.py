"""The quarterly report from plain facts: levels, arithmetic, names, wording."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace

import pytest

from app.composition.abridgement import FEW
from app.composition.facts import DocumentFacts, MeasureFacts, PartFacts
from app.composition.kinds import circular
from app.composition.kinds.quarterly import compose
from app.filing.core.life_cycle import FilingState
from app.filing.core.measure_status import MeasureStatus
from reports.model import Chart, DocumentError, OfficialDocument, Paragraph, Table
from tests.composition.contents import (
    DOWNWARD,
    changed,
    each,
    heads,
    paragraphs,
)
from tests.drafting.sample_documents import (
    CASES,
    PARTICULARS,
    measure_facts,
    quarter_facts,
    texts,
)

HALF_WIDTH_BETWEEN_HANZI = re.compile(r"[一-鿿][,.;:?!()][一-鿿]")


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    return quarter_facts()


@pytest.fixture(scope="module")
def report(facts: DocumentFacts) -> OfficialDocument:
    return compose(facts, PARTICULARS)


def test_the_chapters_are_those_that_readers_expect(report: OfficialDocument) -> None:
    assert heads(report, 1) == [
        "一、总体情况",
        "二、各项举措推进情况",
        "三、存在的问题",
        "四、下一步工作打算",
    ]


def test_all_parts_sections_and_measures_stand_in_the_plans_order(
    report: OfficialDocument, facts: DocumentFacts
) -> None:
    chinese = "一二三四五"
    assert heads(report, 2)[:5] == [f"（{chinese[n]}）{part.title}" for n, part in enumerate(facts.parts)]
    assert heads(report, 3)[:15] == [
        f"{n}.{section.title}" for part in facts.parts for n, section in enumerate(part.sections, 1)
    ]
    assert heads(report, 4) == [
        f"{f'（{n}）' if len(measures) > 1 else ''}{measure.title}。"
        for part in facts.parts
        for section in part.sections
        for measures in [[one for one in section.measures if one.report]]
        for n, measure in enumerate(measures, 1)
    ]


def test_the_totals_are_what_counting_by_hand_gives(report: OfficialDocument) -> None:
    cases = [CASES[n % len(CASES)] for n in range(45)]
    accepted = [case for case in cases if isinstance(case, tuple)]
    behind = [75 - case[0] for case in accepted if case[0] < 75]
    overview = "".join(paragraph.text for paragraph in paragraphs(report, "总体情况"))
    assert f"已汇总的{len(accepted)}项，占45项的{100 * len(accepted) / 45:.1f}%" in overview
    assert f"另有{45 - len(accepted)}项" in overview
    for status, count in Counter(case[1] for case in accepted).items():
        assert f"{status.label}{count}项，占{round(100 * count / len(accepted), 1):g}%" in overview
    assert (
        f"落后序时进度{len(behind)}项，其中差距15个百分点及以上{sum(gap >= 15 for gap in behind)}项"
        in overview
    )
    assert f"差距最大{max(behind)}个百分点" in overview


def test_table_and_chart_add_up(report: OfficialDocument) -> None:
    (table,) = [block for block in report.body if isinstance(block, Table)]
    (chart,) = [block for block in report.body if isinstance(block, Chart)]
    rows = [[int(cell) for cell in row[1:]] for row in table.rows]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    for measures, accepted, *statuses, missing in rows:
        assert accepted == sum(statuses)
        assert measures == accepted + missing
    assert [sum(row.counts) for row in chart.rows] == [9] * 5


def test_what_is_missing_is_named_once_without_the_reason(facts: DocumentFacts) -> None:
    assert len(facts.missing) == sum(not isinstance(CASES[n % len(CASES)], tuple) for n in range(45))
    unnamed = {measure.number for measure in facts.missing[FEW:]}
    few = facts.narrowed(lambda measure: measure.number not in unnamed)
    late = each(few, lambda one: replace(one, is_late=True))
    everything = "\n".join(texts(compose(late, PARTICULARS)))
    for measure in few.missing:
        assert everything.count(f"“举措‘{measure.number}’”") == 1
    assert not re.findall("退回|报送|审签|采用|逾期", everything)


def test_why_a_light_was_moved_stays_inside(facts: DocumentFacts) -> None:
    moved = "与实际不符，予以调整。"
    known = facts.measures[1].report
    assert known is not None
    explained = changed(facts, 2, report=replace(known, problems="", light_reason=moved))
    assert moved not in "\n".join(texts(compose(explained, PARTICULARS)))
    assert moved in "\n".join(texts(circular.compose(explained, DOWNWARD)))


def test_a_measure_behind_is_named_with_its_gap_and_its_departments_words(report: OfficialDocument) -> None:
    behind = [one for one in paragraphs(report, "存在的问题") if one.head and one.head.text == "举措“2”。"]
    assert [one.text for one in behind] == [
        "完成率55%，落后序时进度20个百分点，年底预计有困难但能完成。施工力量不足，进度偏慢。"
    ]
    paused = next(
        one for one in paragraphs(report, "存在的问题") if one.head and one.head.text == "举措“9”。"
    )
    assert paused.text.startswith("完成率38%，落后序时进度37个百分点，已暂停，年底预计不能完成。")
    assert paused.text.endswith("暂停原因：依规暂停。消防设计变更。")


def test_a_department_without_problems_is_not_in_the_chapter_of_problems(report: OfficialDocument) -> None:
    named = {one.head.text for one in paragraphs(report, "存在的问题") if one.head}
    assert "举措“5”。" in named
    assert not {"举措“1”。", "举措“4”。", "举措“7”。"} & named


def test_every_accepted_word_is_in_the_report_and_no_other_progress(
    report: OfficialDocument, facts: DocumentFacts
) -> None:
    done = {one.head.text: one.text for one in paragraphs(report, "各项举措推进情况") if one.head}
    for measure, accepted in facts.reported:
        assert done[f"{measure.title}。"] == accepted.progress
    assert len(done) == len(facts.reported)
    assert len(paragraphs(report, "下一步工作打算")) == len(facts.reported) + 1


def test_the_annex_has_one_row_for_every_measure_in_the_plans_order(report: OfficialDocument) -> None:
    (annex,) = report.annexes
    (table,) = annex.blocks
    assert isinstance(table, Table)
    assert annex.landscape
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, 46)]
    assert table.rows[1][6:8] == ("55%", "红灯")
    assert table.rows[2][5:] == ("—", "—", "—", "—", "—")


def test_the_wording_is_official(report: OfficialDocument) -> None:
    everything = "\n".join(texts(report))
    assert not HALF_WIDTH_BETWEEN_HANZI.findall(everything)
    assert "请示" not in everything
    assert "排名" not in everything
    assert report.title == "关于《示例街道2026年工作计划》\n第三季度推进情况的报告"
    assert report.body[0] == Paragraph(
        "根据《示例街道2026年工作计划》，现将截至2026年9月30日的推进情况报告如下。"
    )
    assert report.body[-1] == Paragraph("特此报告。")


def test_head_signature_and_imprint_come_from_the_particulars(report: OfficialDocument) -> None:
    assert report.masthead is not None
    assert report.imprint is not None
    assert report.masthead.mark_lines == ("示例街道办事处文件",)
    assert str(report.masthead.number) == "华街〔2026〕　号"
    assert report.masthead.signatories == ("王玥",)
    assert (report.imprint.office, report.imprint.copies_to) == ("示例街道党政办公室", ("区委办公室",))


def test_a_part_without_sections_numbers_its_measures_one_level_higher() -> None:
    flat = PartFacts("部分", own_measures=tuple(measure_facts(n, CASES[0]) for n in (1, 2)))
    report = compose(replace(quarter_facts(), parts=(flat,)), PARTICULARS)
    assert heads(report, 3)[:2] == ["1.举措“1”。", "2.举措“2”。"]
    assert heads(report, 4) == []


def test_without_gaps_no_gap_is_mentioned() -> None:
    measures = tuple(measure_facts(n, CASES[3]) for n in (1, 2))
    whole = replace(quarter_facts(), parts=(PartFacts("部分", own_measures=measures),))
    report = compose(whole, PARTICULARS)
    overview = "".join(texts(report))
    assert heads(report, 1) == ["一、总体情况", "二、各项举措推进情况", "三、下一步工作打算"]
    assert "2项举措的进展情况均已汇总，全部计入" in overview
    assert "2项均达到或者超过序时进度。" in overview


def test_nothing_accepted_is_no_report() -> None:
    waiting = replace(
        quarter_facts(), parts=(PartFacts("部分", own_measures=(measure_facts(1, FilingState.DRAFT),)),)
    )
    with pytest.raises(DocumentError, match="还没有已采用的填报"):
        compose(waiting, PARTICULARS)


def test_facts_survive_as_json(facts: DocumentFacts) -> None:
    again = DocumentFacts.from_json(json.loads(json.dumps(facts.as_json())))
    assert again == facts
    first: MeasureFacts = again.measures[0]
    assert first.report is not None
    assert first.report.status is MeasureStatus.ON_TRACK
