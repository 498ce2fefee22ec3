"""The circular downwards: chapters, counts, what goes well, what does not, what is asked by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.composition.chapters.checklist import correction_demand
from app.composition.facts import DocumentFacts, PartFacts
from app.composition.kinds.circular import compose
from app.composition.phrases import gist_of
from app.composition.scope import DocumentScope, read_scope
from app.directives.core.life_cycle import DirectiveState
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import MeasureStatus
from app.periods.rules import Quarter
from reports.model import Masthead, OfficialDocument, Paragraph
from tests.composition.contents import (
    DOWNWARD,
    DUE,
    all_done,
    block_text,
    changed,
    chapter,
    directive,
    each,
    entry,
    filing_of,
    heads,
)
from tests.drafting.sample_documents import CASES, measure_facts, quarter_facts


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    return replace(quarter_facts(), due=DUE, directives=(directive(DirectiveState.OPEN),))


@pytest.fixture(scope="module")
def circular(facts: DocumentFacts) -> OfficialDocument:
    return compose(facts, DOWNWARD)


def test_the_chapters_are_those_of_a_circular(circular: OfficialDocument) -> None:
    assert circular.title == "关于《示例街道2026年工作计划》\n第三季度推进情况的通报"
    assert heads(circular, 1) == [
        "一、总体情况",
        "二、各部分推进情况",
        "三、存在的问题",
        "四、批示和督办事项办理情况",
        "五、下一步工作要求",
    ]
    assert circular.body[-1] == Paragraph("特此通报。")


def test_it_goes_downwards_without_a_signatory(circular: OfficialDocument) -> None:
    assert isinstance(circular.masthead, Masthead)
    assert circular.masthead.signatories == ()
    assert circular.addressee == "各部门、各居民区"


def test_its_basis_and_its_day_stand_first(circular: OfficialDocument) -> None:
    assert circular.body[0] == Paragraph(
        "根据《示例街道2026年工作计划》和各牵头部门的填报，党政办公室对2026年第三季度推进情况进行了汇总审核，"
        "数据截至2026年9月30日。现将有关情况通报如下。"
    )


def test_a_circular_of_a_quarter_that_is_not_over_speaks_up_to_its_own_day(facts: DocumentFacts) -> None:
    early = compose(facts, replace(DOWNWARD, dated=date(2026, 9, 24)))
    assert "数据截至2026年9月24日。" in block_text(early.body[:1])


def test_what_is_not_due_yet_is_no_ones_fault(facts: DocumentFacts) -> None:
    early = compose(replace(facts, due=DUE), replace(DOWNWARD, dated=date(2026, 9, 24)))
    assert "2026年第三季度填报截至2026年10月14日，尚未到期。" in block_text(chapter(early, "存在的问题"))
    assert "逾期" not in block_text(early.body)
    waiting = each(facts, lambda one: replace(one, state=None) if one.report is None else one)
    asked = compose(replace(waiting, due=DUE), replace(DOWNWARD, dated=date(2026, 9, 24)))
    assert "于2026年10月14日前完成报送" in entry(asked, "下一步工作要求", "按时完成填报工作。").text


def test_every_part_has_its_figures_with_denominators(
    circular: OfficialDocument, facts: DocumentFacts
) -> None:
    figures = [
        one.text for one in chapter(circular, "各部分推进情况") if isinstance(one, Paragraph) and not one.head
    ]
    assert len(figures) == len(facts.parts)
    for part, text in zip(facts.parts, figures, strict=True):
        accepted = sum(measure.report is not None for measure in part.measures)
        assert text.startswith(f"本部分9项举措，已采用填报{accepted}项，其中")
    assert figures[0].endswith("，其中3项达到或者超过序时进度：")


def test_a_part_where_nothing_keeps_pace_points_to_where_that_is_described(facts: DocumentFacts) -> None:
    behind = PartFacts("部分，发展", own_measures=(measure_facts(1, CASES[1]), measure_facts(3, None)))
    unknown = PartFacts("部分", own_measures=(measure_facts(4, None),))
    good = PartFacts("另一部分", own_measures=(measure_facts(5, CASES[0]),))
    circular = compose(replace(facts, parts=(behind, unknown, good)), DOWNWARD)
    assert block_text(chapter(circular, "各部分推进情况")).splitlines()[:2] == [
        "本部分2项举措，已采用填报1项，落后序时进度，情况见“存在的问题”部分和附件。",
        "本部分1项举措未报送。",
    ]
    assert not chapter(compose(replace(facts, parts=(behind, unknown)), DOWNWARD), "各部分推进情况")
    report = behind.measures[0].report
    assert report is not None
    slightly = replace(report, percent=74, status=MeasureStatus.ON_TRACK, light=Light.GREEN)
    close = changed(replace(facts, parts=(behind, good)), 1, report=slightly)
    first = block_text(chapter(compose(close, DOWNWARD), "各部分推进情况")).splitlines()[0]
    assert first == "本部分2项举措，已采用填报1项，落后序时进度，情况见附件。"


def test_what_goes_well_is_named_in_the_plans_order_with_its_filing(circular: OfficialDocument) -> None:
    first = entry(circular, "各部分推进情况", "举措“4”。")
    assert first.text == "第4办公室牵头，完成率105%。第4项已走访4家，形成线索。"
    assert filing_of(first) == 4
    named = heads(circular, 3)[:3]
    assert named == ["1.举措“1”。", "2.举措“4”。", "3.举措“7”。"]


def test_late_units_are_named_with_the_day(facts: DocumentFacts) -> None:
    late = changed(changed(facts, 1, is_late=True), 11, is_late=True)
    text = block_text(chapter(compose(late, DOWNWARD), "存在的问题"))
    assert (
        "2026年第三季度填报应于2026年10月14日前（含当日）报送。45项举措中，逾期报送1项，"
        "即第1办公室（“举措‘1’”）。"
    ) in text
    assert "其中逾期未报送1项、未报送7项、" in text
    assert "；第11办公室，“举措‘11’”（逾期未报送）；" in text


def test_a_department_that_owes_several_filings_is_named_once(facts: DocumentFacts) -> None:
    owing = changed(facts, 6, lead="第3办公室")
    text = block_text(chapter(compose(owing, DOWNWARD), "存在的问题"))
    assert "；第3办公室，“举措‘3’”（退回待补）、“举措‘6’”（未报送）；" in text.replace("是：", "是：；")
    assert text.count("第3办公室") == 1


@pytest.mark.parametrize(("state", "word"), [("returned", "退回待补"), ("submitted", "待部门审签")])
def test_what_the_office_has_not_got_is_not_called_late(facts: DocumentFacts, state: str, word: str) -> None:
    owed = changed(facts, 3, is_late=True, state=FilingState(state))
    text = block_text(chapter(compose(owed, DOWNWARD), "存在的问题"))
    assert "逾期" not in text
    assert f"第3办公室，“举措‘3’”（{word}）；" in text


def test_demands_name_a_working_day(circular: OfficialDocument) -> None:
    correction_of = entry(circular, "下一步工作要求", "加快补齐进度差距。").text
    hand_in = entry(circular, "下一步工作要求", "抓紧做好补报工作。").text
    assert "于2026年11月5日前书面报送" in correction_of
    assert hand_in.startswith("2026年第三季度填报未报送、退回待补、待部门审签的")
    assert "于2026年10月27日前完成报送" in hand_in
    assert "第四季度" in entry(circular, "下一步工作要求", "持续抓好推进落实。").text


def test_only_what_there_is_is_asked_for() -> None:
    circular = compose(all_done(), DOWNWARD)
    assert heads(circular, 1) == ["一、总体情况", "二、推进情况", "三、下一步工作要求"]
    assert heads(circular, 2)[1:] == ["（一）持续抓好推进落实。", "（二）如实填报工作进展。"]
    assert "3项均达到或者超过序时进度" in block_text(circular.body)


def test_the_last_quarter_ends_the_year() -> None:
    circular = compose(replace(all_done(), scope=DocumentScope(Quarter(2026, 4))), DOWNWARD)
    assert entry(circular, "下一步工作要求", "扎实做好年度收官。").text
    assert "完成率105%。" in block_text(chapter(circular, "推进情况"))
    whole = each(all_done(), lambda one: replace(one, report=one.report and replace(one.report, percent=100)))
    circular = compose(replace(whole, scope=DocumentScope(Quarter(2026, 4))), DOWNWARD)
    assert "第1办公室牵头。第1项" in block_text(chapter(circular, "推进情况"))


def test_one_directive_is_asked_for_in_plain_words() -> None:
    one, two = (
        compose(replace(all_done(), directives=(directive(DirectiveState.OPEN),) * count), DOWNWARD)
        for count in (1, 2)
    )
    asked = "承办部门要按照时限要求办理并书面回复"
    assert entry(one, "下一步工作要求", "认真办理批示、督办事项。").text.endswith(f"{asked}。")
    assert entry(two, "下一步工作要求", "认真办理批示、督办事项。").text.endswith(
        f"{asked}，做到件件有着落、事事有回音。"
    )


@pytest.mark.parametrize(
    ("quarter", "dated", "sentence"),
    [
        (2, date(2026, 6, 28), "抓好第三季度各项工作"),
        (2, date(2026, 7, 20), "抓好第三季度各项工作"),
        (2, date(2026, 11, 27), "抓好第四季度各项工作"),
        (3, date(2027, 1, 5), "抓好收尾工作"),
    ],
)
def test_what_is_to_come_follows_the_day_of_the_document(quarter: int, dated: date, sentence: str) -> None:
    facts = replace(all_done(), scope=DocumentScope(Quarter(2026, quarter)))
    assert sentence in block_text(chapter(compose(facts, replace(DOWNWARD, dated=dated)), "下一步工作要求"))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("走访3家。签约1家。" + "其余仍在推进。" * 20, "走访3家。签约1家。"),
        ("只有一句话,没有句号", "只有一句话，没有句号。"),
        ("换届完成。做法有三：一是摸清选情。二是培训。", "换届完成。"),
        ("\n首段。\n次段。", "首段。次段。"),
        ("居民说“好。”随后开工。", "居民说“好。”随后开工。"),
    ],
)
def test_a_gist_is_whole_sentences(text: str, first: str) -> None:
    assert gist_of(text, 12) == first


@pytest.mark.parametrize(
    ("states", "words", "listed"),
    [
        (
            {1: FilingState.RETURNED, 4: FilingState.SUBMITTED},
            "尚未采用",
            "尚未采用，具体是：第1办公室，“举措‘1’”（退回待补）；第4办公室，“举措‘4’”（待部门审签）。",
        ),
        (
            {1: FilingState.DRAFT, 4: FilingState.DRAFT},
            "未报送",
            "未报送，具体是：第1办公室，“举措‘1’”；第4办公室，“举措‘4’”。",
        ),
        (
            {1: FilingState.DRAFT, 4: FilingState.DRAFT, 7: FilingState.RETURNED},
            "未报送或者尚未采用",
            "未报送或者尚未采用，其中未报送2项、退回待补1项，具体是：",
        ),
    ],
)
def test_what_is_missing_is_called_what_it_is(
    states: dict[int, FilingState], words: str, listed: str
) -> None:
    facts = quarter_facts().narrowed(lambda one: one.report is not None)
    for number, state in states.items():
        facts = changed(facts, number, report=None, state=state)
    circular = compose(facts, DOWNWARD)
    assert f"{words}的{len(states)}项，未计入，名单列于" in block_text(chapter(circular, "总体情况"))
    assert f"{len(states)}项的填报{listed}" in block_text(chapter(circular, "存在的问题"))
    late = changed(facts, 2, is_late=True)
    section = f"（二）逾期报送{'、未报送和尚未采用' if '或者' in words else f'和{words}'}的举措"
    assert section in heads(compose(late, DOWNWARD), 2)


SILENT = {"problems": ""}
PAUSED = {"status": MeasureStatus.PAUSED, "status_reason": "依规暂停。"}


@pytest.mark.parametrize(
    ("scope", "of_first", "of_second", "words"),
    [
        ("2026Q3", {}, {}, "针对存在的问题，逐项明确追赶措施、责任人和完成时限，于"),
        ("2026Q3", SILENT, SILENT, "逐项查明原因，明确追赶措施、责任人和完成时限，于"),
        (
            "2026Q3",
            SILENT,
            {},
            "针对存在的问题，逐项明确追赶措施、责任人和完成时限，其中没有说明原因的1项查明原因，于",
        ),
        (
            "2026Q3",
            PAUSED,
            {},
            "针对存在的问题，逐项明确追赶措施、责任人和完成时限，其中已暂停的1项明确后续安排，于",
        ),
        (
            "2026Q3",
            PAUSED,
            SILENT,
            "逐项查明原因，明确追赶措施、责任人和完成时限，其中已暂停的1项明确后续安排，于",
        ),
        ("2026Q4", {}, {}, "针对存在的问题逐项研究，能够补办的明确补救措施、责任人和完成时限，"),
        ("2026Q4", SILENT, SILENT, "逐项查明原因，能够补办的明确补救措施、责任人和完成时限，"),
    ],
)
def test_reasons_are_asked_for_where_none_are_given(
    scope: str, of_first: dict[str, object], of_second: dict[str, object], words: str
) -> None:
    facts = quarter_facts().narrowed(lambda one: one.number in (2, 5))
    for number, changes in ((2, of_first), (5, of_second)):
        report = facts.measures[number == 5].report
        assert report is not None
        report = replace(report, percent=40, light=Light.RED, **changes)
        facts = changed(facts, number, report=report)
    text = entry_of_first_demand(compose(replace(facts, scope=read_scope(scope)), DOWNWARD))
    assert text.startswith(
        f"对上述2项{'未达到年度目标的' if scope == '2026Q4' else '进度滞后和存在风险的'}举措，牵头部门要{words}"
    )


def entry_of_first_demand(circular: OfficialDocument) -> str:
    first = chapter(circular, "下一步工作要求")[0]
    assert isinstance(first, Paragraph)
    return first.text


def test_the_checklist_asks_why_only_where_no_reason_is_given() -> None:
    facts = quarter_facts()
    (report,) = (report for measure, report in facts.reported if measure.number == 2)
    silent = replace(report, problems="")
    assert correction_demand(report, facts.scope).startswith("明确追赶措施")
    assert correction_demand(silent, facts.scope).startswith("查明原因，明确追赶措施")


def test_the_causes_that_several_have_stand_above_the_list(circular: OfficialDocument) -> None:
    lead_in = chapter(circular, "存在的问题")[1]
    assert isinstance(lead_in, Paragraph)
    assert "。从部门反映的原因看，一是前期手续和审批时间较长，涉及" in lead_in.text
