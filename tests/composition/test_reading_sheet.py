"""The reading sheet for a leader: his or her own measures, what is behind and missing by name, room to write."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from app.composition.chapters.risks import measures_to_correct
from app.composition.facts import DocumentFacts, PartFacts
from app.composition.kinds.reading_sheet import compose
from app.composition.particulars import Particulars
from app.composition.scope import read_scope
from app.directives.core.life_cycle import DirectiveState
from app.filing.core.life_cycle import FilingState
from reports.model import DocumentError, OfficialDocument, Sheet, SheetField, Table
from reports.pdf import render_pdf
from tests.composition.contents import changed, directive
from tests.drafting.sample_documents import CASES, measure_facts, quarter_facts
from tests.reports.ink import page_texts

PARTICULARS = Particulars(
    ("示例街道办事处",), "", (), date(2026, 10, 9), secrecy="机密★1年", urgency="加急", note="附注"
)


def leaders_facts(*cases: int) -> DocumentFacts:
    """Return the facts of a leader whose measures are these cases."""
    measures = tuple(measure_facts(number, CASES[number - 1]) for number in cases)
    return replace(quarter_facts(), parts=(PartFacts("部分", own_measures=measures),), leader="周示例")


@pytest.fixture(scope="module")
def reading() -> OfficialDocument:
    return compose(leaders_facts(1, 2, 3, 4, 6, 9), PARTICULARS)


def sheet_of(document: OfficialDocument) -> Sheet:
    (sheet,) = document.body
    assert isinstance(sheet, Sheet)
    return sheet


def fields(document: OfficialDocument) -> dict[str, str]:
    return {field.label: field.text for row in sheet_of(document).rows for field in row.fields}


def table_of(document: OfficialDocument) -> Table:
    assert document.enclosure is not None
    table = document.enclosure.blocks[0]
    assert isinstance(table, Table)
    return table


def test_it_is_a_sheet_without_red_head_addressee_and_signature(reading: OfficialDocument) -> None:
    assert reading.title == "周示例同志第三季度分管工作呈批单"
    assert (reading.masthead, reading.addressee, reading.signature) == (None, "", None)
    assert reading.annexes == ()
    assert reading.note == "附注"


def test_its_head_says_from_whom_to_whom_and_when(reading: OfficialDocument) -> None:
    filled = fields(reading)
    assert filled["标题"] == "《示例街道2026年工作计划》第三季度分管举措推进情况"
    assert (filled["呈送领导"], filled["呈送部门"]) == ("周示例", "示例街道办事处")
    assert (filled["日期"], filled["密级"], filled["紧急程度"]) == ("2026年10月9日", "机密★1年", "加急")


def test_answers_that_are_owed_are_asked_for() -> None:
    found = (directive(DirectiveState.OPEN), directive(DirectiveState.CLOSED))
    sheet = compose(replace(leaders_facts(1), directives=found), PARTICULARS)
    assert fields(sheet)["拟办意见"] == (
        "建议：对尚未回复的1件批示、督办事项，由党政办公室催办。\n呈请周示例同志阅示。"
    )


def test_the_leader_has_room_to_write(reading: OfficialDocument) -> None:
    rows = {row.fields[0].label: row for row in sheet_of(reading).rows}
    assert rows["领导批示"].fields == (SheetField("领导批示"),)
    assert rows["办理结果"].fields == (SheetField("办理结果"),)
    assert rows["领导批示"].lines > rows["办理结果"].lines > 1


def test_the_totals_are_those_of_the_leaders_own_measures(reading: OfficialDocument) -> None:
    totals, *_ = fields(reading)["内容摘要"].split("\n")
    assert totals == (
        "分管举措6项，已采用填报4项，其中已完成1项、正常推进1项、滞后1项、暂停1项。"
        "序时进度为75%，达到或者超过序时进度2项，落后序时进度2项。"
    )


def test_what_is_behind_and_what_is_missing_is_named(reading: OfficialDocument) -> None:
    _, behind, missing = fields(reading)["内容摘要"].split("\n")
    assert behind == (
        "进度滞后和存在风险的2项：“举措‘2’”（第2办公室，完成率55%，落后20个百分点，红灯）；"
        "“举措‘9’”（第9办公室，完成率38%，落后37个百分点，已暂停，灰灯）。"
    )
    assert missing == (
        "未报送和尚未采用的2项：“举措‘3’”（第3办公室，退回待补）；“举措‘6’”（第6办公室，未报送）。"
    )


def test_what_is_close_behind_is_named_too() -> None:
    facts = leaders_facts(1, 4)
    report = facts.reported[0][1]
    close = changed(facts, 1, report=replace(report, percent=73))
    totals, behind = fields(compose(close, PARTICULARS))["内容摘要"].split("\n")
    assert totals.endswith("达到或者超过序时进度1项，落后序时进度1项。")
    assert behind == "落后序时进度的1项：“举措‘1’”（第1办公室，完成率73%，落后2个百分点，绿灯）。"
    whole = fields(compose(replace(close, in_overall_charge=True), PARTICULARS))["内容摘要"].split("\n")
    assert whole[0].endswith("落后序时进度1项，差距为2个百分点。")


def test_when_the_year_is_over_nothing_is_caught_up() -> None:
    facts = replace(leaders_facts(1, 2, 4), scope=read_scope("2026"))
    proposal = fields(compose(facts, PARTICULARS))["拟办意见"]
    assert "对未达到年度目标的2项，请牵头部门提出补救措施或者下一年度安排" in proposal
    assert "完成时限" not in proposal
    heads = [column.title for column in table_of(compose(facts, PARTICULARS)).columns]
    assert "年底预计" not in heads
    assert "年底预计" in [column.title for column in table_of(compose(leaders_facts(1), PARTICULARS)).columns]
    reached = fields(compose(replace(leaders_facts(4, 4), scope=read_scope("2026")), PARTICULARS))
    assert reached["内容摘要"].startswith("分管举措2项，填报均已采用，均已完成；均达到年度目标。")


def test_those_that_all_keep_pace_are_counted_behind_the_share_of_the_year() -> None:
    words = fields(compose(leaders_facts(4, 4), PARTICULARS))["内容摘要"]
    assert "序时进度为75%，2项均达到或者超过序时进度。" in words


def test_of_one_measure_nothing_is_counted() -> None:
    words = fields(compose(leaders_facts(2), PARTICULARS))["内容摘要"]
    assert words.startswith("分管举措1项，填报已采用，进度滞后。序时进度为75%，该项落后序时进度。\n")


@pytest.mark.parametrize("many", [1, 5, 10, 25, 45])
@pytest.mark.parametrize("note", ["", "附注", "联系人：张示例，电话：65780001。" * 4])
def test_the_leaders_own_field_stays_on_the_page_however_much_is_behind(many: int, note: str) -> None:
    measures = tuple(
        replace(
            measure_facts(number, CASES[1] if number % 3 else FilingState.DRAFT),
            title=f"推动党建引领物业治理破茧升级之{number}",
            lead="社区党建服务和群众工作办公室",
        )
        for number in range(1, many + 1)
    )
    facts = replace(quarter_facts(), parts=(PartFacts("部分", own_measures=measures),), leader="周示例")
    document = compose(facts, replace(PARTICULARS, note=note))
    first, *_ = page_texts(render_pdf(document))
    assert "办理结果" in first
    assert note[-4:] in first  # which stood alone on a page
    risks = sum(report is not None for report in (one.report for one in measures))
    assert f"进度滞后和存在风险的{risks}项" in fields(document)["内容摘要"]


def test_where_there_is_no_room_the_furthest_behind_are_named_and_the_counts_close() -> None:
    lagging = tuple(measure_facts(number, CASES[1]) for number in range(1, 12))
    furthest = replace(measure_facts(12, CASES[8]), lead="社区党建服务和群众工作办公室")
    facts = replace(
        quarter_facts(), parts=(PartFacts("部分", own_measures=(*lagging, furthest)),), leader="周示例"
    )
    _, behind = fields(compose(facts, PARTICULARS))["内容摘要"].split("\n")
    found = re.fullmatch(
        r"进度滞后和存在风险的12项，其中完成率最低的(\d+)项：(.*)；其余(\d+)项见所附情况表。", behind
    )
    assert found is not None
    assert int(found[1]) + int(found[3]) == 12
    assert found[2].count("；") + 1 == int(found[1])
    assert "“举措‘12’”" in found[2]


def test_the_office_proposes_what_to_do(reading: OfficialDocument) -> None:
    assert fields(reading)["拟办意见"] == (
        "建议：对进度滞后和存在风险的2项，请牵头部门明确措施、完成时限或者后续安排；"
        "对尚未完成报送的2项，由党政办公室催报。\n呈请周示例同志阅示。"
    )


def test_what_waits_for_the_office_is_not_asked_of_departments() -> None:
    filled = fields(compose(leaders_facts(4, 10), PARTICULARS))
    assert filled["拟办意见"] == "建议：对待审核采用的1项，由党政办公室抓紧审核。\n呈请周示例同志阅示。"


def test_where_all_goes_well_there_is_nothing_to_propose() -> None:
    filled = fields(compose(leaders_facts(1, 4), PARTICULARS))
    assert filled["内容摘要"].count("\n") == 0
    assert filled["拟办意见"] == "呈请周示例同志阅示。"


def test_the_table_behind_it_has_every_measure(reading: OfficialDocument) -> None:
    table = table_of(reading)
    assert [row[0] for row in table.rows] == ["1", "2", "3", "4", "6", "9"]
    assert table.rows[0] == ("1", "举措“1”", "第1办公室", "76%", "正常推进", "绿灯", "能够完成", "—")
    assert table.rows[1][3:] == ("55%", "滞后", "红灯", "有困难但能完成", "施工力量不足，进度偏慢。")
    assert table.rows[2][3:] == ("—", "—", "—", "—", "（退回待补）")
    assert table.note.endswith("截至2026年9月30日，序时进度为75%。共6项，其中已采用4项。")


def test_a_longer_span_is_named_as_it_is_spoken() -> None:
    half = replace(leaders_facts(1), scope=read_scope("2026H1"))
    assert compose(half, PARTICULARS).title == "周示例同志上半年分管工作呈批单"


def test_a_leader_without_measures_or_filings_gets_a_sentence() -> None:
    with pytest.raises(DocumentError, match="周示例同志没有分管的举措"):
        compose(replace(leaders_facts(1), parts=()), PARTICULARS)
    waiting = PartFacts("部分", own_measures=(measure_facts(1, FilingState.DRAFT),))
    with pytest.raises(DocumentError, match="周示例同志分管的举措，2026年第三季度还没有已采用的填报"):
        compose(replace(leaders_facts(1), parts=(waiting,)), PARTICULARS)


def test_the_leaders_directives_stand_counted_in_the_summary_and_one_by_one_in_a_table() -> None:
    written = (directive(DirectiveState.OPEN, overdue=True), directive(DirectiveState.REPLIED))
    document = compose(replace(leaders_facts(1, 2), directives=written), PARTICULARS)
    *_, last = fields(document)["内容摘要"].split("\n")
    assert last.startswith("批示、督办事项2件中，已回复、尚未销号1件")
    assert "逾期未回复1件" in last
    assert document.enclosure is not None
    _, table = document.enclosure.blocks
    assert isinstance(table, Table)
    assert table.caption == "周示例同志批示、督办事项办理情况"
    assert [row[0] for row in table.rows] == ["1", "2"]
    assert table.rows[0][3:] == ("甲办、乙办", "2026年8月14日", "逾期未回复")
    assert table.rows[1][-1] == "已回复、尚未销号；乙办回复：已配合。"


def test_to_who_is_in_overall_charge_the_plan_is_laid_and_only_what_is_at_risk_listed() -> None:
    facts = replace(leaders_facts(1, 2, 3, 4, 6, 9), in_overall_charge=True)
    document = compose(facts, PARTICULARS)
    assert document.title == "周示例同志第三季度工作呈批单"
    assert document.enclosure is not None
    assert document.enclosure.title == "需要关注的举措推进情况表"
    totals, *rest = fields(document)["内容摘要"].split("\n")
    assert totals.startswith("工作计划全部举措6项，")
    assert "分管" not in "".join(fields(document).values())
    assert not any("未提示风险的" in line for line in rest)
    listed = [row[0] for row in table_of(document).rows]
    risky = [str(one.number) for one, _ in measures_to_correct(facts)]
    missing = [str(one.number) for one in facts.missing]
    assert sorted(listed) == sorted(risky + missing)
    assert 0 < len(listed) < 6
    assert f"本表列出其中进度滞后、存在风险和尚未采用的{len(listed)}项。" in table_of(document).note


def test_to_who_is_in_overall_charge_a_plan_without_filings_is_not_called_his_own() -> None:
    waiting = PartFacts("部分", own_measures=(measure_facts(1, FilingState.DRAFT),))
    facts = replace(leaders_facts(1), parts=(waiting,), in_overall_charge=True)
    with pytest.raises(DocumentError, match="工作计划的举措，2026年第三季度还没有已采用的填报"):
        compose(facts, PARTICULARS)
    with pytest.raises(DocumentError, match="工作计划中没有举措"):
        compose(replace(facts, parts=()), PARTICULARS)


def test_of_what_was_cancelled_no_measures_are_asked() -> None:
    def proposal(facts: DocumentFacts) -> str:
        return fields(compose(facts, PARTICULARS))["拟办意见"].partition("，请牵头部门")[2]

    assert proposal(leaders_facts(1, 2)).startswith("明确措施和完成时限。")
    assert proposal(leaders_facts(1, 2, 9)).startswith("明确措施、完成时限或者后续安排。")
    assert proposal(leaders_facts(1, 9)).startswith("明确后续安排。")
    silent = leaders_facts(1, 2)
    report = silent.measures[1].report
    assert report is not None
    unexplained = changed(silent, 2, report=replace(report, problems=""))
    assert proposal(unexplained).startswith("说明原因，明确措施和完成时限。")


def test_where_every_filing_was_accepted_none_are_counted_and_nothing_has_a_share() -> None:
    first = fields(compose(leaders_facts(*[1, 2] * 6), PARTICULARS))["内容摘要"].split("\n")[0]
    assert first.startswith("分管举措12项，填报均已采用，其中正常推进6项、滞后6项。")
    assert first.endswith("达到或者超过序时进度6项，落后序时进度6项。")
