"""The internal summary: no red head, figures, a table of what is behind, names of what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.facts import DocumentFacts
from app.composition.kinds.summary import compose
from app.directives.core.life_cycle import DirectiveState
from app.filing.core.lights import Light
from reports.model import OfficialDocument, Paragraph, Table
from tests.composition.contents import (
    DOWNWARD,
    DUE,
    all_done,
    block_text,
    changed,
    chapter,
    directive,
    heads,
    table_in,
)
from tests.drafting.sample_documents import quarter_facts


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    asked = (directive(DirectiveState.REPLIED),)
    return replace(changed(quarter_facts(), 2, leader="周示例"), due=DUE, directives=asked)


@pytest.fixture(scope="module")
def summary(facts: DocumentFacts) -> OfficialDocument:
    return compose(facts, replace(DOWNWARD, issuers=("示例街道党建办公室",)))


def test_it_is_a_paper_of_the_office_without_a_red_head(summary: OfficialDocument) -> None:
    assert summary.title == "《示例街道2026年工作计划》\n第三季度推进情况汇总"
    assert summary.masthead is None
    assert summary.imprint is None
    assert summary.annexes == ()
    assert summary.signature is not None
    assert summary.signature.issuers == ("示例街道党建办公室",)
    assert heads(summary, 1) == ["一、总体情况", "二、存在的问题", "三、批示和督办事项办理情况"]


def test_it_says_up_to_which_days_it_knows(summary: OfficialDocument) -> None:
    lead_in = block_text(summary.body[:1])
    assert "进展数据截至2026年9月30日，报送和批示、督办事项办理情况截至2026年10月22日。" in lead_in
    nothing_else = block_text(compose(all_done(), DOWNWARD).body[:1])
    assert nothing_else.endswith("进展数据截至2026年9月30日。")


def test_the_table_of_parts_adds_up(summary: OfficialDocument) -> None:
    rows = [[int(cell) for cell in row[1:]] for row in table_in(chapter(summary, "总体情况")).rows]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    assert all(measures == accepted + missing for measures, accepted, *_, missing in rows)


def test_what_is_behind_stands_in_the_plans_order(summary: OfficialDocument) -> None:
    table: Table = table_in(chapter(summary, "存在的问题"))
    assert table.rows[0] == ("举措“2”", "第2办公室", "周示例", "55%", "落后20", "滞后", "红灯")
    numbers = [int(row[0].strip("举措“”")) for row in table.rows]
    assert numbers == sorted(numbers)
    assert f"共{len(numbers)}项" in table.note


def test_what_cannot_be_finished_is_named(summary: OfficialDocument, facts: DocumentFacts) -> None:
    text = block_text(chapter(summary, "存在的问题"))
    hopeless = [measure for measure, report in facts.reported if report.percent == 38]
    assert f"年底预计不能完成的有{len(hopeless)}项：" in text
    assert "“举措‘9’”（第9办公室）" in text


def test_without_faults_there_are_only_figures() -> None:
    assert heads(compose(all_done(), DOWNWARD), 1) == ["一、总体情况"]


def test_of_a_few_that_lag_it_says_why_as_no_annex_does(facts: DocumentFacts) -> None:
    few = facts.narrowed(lambda measure: measure.number in (1, 2, 4, 5, 9))
    report = few.measures[3].report
    assert report is not None
    silent = replace(report, problems="", light=Light.YELLOW)
    problems = chapter(compose(changed(few, 5, report=silent), DOWNWARD), "存在的问题")
    assert [one.text for one in problems if isinstance(one, Paragraph) and one.head] == [
        "施工力量不足，进度偏慢。",
        "牵头部门没有说明原因。",
        "暂停原因：依规暂停。消防设计变更。",
    ]


def test_of_many_that_lag_the_reasons_are_left_to_their_departments(summary: OfficialDocument) -> None:
    assert not any(isinstance(one, Paragraph) and one.head for one in chapter(summary, "存在的问题"))
