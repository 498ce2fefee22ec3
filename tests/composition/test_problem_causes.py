"""What hinders a measure: the cause that its department means, not one that has a word of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.audience import Audience
from app.composition.chapters.problem_causes import cause_of, causes_words, group_by_cause
from app.filing.core.measure_status import MeasureStatus
from tests.composition.contents import changed
from tests.drafting.sample_documents import CASES, measure_facts, quarter_facts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("部分居民对救助政策调整理解不一。", "对政策和办理要求不够熟悉"),
        ("助餐点午间高峰座位不足。", "设施条件和服务容量不足"),
        ("个别小区业委会委员辞任后补选不足。", "人员变动大、经验不足"),
        ("年轻住户白天不在家，信息核对要往返多次。", "入户走访和信息核实较难"),
        ("复查隐患仍有反弹。", "整治成果不够稳固"),
        ("夜间噪声投诉占比较高，承办部门职责交叉。", "部门之间协调衔接不够"),
        ("部分案件证据照片标注不规范。", "记录和基础资料不够完整规范"),
        ("个别企业统计员兼职多岗，报送临近截止才提交。", "人员力量不足"),
        ("辖区内可匹配的空间较少。", "场地和空间条件受限"),
        ("二期施工图审查尚未完成。", "前期手续和审批时间较长"),
    ],
)
def test_what_hinders_street_level_work_has_a_cause(text: str, words: str) -> None:
    cause = cause_of(text)
    assert cause is not None
    assert cause.words == words


@pytest.mark.parametrize(
    "text",
    [
        "宠物友好空间周边居民担心噪声和卫生。",
        "知识产权质押类诉求专业性强。",
        "地下管线复杂，2处装置基础施工需要调整位置。",
        "有3个居民区居民对候选人提名程序关注度高，咨询集中。",
    ],
)
def test_a_word_that_a_cause_has_too_is_no_cause(text: str) -> None:
    assert cause_of(text) is None


@pytest.mark.parametrize(
    ("status", "reason", "words"),
    [
        (MeasureStatus.CANCELLED, "项目并入区级统一建设。", ""),
        (MeasureStatus.PAUSED, "区级资金未落实。", "资金安排不足"),
        (MeasureStatus.PAUSED, "依规暂停。", "设施条件和服务容量不足"),
        (MeasureStatus.LAGGING, "", "设施条件和服务容量不足"),
    ],
)
def test_what_stopped_has_the_cause_that_stopped_it(status: MeasureStatus, reason: str, words: str) -> None:
    facts = quarter_facts()
    for number in (2, 5):
        report = facts.measures[number - 1].report
        assert report is not None
        report = replace(report, status=status, status_reason=reason, problems="等候座位不足。")
        facts = changed(facts, number, report=report)
    found = [pair for pair in facts.reported if pair[0].number in (2, 5)]
    assert [cause.words for cause, _ in group_by_cause(found).common] == ([words] if words else [])


SEATS, ILLEGIBLE = "等候座位不足。", "宠物友好空间周边居民担心噪声。"


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ((SEATS, SEATS), "“举措‘1’”“举措‘2’”均为设施条件和服务容量不足"),
        (
            (SEATS, SEATS, ILLEGIBLE),
            "设施条件和服务容量不足的2项（“举措‘1’”“举措‘2’”）；其余1项为其他原因",
        ),
        ((SEATS, SEATS, ""), "设施条件和服务容量不足的2项（“举措‘1’”“举措‘2’”）；其余1项原因有待进一步分析"),
        ((SEATS, SEATS, *[ILLEGIBLE] * 3), ""),
    ],
)
def test_a_single_common_cause_is_named_where_it_is_no_small_part(
    problems: tuple[str, ...], words: str
) -> None:
    found = []
    for number, text in enumerate(problems, 1):
        measure = measure_facts(number, CASES[1])
        assert measure.report is not None
        found.append((measure, replace(measure.report, problems=text)))
    causes = group_by_cause(found)
    assert (causes_words(causes, is_upward=True) if causes.common else "") == words


def test_why_a_light_was_moved_explains_to_those_who_hear_of_it() -> None:
    measure = measure_facts(1, CASES[1])
    assert measure.report is not None
    found = [(measure, replace(measure.report, problems="", light_reason="设备已到货。"))]
    assert group_by_cause(found, Audience.SUPERIORS).unexplained == (measure,)
    assert group_by_cause(found, Audience.DEPARTMENTS).others == (measure,)


def test_several_small_causes_are_named_where_they_make_a_third() -> None:
    problems = (SEATS, SEATS, "台风停工。", "台风停工。", *[ILLEGIBLE] * 8)
    found = []
    for number, text in enumerate((*problems, ILLEGIBLE), 1):
        measure = measure_facts(number, CASES[1])
        assert measure.report is not None
        found.append((measure, replace(measure.report, problems=text)))
    assert len(group_by_cause(found[:-1]).common) == 2
    assert group_by_cause(found).common == ()
