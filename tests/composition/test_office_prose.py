"""What a director would strike does not come about: talk, lists torn out, causes that nobody named, wrong forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.chapters.leading_figures import is_out_of_date, tells_results
from app.composition.chapters.problem_causes import cause_of
from app.composition.facts import DocumentFacts
from app.composition.kinds import (
    KindModule,
    circular,
    department,
    quarterly,
    summary,
    supervision,
    yearly,
)
from app.composition.phrases import gist_of, names_no_problem, says_little, unnumbered_words
from app.composition.rules import TextFullness
from app.composition.scope import DocumentScope, ScopeSpan
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import MeasureStatus
from app.periods.rules import Quarter
from reports.model import Table
from tests.composition.contents import DOWNWARD, DUE, block_text, changed, chapter, each, entry, heads
from tests.drafting.sample_documents import CASES, PARTICULARS, measure_facts, quarter_facts

BEHIND = CASES[1]


def filed(facts: DocumentFacts, number: int, **words: object) -> DocumentFacts:
    report = facts.measures[number - 1].report
    assert report is not None
    return changed(facts, number, report=replace(report, **words))


def of_few(*cases: object) -> DocumentFacts:
    measures = tuple(measure_facts(number, case) for number, case in enumerate(cases, 1))
    part = replace(quarter_facts().parts[0], sections=(), own_measures=measures)
    return replace(quarter_facts(), parts=(part,), due=DUE)


@pytest.mark.parametrize(
    ("text", "is_talk"),
    [
        ("继续按计划推进。", True),
        ("做好后续工作", True),
        ("抓紧补齐短板，确保年底完成。", True),
        ("由于种种原因，进度较慢。", True),
        ("正在协调解决中。", True),
        ("居民满意度较高。", True),
        ("已按计划完成本季度工作。", True),
        ("剩余部分正在推进。", True),
        ("资金不足。", False),
        ("与房东协调租金。", False),
        ("完成招标。", False),
        ("10月完成。", False),
    ],
)
def test_phrases_without_content_say_little(text: str, is_talk: bool) -> None:
    assert says_little(text) is is_talk
    if is_talk:
        assert names_no_problem(text)


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("完成招标3项。居民满意度较高。", "完成招标3项。"),
        ("本项工作由我科牵头。召开协调会3次。正在拟定方案。", "召开协调会3次。正在拟定方案。"),
        (
            "1.完成摸底，形成清单5项。\n2.组织培训2场。\n3.剩余部分正在推进。",
            "完成摸底，形成清单5项。组织培训2场。",
        ),
        ("继续按计划推进。", "继续按计划推进。"),
        (
            "制度运行方面，编发周通报13期，召开月研判会3次。举办讲评6次，讲评案例54个，整改问题12个。",
            "举办讲评6次，讲评案例54个，整改问题12个。",
        ),
    ],
)
def test_a_gist_leaves_out_talk_and_the_numbers_of_a_list(text: str, gist: str) -> None:
    assert gist_of(text, 40) == gist


def test_of_results_what_came_to_nothing_is_no_gist() -> None:
    long = "载体一期110个工位保持运营，在驻初创团队27个，出租率91%，三季度完成概念验证项目6个，与园区建立推荐名册。"
    stopped = "二期190个工位的装修自7月中旬起暂停。"
    assert gist_of(long + stopped, 20, of_results=True) == long
    planned = "制定3个网格的阵地方案。"
    assert gist_of(planned + "培训网格员26名。", 12, of_results=True) == "培训网格员26名。"
    assert gist_of(long + stopped, 20) == stopped


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        (
            "检查场所1210家次，整改率97.8%；夜查5次；逐幢检查高层住宅27幢。",
            "检查场所1210家次，整改率97.8%；夜查5次。",
        ),
        (
            "建成三类阵地：议事区3处；指挥区2处；便民窗口6个，均已启用。",
            "建成三类阵地：议事区3处；指挥区2处；便民窗口6个，均已启用。",
        ),
        (
            "建成阵地3个（东片1个，含议事区；西片2个，含指挥区和窗口）。",
            "建成阵地3个（东片1个，含议事区；西片2个，含指挥区和窗口）。",
        ),
    ],
)
def test_a_long_result_gives_its_first_parts_and_tears_no_list(text: str, gist: str) -> None:
    assert gist_of(text, 24, of_results=True) == gist
    assert gist_of(text, 24) == text


def test_a_list_in_a_text_with_numbers_of_its_own_has_none() -> None:
    assert (
        unnumbered_words("1.走访5家。\n（2）开会2次\n2.5万元已拨付。")
        == "走访5家。\n开会2次\n2.5万元已拨付。"
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "其中已办结7条。",
        "三是开展检查3次。",
        "围绕3项重点工作推进。",
        "下一步走访5家。",
        "进展顺利。",
        "“民俗进校园”“非遗进园区”6场。",
        "一季度报表抽查差错率1.4%，均已更正。",
    ],
)
def test_a_sentence_torn_from_others_leads_no_report(sentence: str) -> None:
    assert not tells_results(sentence)
    assert tells_results("走访企业5家。")


def test_a_year_opens_with_nothing_of_its_first_quarter() -> None:
    last = Quarter(2026, 4)
    for sentence in ("3月底已走访80家次。", "一季度合法性审查46件。"):
        assert is_out_of_date(sentence, last)
    for sentence in ("11月底已走访80家次。", "四季度审查46件，较三季度增加6件。", "12月审查46件。"):
        assert not is_out_of_date(sentence, last)
    facts = filed(of_few(CASES[0], CASES[0], CASES[0]), 1, progress="6月底已走访80家次。")
    assert "80家次" not in block_text(chapter(quarterly.compose(facts, PARTICULARS), "总体情况"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("长期失业人员中，健康原因占比较高。", ""),
        ("正在协调解决中。", ""),
        ("周末讲解力量不足。", "人员力量不足"),
        ("专职人员只有2名。", "人员力量不足"),
        ("施工许可仍在审批。", "前期手续和审批时间较长"),
        ("2家企业决定外迁。", "企业经营和市场情况变化"),
        ("企业反映的问题较多。", ""),
        ("平台误报率偏高。", ""),
        ("涉及多个部门，协调难度较大。", "部门之间协调衔接不够"),
    ],
)
def test_no_cause_is_made_of_a_word_that_only_occurs(text: str, words: str) -> None:
    cause = cause_of(text)
    assert (cause.words if cause else "") == words


def test_with_what_was_cancelled_nothing_is_expected_or_done() -> None:
    facts = filed(
        of_few(BEHIND, BEHIND, CASES[0]), 1, status=MeasureStatus.CANCELLED, status_reason="上级任务调整。"
    )
    report = quarterly.compose(facts, PARTICULARS)
    assert entry(report, "存在的问题", "举措“1”。").text == (
        "完成率55%，落后序时进度20个百分点，已取消。取消原因：上级任务调整。施工力量不足，进度偏慢。"
    )
    assert "举措“1”" not in str(chapter(report, "下一步工作打算"))


def test_next_steps_that_say_little_are_left_to_the_annex() -> None:
    facts = filed(quarter_facts(), 2, next_steps="继续按计划推进。")
    steps = chapter(quarterly.compose(facts, PARTICULARS), "下一步工作打算")
    assert "举措“2”。" not in str(steps)
    assert "举措“5”。" in str(steps)


def test_a_moved_light_s_reason_is_called_what_it_is() -> None:
    facts = filed(quarter_facts(), 2, light=Light.YELLOW, light_reason="设备下月到货。")
    for problems in ("无。", "施工力量不足。"):
        found = filed(facts, 2, problems=problems)
        text = entry(circular.compose(found, DOWNWARD), "存在的问题", "举措“2”。").text
        assert text.endswith("。调整亮灯的理由：设备下月到货。")


def test_one_that_lags_is_called_by_its_name_and_by_no_plural() -> None:
    facts = of_few(BEHIND, CASES[0], CASES[0])
    upward = block_text(chapter(quarterly.compose(facts, PARTICULARS), "总体情况"))
    assert "存在的主要问题是，“举措‘1’”落后序时进度20个百分点。" in upward
    assert "下一步，街道将对该项举措明确追赶措施" in upward
    downward = block_text(chapter(summary.compose(facts, DOWNWARD), "总体情况"))
    assert "进度滞后和存在风险的举措1项，即“举措‘1’”，牵头部门为第1办公室。" in downward
    assert "最近的节点" not in downward


def test_a_circular_passes_over_talk_and_names_no_chapter_in_vain() -> None:
    facts = replace(
        filed(of_few(CASES[0]), 1, progress="已按计划完成本季度工作。"), fullness=TextFullness.CONCISE
    )
    text = block_text(chapter(circular.compose(facts, DOWNWARD), "推进情况"))
    assert text == "第1办公室牵头，完成率76%。"


def test_superiors_hear_of_no_light_in_the_text() -> None:
    single = of_few(CASES[0])
    text = block_text(quarterly.compose(single, PARTICULARS).body)
    assert "该项举措正常推进，年底预计能够完成。" in text
    assert "该项举措完成率76%，超过序时进度1个百分点。" in text
    several = block_text(quarterly.compose(quarter_facts(), PARTICULARS).body)
    assert "列入的标准：" in several
    assert "灯" not in text + several
    assert "亮灯为绿灯" in block_text(circular.compose(single, DOWNWARD).body)


@pytest.mark.parametrize("kind", [quarterly, summary])
def test_what_the_synopsis_counts_is_not_counted_again(kind: KindModule) -> None:
    text = block_text(kind.compose(quarter_facts(), PARTICULARS).body)
    assert text.count("项达到或者超过序时进度") == 1
    assert "达到或者超过序时进度1" not in text
    assert "中，其中" not in text


def test_departments_hear_of_no_light_that_has_nothing_against_a_measure() -> None:
    lagging = filed(of_few(CASES[0], CASES[1]), 2, percent=74, light=Light.GREEN, light_reason="")
    assert "推进状态为滞后，年底预计" in block_text(circular.compose(lagging, DOWNWARD).body)
    moved = filed(lagging, 2, light_reason="已经补齐。")
    assert "推进状态为滞后，绿灯，年底预计" in block_text(circular.compose(moved, DOWNWARD).body)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("因道路规划调整，依规暂停施工。", "\n因道路规划调整，"),
        ("消防设计变更。", "\n暂停原因：消防设计变更。"),
    ],
)
def test_a_reason_that_says_because_is_not_called_one(reason: str, words: str) -> None:
    paused = filed(of_few(CASES[0]), 1, status=MeasureStatus.PAUSED, status_reason=reason)
    assert words in block_text(quarterly.compose(paused, PARTICULARS).body)


def test_a_department_does_not_call_itself_the_lead_in_its_own_report() -> None:
    facts = filed(of_few(CASES[0], CASES[1]), 2, problems="", percent=40)
    own = each(replace(facts, department="甲办"), lambda one: replace(one, lead="甲办"))
    for light_reason, words in (("", "原因有待进一步分析。"), ("已经补齐。", "由本部门调整）")):
        filed_again = filed(own, 2, light=Light.YELLOW, light_reason=light_reason)
        assert words in block_text(chapter(department.compose(filed_again, DOWNWARD), "存在的问题"))


def test_one_measure_is_not_asked_about_item_by_item() -> None:
    one = block_text(circular.compose(of_few(CASES[1]), DOWNWARD).body)
    assert "对“举措‘1’”，牵头部门要针对存在的问题，明确追赶措施" in one
    two = block_text(circular.compose(of_few(CASES[1], CASES[1]), DOWNWARD).body)
    assert "对上述2项进度滞后和存在风险的举措，牵头部门要针对存在的问题，逐项明确追赶措施" in two


def test_a_year_that_reached_most_names_no_three_of_them() -> None:
    scope = DocumentScope(Quarter(2026, 4), ScopeSpan.YEAR)
    text = block_text(
        yearly.compose(replace(of_few(*[CASES[3]] * 10, CASES[1]), scope=scope), PARTICULARS).body
    )
    assert "10项达到年度目标，占90.9%，全年任务总体完成较好。" in text
    assert "举措已经完成" not in text


def test_what_all_that_is_missing_waits_for_is_named_once() -> None:
    measures = (CASES[0], FilingState.RETURNED, FilingState.RETURNED)
    text = block_text(circular.compose(of_few(*measures), DOWNWARD).body)
    assert "3项举措中，2项的填报退回待补，具体是：" in text
    both = block_text(circular.compose(of_few(*measures, None), DOWNWARD).body)
    assert "3项的填报未报送或者尚未采用，其中" in both


def test_when_all_is_done_some_are_not_named_again() -> None:
    done = block_text(quarterly.compose(of_few(CASES[3], CASES[3], CASES[3]), PARTICULARS).body)
    assert "举措已经完成" not in done
    partly = block_text(quarterly.compose(of_few(CASES[3], CASES[3], CASES[0]), PARTICULARS).body)
    assert "2项举措已经完成" in partly


def test_of_what_is_done_those_are_named_that_nothing_named_before() -> None:
    cases = of_few(*[CASES[3]] * 6, BEHIND)
    text = block_text(chapter(quarterly.compose(cases, PARTICULARS), "总体情况"))
    assert "“举措‘3’”方面，" in text
    assert "“举措‘4’”“举措‘5’”“举措‘6’”等6项举措已经完成。" in text
    over = replace(cases, scope=DocumentScope(Quarter(2026, 4)))
    assert "举措已经完成" not in block_text(summary.compose(over, DOWNWARD).body)


def test_of_causes_upwards_those_that_nobody_named_are_no_causes() -> None:
    facts = filed(of_few(BEHIND, BEHIND, BEHIND, BEHIND), 3, problems="无。")
    text = block_text(chapter(quarterly.compose(facts, PARTICULARS), "总体情况"))
    assert "的3项（“举措‘1’”“举措‘2’”“举措‘4’”）；其余1项原因有待进一步分析。" in text


def test_departments_hear_no_plan_of_the_sub_district() -> None:
    good = of_few(CASES[0], CASES[0], CASES[0])
    assert "街道将" not in block_text(supervision.compose(good, DOWNWARD).body)
    assert "街道将" in block_text(quarterly.compose(good, PARTICULARS).body)
    behind = filed(good, 2, percent=74)
    text = block_text(supervision.compose(behind, DOWNWARD).body)
    assert "下一步，牵头部门要对落后序时进度的1项加强跟踪，尽快补齐进度。" in text


def test_when_the_year_is_over_nothing_goes_on_as_planned() -> None:
    scope = DocumentScope(Quarter(2026, 4), ScopeSpan.YEAR)
    facts = replace(quarter_facts(), scope=scope)
    text = block_text(yearly.compose(facts, PARTICULARS).body)
    assert "从推进状态看" not in text
    assert "按2026年12月末的情况统计" in text


def test_what_the_results_say_is_no_problem_again() -> None:
    short = of_few(BEHIND, BEHIND, BEHIND)
    report = short.measures[0].report
    assert report is not None
    missed = each(
        replace(short, scope=DocumentScope(Quarter(2026, 4), ScopeSpan.YEAR)),
        lambda one: replace(one, report=replace(report, quarter=Quarter(2026, 4))),
    )
    text = block_text(chapter(yearly.compose(missed, PARTICULARS), "总体情况"))
    assert text.startswith(
        "2026年，3项举措均未达到年度目标。\n从原因看，“举措‘1’”“举措‘2’”“举措‘3’”均为施工组织"
    )


def test_a_supervision_does_not_count_again_what_lags() -> None:
    text = block_text(chapter(supervision.compose(of_few(BEHIND, BEHIND, BEHIND), DOWNWARD), "总体情况"))
    assert "进度滞后和存在风险的举措共3项" in text
    assert "需要督促办理的事项" not in text


def test_one_gap_that_all_have_is_named_once() -> None:
    text = block_text(chapter(quarterly.compose(of_few(CASES[0], BEHIND, BEHIND), PARTICULARS), "总体情况"))
    assert "落后序时进度的2项差距均为20个百分点。" in text


def test_of_one_measure_nothing_is_counted() -> None:
    late = replace(of_few(BEHIND).measures[0], is_late=True)
    facts = replace(of_few(BEHIND), parts=(replace(of_few().parts[0], own_measures=(late,)),))
    problems = block_text(chapter(circular.compose(facts, DOWNWARD), "存在的问题"))
    assert problems.endswith(f"报送。逾期报送的是{late.lead}（“举措‘1’”）。")
    done = filed(facts, 1, percent=100, status=MeasureStatus.DONE, quarter=Quarter(2026, 4))
    done = replace(done, scope=DocumentScope(Quarter(2026, 4), ScopeSpan.YEAR))
    over = block_text(chapter(yearly.compose(done, PARTICULARS), "总体情况"))
    assert over == "工作计划共1项举措，进展情况已汇总。该项举措完成率100%，达到年度目标。"
    assert "年度目标完成情况" not in "".join(heads(yearly.compose(done, PARTICULARS), 1))
    half = replace(facts, scope=DocumentScope(Quarter(2026, 2), ScopeSpan.HALF_YEAR))
    base = block_text(chapter(circular.compose(half, DOWNWARD), "总体情况"))
    assert base.startswith("工作计划共1项举措，第二季度填报已采用。\n")


def test_of_few_only_some_are_in_time() -> None:
    facts = of_few(CASES[0], BEHIND, BEHIND)
    text = block_text(chapter(quarterly.compose(facts, PARTICULARS), "总体情况"))
    assert "3项举措中，仅1项达到或者超过序时进度，需要加大推进力度。" in text


def test_a_quarter_in_which_nothing_was_done_has_no_list_of_nothing() -> None:
    idle = each(
        quarter_facts(),
        lambda one: replace(one, report=one.report and replace(one.report, percent=0, progress="无。")),
    )
    report = quarterly.compose(idle, PARTICULARS)
    assert "各项举措推进情况" not in block_text(report.body)
    assert "\n无。" not in block_text(report.body)
    (table,) = report.annexes[0].blocks
    assert isinstance(table, Table)
    assert {row[5] for row, one in zip(table.rows, idle.measures, strict=True) if one.report} == {"无。"}
    pace = block_text(chapter(circular.compose(idle, DOWNWARD), "总体情况"))
    assert "25项均落后序时进度，差距均为75个百分点（" in pace


@pytest.mark.parametrize(
    ("rates", "words"),
    [((80, 76, 90), "最低76%，最高90%。"), ((80, 80, 80), "均为80%。")],
)
def test_that_all_keep_pace_is_not_repeated(rates: tuple[int, ...], words: str) -> None:
    facts = of_few(CASES[0], CASES[0], CASES[0])
    for number, rate in enumerate(rates, 1):
        facts = filed(facts, number, percent=rate)
    text = block_text(chapter(quarterly.compose(facts, PARTICULARS), "总体情况"))
    assert text.count("3项举措均达到或者超过序时进度") == 1
    assert f"序时进度为75%。各项举措完成率{words}" in text
