"""One department's report: what it leads, what it supports, what is missing, its own table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.block_keys import BlockKey, BlockRole
from app.composition.facts import ContributedText, DocumentFacts, MeasureFacts, PartFacts
from app.composition.kinds.department import compose
from app.composition.scope import read_scope
from app.filing.contributions.rules import ContributionState
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from reports.model import DocumentError, OfficialDocument
from tests.composition.contents import (
    DOWNWARD,
    block_text,
    changed,
    chapter,
    entry,
    heads,
    table_in,
)
from tests.drafting.sample_documents import CASES, measure_facts, quarter_facts

OWN = "甲办公室"


def tied(number: int, case: object, lead: str) -> MeasureFacts:
    """Return a measure with its lead."""
    return replace(measure_facts(number, case), lead=lead)


def supported(number: int, lead: str, text: str = "") -> MeasureFacts:
    """Return a measure of another lead, with what the department contributed to it."""
    quarter = quarter_facts().scope.quarter
    state = ContributionState.WRITTEN if text else ContributionState.OWED
    written = (ContributedText(number, quarter, text),) if text else ()
    measure = tied(number, FilingState.DRAFT, lead)
    return replace(measure, state=None, contribution=state, contributed=written)


def facts_of(*measures: MeasureFacts) -> DocumentFacts:
    """Return the facts of the department."""
    return replace(quarter_facts(), parts=(PartFacts("部分，发展", own_measures=measures),), department=OWN)


@pytest.fixture(scope="module")
def report() -> OfficialDocument:
    return compose(
        facts_of(
            tied(1, CASES[0], OWN),
            tied(2, CASES[1], OWN),
            tied(3, FilingState.RETURNED, OWN),
            supported(4, "乙办公室", "配合走访4家。"),
            supported(5, "丙中心"),
        ),
        replace(DOWNWARD, issuers=("示例街道甲办公室",)),
    )


def test_it_is_the_departments_own_paper(report: OfficialDocument) -> None:
    assert report.title == "甲办公室\n2026年第三季度工作报告"
    assert report.masthead is None
    assert report.signature is not None
    assert report.signature.issuers == ("示例街道甲办公室",)
    assert heads(report, 1) == ["一、工作完成情况", "二、存在的问题", "三、下一步工作打算"]
    assert block_text(report.body[:1]) == (
        "根据《示例街道2026年工作计划》，现将甲办公室2026年第三季度工作情况（数据截至2026年9月30日）报告如下。"
    )


def test_what_it_leads_and_supports_is_counted(report: OfficialDocument) -> None:
    text = block_text(chapter(report, "工作完成情况"))
    assert text.startswith(
        "甲办公室牵头举措3项，已采用填报2项；配合举措2项中，已报送配合情况1项，未报送配合情况1项。"
        "以下统计以已采用的2项为基数。"
    )
    assert "2项中，正常推进1项，滞后1项。" in text


def test_led_measures_stand_before_supported_ones(report: OfficialDocument) -> None:
    assert heads(report, 2)[:2] == ["（一）牵头举措", "（二）配合举措"]
    assert heads(report, 3)[:4] == ["1.举措“1”。", "2.举措“2”。", "举措“4”。", "举措“2”。"]
    supported = entry(report, "工作完成情况", "举措“4”。")
    assert supported.text == "配合走访4家。"
    assert supported.key == BlockKey(BlockRole.SUPPORTED_PROGRESS, item=4)


def test_what_is_missing_is_named(report: OfficialDocument) -> None:
    assert "没有报送配合情况的1项：“举措‘5’”。" in block_text(chapter(report, "工作完成情况"))
    problems = block_text(chapter(report, "存在的问题"))
    assert "牵头的3项举措中，1项的填报退回待补，即“举措‘3’”。" in problems
    assert "举措‘5’" not in problems


def test_it_does_not_name_itself_at_every_measure(report: OfficialDocument) -> None:
    assert entry(report, "存在的问题", "举措“2”。").text.startswith("完成率55%，落后序时进度20个百分点，")


def test_it_moved_its_lights_itself() -> None:
    facts = facts_of(tied(1, CASES[0], OWN), tied(2, CASES[1], OWN), tied(4, CASES[1], OWN))
    for number in (2, 4):
        filed = facts.measures[number // 2].report
        assert filed is not None
        moved = replace(filed, light=Light.YELLOW, light_reason="设备下月到货。")
        facts = changed(facts, number, report=moved)
    text = block_text(compose(facts, DOWNWARD).body)
    assert "（本部门说明理由后调整为黄灯2项）" in text
    assert text.count("（按完成进度应为红灯，由本部门调整）") == 2
    assert text.count("调整亮灯的理由：设备下月到货。") == 2
    assert text.count("部门调整") == 2


def test_the_annex_has_all_its_measures_with_its_part(report: OfficialDocument) -> None:
    (annex,) = report.annexes
    table = table_in(annex.blocks)
    assert annex.title == "甲办公室2026年第三季度工作情况表"
    assert [(row[0], row[2]) for row in table.rows] == [
        ("1", "牵头"),
        ("2", "牵头"),
        ("3", "牵头"),
        ("4", "配合乙办公室"),
        ("5", "配合丙中心"),
    ]
    assert table.rows[2][4:] == ("—", "—", "—", "—", "—")


def test_who_only_supports_reports_on_that() -> None:
    report = compose(facts_of(supported(1, "乙办公室", "配合走访4家。"), supported(2, "乙办公室")), DOWNWARD)
    assert heads(report, 1) == ["一、工作完成情况"]
    assert heads(report, 2) == ["配合举措"]
    assert table_in(report.annexes[0].blocks).rows[0][3:5] == ("完成1件。", "配合走访4家。")
    assert "牵头" not in block_text(report.body)


def test_who_only_leads_has_no_word_of_support() -> None:
    report = compose(facts_of(tied(1, CASES[3], OWN)), DOWNWARD)
    assert "甲办公室牵头举措1项，填报已采用。" in block_text(report.body)
    assert "牵头举措" not in heads(report, 2)


def test_without_anything_accepted_there_is_nothing_to_report() -> None:
    with pytest.raises(DocumentError, match="还没有已采用的填报"):
        compose(facts_of(tied(1, FilingState.DRAFT, OWN)), DOWNWARD)


def test_what_became_of_each_supported_measure_is_counted_once() -> None:
    states = (ContributionState.NOT_NEEDED, ContributionState.NOT_NEEDED, ContributionState.WAIVED, None)
    silent = [replace(supported(3 + n, "乙办"), contribution=state) for n, state in enumerate(states)]
    without_need = replace(supported(2, "乙办", "走访4家。"), contribution=ContributionState.NOT_NEEDED)
    text = block_text(compose(facts_of(tied(1, CASES[0], OWN), without_need, *silent), DOWNWARD).body)
    assert (
        "配合举措5项中，已报送配合情况1项，本季度无需配合2项，免报配合情况1项，未报送配合情况1项。"
    ) in text
    alone = block_text(compose(facts_of(tied(1, CASES[0], OWN), silent[-1]), DOWNWARD).body)
    assert "；配合举措1项，未报送配合情况。" in alone


@pytest.mark.parametrize(
    ("code", "words"),
    [("2026Q3", "本季度无需配合"), ("2026", "第四季度无需配合"), ("2026H1", "第二季度无需配合")],
)
def test_where_nothing_was_to_support_text_and_annex_name_the_same_quarter(code: str, words: str) -> None:
    scope = read_scope(code)
    idle = replace(supported(2, "乙办公室"), contribution=ContributionState.NOT_NEEDED)
    facts = facts_of(supported(1, "乙办公室", "配合走访4家。"), idle)
    report = compose(replace(facts, scope=scope), DOWNWARD)
    assert f"{words}1项" in block_text(report.body)
    assert table_in(report.annexes[0].blocks).rows[1][4] == words


def test_what_is_a_little_behind_is_named_beside_what_is_at_risk() -> None:
    led = (tied(1, CASES[0], OWN), tied(2, CASES[1], OWN), tied(3, CASES[0], OWN))
    close = changed(facts_of(*led), 1, report=replace(measure_facts(1, CASES[0]).report, percent=72))
    assert (
        "落后序时进度的2项中，1项在“存在的问题”部分列出，其余1项为“举措‘1’”，差距为3个百分点。"
        in block_text(chapter(compose(close, DOWNWARD), "工作完成情况"))
    )
