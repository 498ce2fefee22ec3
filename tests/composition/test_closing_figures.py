"""Figures close: what one sentence counts is what another counts, and every count names its rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from app.composition.abridgement import FEW
from app.composition.block_keys import BlockRole, key_of
from app.composition.chapters.checklist import checklist_items
from app.composition.chapters.demands import deadlines_in_force
from app.composition.chapters.progress import progress_by_quarter
from app.composition.chapters.risks import measures_to_correct
from app.composition.chapters.synopsis import synopsis_alternatives
from app.composition.facts import AcceptedReport, DocumentFacts
from app.composition.kinds import (
    circular,
    compose_document,
    filing_notice,
    quarterly,
    reading_sheet,
    summary,
    supervision,
)
from app.composition.phrases import gist_of, names_no_problem
from app.composition.rules import DocumentKind, SynopsisView
from app.composition.scope import DocumentScope, ScopeSpan
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import NEEDS_STATUS_REASON, Forecast, MeasureStatus
from app.periods.rules import Quarter
from reports.model import DocumentError, Paragraph, Sheet
from tests.composition.contents import (
    DOWNWARD,
    DUE,
    block_text,
    changed,
    chapter,
    each,
    entry,
    paragraphs,
    table_in,
)
from tests.composition.strategies import facts_of
from tests.drafting.sample_documents import CASES, PARTICULARS, measure_facts, quarter_facts

COUNTED = (DocumentKind.QUARTERLY, DocumentKind.CIRCULAR, DocumentKind.SUMMARY, DocumentKind.SUPERVISION)
YEAR_END = DocumentScope(Quarter(2026, 4))


def moved(facts: DocumentFacts, number: int, light: Light, reason: str, **changes: object) -> DocumentFacts:
    report = facts.measures[number - 1].report
    assert report is not None
    return changed(facts, number, report=replace(report, light=light, light_reason=reason, **changes))


def at_year_end(facts: DocumentFacts) -> DocumentFacts:
    for measure, report in facts.reported:
        facts = changed(facts, measure.number, report=replace(report, quarter=YEAR_END.quarter))
    return replace(facts, scope=YEAR_END)


def one_measure(case: tuple[int, MeasureStatus, Forecast, str] | FilingState | None) -> DocumentFacts:
    part = replace(quarter_facts().parts[0], sections=(), own_measures=(measure_facts(1, case),))
    return replace(quarter_facts(), parts=(part,), due=DUE)


@given(facts_of())
def test_what_is_behind_or_at_risk_adds_up(facts: DocumentFacts) -> None:
    for kind in COUNTED:
        try:
            document = compose_document(kind, facts, PARTICULARS)
        except DocumentError:
            assert not facts.reported
            continue
        found = measures_to_correct(facts)
        behind = sum(report.percent < facts.scope.pace.percent for _, report in found)
        rules = [one.text for one in document.body if isinstance(one, Paragraph) and has_rule(one)]
        assert len(rules) == (len(found) > 1)
        for sentence in rules:
            counts = [int(count) for count in re.findall(r"(\d+)项", sentence)]
            whole = [len(found)] if behind in (0, len(found)) else [len(found), behind, len(found) - behind]
            assert counts == whole
        text = block_text(document.body)
        if far := re.search(r"差距\d+个百分点及以上(\d+)项（([^）]*)）", text):
            lights = [int(count) for count in re.findall(r"(\d+)项", far[2])]
            assert int(far[1]) == (sum(lights) if lights else 1) or far[2] == "均为红灯"


def has_rule(paragraph: Paragraph) -> bool:
    key = key_of(paragraph)
    return key is not None and key.role == BlockRole.RISKS_LEAD_IN


def test_where_all_behind_are_far_behind_they_are_not_counted_of_themselves() -> None:
    facts = each(
        quarter_facts(),
        lambda one: (
            replace(one, report=replace(one.report, percent=10 + one.number, light=Light.RED))
            if one.report and one.report.percent < 75
            else one
        ),
    )
    behind = [report for _, report in facts.reported if report.percent < 75]
    widest = 75 - min(report.percent for report in behind)
    assert f"落后序时进度的{len(behind)}项差距均在15个百分点及以上，最大{widest}个百分点。" in block_text(
        chapter(quarterly.compose(facts, PARTICULARS), "总体情况")
    )
    assert f"差距均在15个百分点及以上（均为红灯），最大{widest}个百分点。" in block_text(
        chapter(circular.compose(facts, DOWNWARD), "总体情况")
    )


def test_lights_that_were_moved_are_counted_for_departments_only() -> None:
    facts = moved(quarter_facts(), 2, Light.GREEN, "设备已到场，十月补齐。")
    facts = moved(facts, 13, Light.YELLOW, "设备已到场，十月补齐。")
    facts = moved(facts, 5, Light.RED, "产权未定，风险较大。")
    pace = block_text(chapter(circular.compose(facts, DOWNWARD), "总体情况"))
    assert (
        "差距15个百分点及以上8项（红灯2项；牵头部门说明理由后调整为绿灯1项、黄灯1项；因暂停未亮红灯4项）"
        in pace
    )
    assert "差距不足15个百分点的举措中，有1项由牵头部门结合风险情况调整为红灯。" in pace
    alone = facts.narrowed(lambda measure: measure.number == 5)
    of_one = block_text(chapter(circular.compose(alone, DOWNWARD), "总体情况"))
    assert of_one.endswith("个百分点。差距不足15个百分点，由牵头部门结合风险情况调整为红灯。")
    why = entry(circular.compose(facts, DOWNWARD), "存在的问题", "举措“2”。").text
    assert "绿灯（按完成进度应为红灯，由牵头部门调整）" in why
    upward = block_text(quarterly.compose(facts, PARTICULARS).body)
    (table,) = quarterly.compose(facts, PARTICULARS).annexes[0].blocks
    assert "亮灯以完成进度为主，结合推进状态和工作实际确定。" in getattr(table, "note", "")
    assert "亮灯" not in upward.partition("存在的问题")[0]
    assert "调整" not in upward


def test_a_report_upwards_tells_nothing_of_who_waits_for_whom() -> None:
    text = block_text(quarterly.compose(quarter_facts(), PARTICULARS).body)
    assert "另有20项进展情况尚未汇总完毕，未计入。" in text
    assert not re.search("核实|退回|审签|逾期|未报送", text)


def test_a_few_that_are_missing_are_named_upwards() -> None:
    facts = quarter_facts()
    kept = {measure.number for measure, _ in facts.reported} | {
        measure.number for measure in facts.missing[:FEW]
    }
    narrowed = facts.narrowed(lambda measure: measure.number in kept)
    text = block_text(quarterly.compose(narrowed, PARTICULARS).body)
    assert f"另有{FEW}项进展情况尚未汇总完毕，未计入，分别是“举措‘3’”" in text


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("正常推进，绿灯。", True),
        ("目前项目正常推进", True),
        ("按计划推进，无困难和问题。", True),
        ("无明显问题", True),
        ("资金不足", False),
        ("没有场地", False),
        ("进展顺利，但经费不足", False),
        ("无障碍设施没有安装", False),
    ],
)
def test_what_goes_well_is_no_problem(text: str, is_none: bool) -> None:
    assert names_no_problem(text) is is_none


def test_what_goes_well_stands_in_no_list_of_problems() -> None:
    facts = moved(quarter_facts(), 2, Light.GREEN, "正常推进，绿灯。", problems="正常推进。")
    for kind in (circular, supervision):
        assert "绿灯。" not in entry(kind.compose(facts, DOWNWARD), "存在的问题", "举措“2”。").text
        text = entry(kind.compose(facts, DOWNWARD), "存在的问题", "举措“2”。").text
        assert text.endswith("牵头部门没有说明原因。")
    healthy = moved(quarter_facts(), 1, Light.GREEN, "", problems="正常推进，绿灯。")
    problems = paragraphs(quarterly.compose(healthy, PARTICULARS), "存在的问题")
    assert "举措“1”。" not in [one.head.text for one in problems if one.head]


def test_a_checklist_says_what_is_wrong_and_asks_for_that() -> None:
    facts = moved(
        quarter_facts(), 1, Light.GREEN, "", forecast=Forecast.CANNOT_FINISH, status=MeasureStatus.ON_TRACK
    )
    (row,) = [one for one in rows_of(facts) if one[0] == "举措“1”"]
    assert row[1] == "完成率76%，年底预计不能完成。"
    assert row[2].startswith("分析不能完成的原因")


def rows_of(facts: DocumentFacts) -> Sequence[tuple[str, str, str]]:
    last_days = deadlines_in_force(facts, DOWNWARD)
    return [(one.measure, one.problem, one.demand) for one in checklist_items(facts, last_days)]


def test_at_the_end_of_the_year_nothing_is_to_be_made_up_for_or_expected() -> None:
    facts = at_year_end(quarter_facts())
    for kind in (DocumentKind.CIRCULAR, DocumentKind.SUPERVISION, DocumentKind.SUMMARY):
        document = compose_document(kind, facts, replace(DOWNWARD, dated=DOWNWARD.dated.replace(2027, 1)))
        text = "\n".join((block_text(document.body), *(str(annex.blocks) for annex in document.annexes)))
        assert "达到年度目标" in text
        assert not re.search("追赶|序时进度|落后序时进度|年底预计", text)
    notice = filing_notice.compose(replace(facts, due=DUE), replace(DOWNWARD, dated=DUE.opens_on))
    assert "年底预计" not in block_text(notice.body)


def test_when_the_year_is_over_all_that_missed_it_are_asked_for_and_a_few_points_too() -> None:
    facts = at_year_end(quarter_facts())
    facts = moved(facts, 1, Light.GREEN, "", percent=97)
    missed = sum(report.percent < 100 for _, report in facts.reported)
    assert f"对上述{missed}项未达到年度目标的举措，" in block_text(circular.compose(facts, DOWNWARD).body)
    assert sum("距年度目标差" in problem for _, problem, _ in rows_of(facts)) == missed
    overview = block_text(supervision.compose(facts, DOWNWARD).body)
    assert f"未达到年度目标的举措共{missed}项，" in overview
    sheet = reading_sheet.compose(replace(facts, leader="周示例"), DOWNWARD).body[0]
    assert isinstance(sheet, Sheet)
    words = next(one.text for row in sheet.rows for one in row.fields if one.label == "内容摘要")
    assert f"未达到年度目标的{missed}项，" in words
    assert "滞后和" not in words
    behind = table_in(summary.compose(facts, DOWNWARD).body)
    assert {row[4][0] for row in behind.rows} == {"差"}


def test_when_the_year_is_over_chapter_annex_and_demand_speak_of_the_same_measures() -> None:
    facts = moved(at_year_end(quarter_facts()), 4, Light.YELLOW, "数据待核。")
    facts = moved(facts, 1, Light.GREEN, "", percent=97)
    missed = [measure.title for measure, _ in measures_to_correct(facts)]
    assert "举措“1”" in missed
    assert "举措“4”" not in missed
    for kind, particulars in ((supervision, DOWNWARD), (circular, DOWNWARD), (quarterly, PARTICULARS)):
        document = kind.compose(facts, particulars)
        risks = [block for block in document.body if (key := key_of(block)) and key.role is BlockRole.RISK]
        assert [one.head.text for one in risks if isinstance(one, Paragraph) and one.head] == [
            f"{title}。" for title in missed
        ]
        assert f"未达到年度目标的{len(missed)}项举措情况如下。" in block_text(document.body)
        assert "进度滞后" not in block_text(document.body)


def test_what_stopped_is_to_catch_up_nothing() -> None:
    facts = moved(quarter_facts(), 2, Light.GREY, "", status=MeasureStatus.CANCELLED)
    stopped = [one for one, report in facts.reported if report.status in NEEDS_STATUS_REASON]
    words = f"其中已暂停、取消的{len(stopped)}项说明原因和后续安排，"
    demand = entry(circular.compose(facts, DOWNWARD), "下一步工作要求", "加快补齐进度差距。").text
    assert words in demand
    upward = block_text(chapter(quarterly.compose(facts, PARTICULARS), "总体情况"))
    assert (
        "下一步，街道将对上述12项中已暂停、取消的“举措‘2’”“举措‘9’”“举措‘20’”等5项明确后续安排，"
        "对其余7项逐项明确追赶措施"
    ) in upward
    downward = block_text(chapter(summary.compose(facts, DOWNWARD), "总体情况"))
    assert f"中已暂停、取消的{len(stopped)}项说明原因和后续安排，对其余7项逐项落实追赶措施。" in downward
    assert "看，上述举措除已取消的外，" in downward
    parts = synopsis_alternatives(facts, quarterly.SPEC)[BlockRole.SYNOPSIS_PLANS][-1]
    assert parts.view is SynopsisView.BY_PART
    assert {one for sentence in parts.sentences for one in sentence.measures}.isdisjoint(
        one.number for one in stopped
    )
    alone = facts.narrowed(lambda one: one in stopped or one.number in (1, 4))
    only = circular.compose(alone, DOWNWARD)
    assert "追赶" not in block_text(only.body)
    assert "要逐项说明原因和后续安排，" in block_text(only.body)
    assert "逐项明确后续安排。" in block_text(quarterly.compose(alone, PARTICULARS).body)


def test_what_keeps_pace_and_is_listed_says_why() -> None:
    facts = moved(quarter_facts(), 1, Light.GREY, "", status=MeasureStatus.PAUSED, status_reason="依规暂停")
    facts = moved(facts, 4, Light.YELLOW, "数据待核。", forecast=Forecast.DIFFICULT)
    words = block_text(chapter(circular.compose(facts, DOWNWARD), "存在的问题"))
    assert "未落后但推进状态为暂停或者亮黄灯的2项" in words
    parts = block_text(chapter(circular.compose(facts, DOWNWARD), "各部分推进情况"))
    assert "1项达到或者超过序时进度、推进正常：" in parts
    upward = block_text(chapter(quarterly.compose(facts, PARTICULARS), "存在的问题"))
    assert "未落后但推进状态为暂停或者街道研判存在风险的2项" in upward
    sheet = reading_sheet.compose(replace(facts, leader="周示例"), DOWNWARD).body[0]
    assert isinstance(sheet, Sheet)
    words = next(one.text for row in sheet.rows for one in row.fields if one.label == "内容摘要")
    assert "完成率38%，落后37个百分点，已暂停，灰灯" in words


def test_who_expected_to_miss_the_year_and_reached_it_is_not_at_risk() -> None:
    facts = at_year_end(quarter_facts())
    reached = moved(facts, 4, Light.GREEN, "", forecast=Forecast.CANNOT_FINISH)
    assert not [row for row in rows_of(reached) if row[0] == "举措“4”"]


def test_a_year_repeats_no_sentence_and_no_quarter_without_words() -> None:
    measure = quarter_facts().measures[0]
    assert measure.report is not None
    texts = (
        "走访企业20家。建立清单。开会2次。",
        "无。",
        "前三季度走访企业60家。化解纠纷3起。",
        "全年走访企业90家。化解纠纷3起。开会1次。",
    )
    reports = [
        replace(measure.report, quarter=Quarter(2026, number), progress=text)
        for number, text in enumerate(texts, 1)
    ]
    whole = replace(measure, earlier=tuple(reports[:3]), report=reports[3])
    scope = DocumentScope(Quarter(2026, 4), ScopeSpan.YEAR)
    assert [text for text, _ in progress_by_quarter(whole, scope)] == [
        "一季度，建立清单。开会2次。全年走访企业90家。化解纠纷3起。开会1次。"
    ]


def test_a_year_tells_of_earlier_quarters_what_they_came_to() -> None:
    measure = quarter_facts().measures[0]
    assert measure.report is not None
    reports = [
        replace(measure.report, quarter=Quarter(2026, number), progress=text)
        for number, text in (
            (1, "签约5家。目前正在办理立项。施工招标推迟一个月。"),
            (2, "立项尚未批复。"),
            (3, "立项获得批复，签约7家。下一步抓紧开工。"),
            (4, "开工建设，签约9家。\n设备正在调试。"),
        )
    ]
    whole = replace(measure, earlier=tuple(reports[:3]), report=reports[3])
    scope = DocumentScope(Quarter(2026, 4), ScopeSpan.YEAR)
    assert [text for text, _ in progress_by_quarter(whole, scope)] == [
        "一季度，签约5家。三季度，立项获得批复，签约7家。四季度，开工建设，签约9家。\n设备正在调试。"
    ]
    waiting = replace(whole, report=None)
    assert [text for text, _ in progress_by_quarter(waiting, scope)] == [
        "一季度，签约5家。三季度，立项获得批复，签约7家。"
    ]


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("深入学习贯彻会议精神。走访居民1200户，解决问题35件。", "走访居民1200户，解决问题35件。"),
        (
            "召开部署会。加装电梯12台。其中老旧小区8台。下一步继续推进各项工作。",
            "加装电梯12台。其中老旧小区8台。",
        ),
        ("围绕民生持续发力。", "围绕民生持续发力。"),
    ],
)
def test_a_gist_is_what_was_done_in_figures(text: str, gist: str) -> None:
    assert gist_of(text, 22) == gist


@pytest.mark.parametrize("case", [CASES[0], CASES[1]])
def test_one_measure_is_not_spoken_of_as_all(case: tuple[int, MeasureStatus, Forecast, str]) -> None:
    facts = one_measure(case)
    for kind, particulars in ((quarterly, PARTICULARS), (circular, DOWNWARD), (supervision, DOWNWARD)):
        text = block_text(kind.compose(facts, particulars).body)
        assert "该项举措完成率" in text
        assert not re.search(r"[^平]均|看，为|其中|分别", text)


def test_a_report_knows_whether_its_light_was_moved() -> None:
    report = quarter_facts().measures[1].report
    assert isinstance(report, AcceptedReport)
    assert not report.is_light_moved
    assert replace(report, light=Light.GREEN, light_reason="已补齐。").is_light_moved
    assert not replace(report, light=Light.GREEN, light_reason=" ").is_light_moved
