"""Measures come into a plan from a day on: added, or in the place of one that was split; and one goes on for two."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput, FieldProblems
from app.composition.scope import DocumentScope
from app.drafting.jobs.gathering import gather_facts
from app.filing.contributions.models import Contribution
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.department.report_budget import report_budget_of
from app.overview.queries import overview_of_quarter
from app.periods.models import Period
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from app.plan.assignments.operations import assign_measures
from app.plan.assignments.revising import RevisionTerms, SupportingDepartment, WantedMeasure
from app.plan.core import queries
from app.plan.core.models import Assignment, MeasurePredecessor, PlanItem, PlanRevision
from app.plan.measure_changes.adding import NewMeasure, add_measure
from app.plan.measure_changes.ending import end_measure
from app.plan.measure_changes.splitting import split_measure
from tests.clients import HTMX, Browser, log_in
from tests.databases import on_both
from tests.filing.pages import brought_to, inputs, seen
from tests.world import THRESHOLDS, World

OCTOBER = RevisionTerms(date(2026, 10, 1), "区里新增任务。", "街委〔2026〕12号")
AUGUST = RevisionTerms(date(2026, 8, 10), "区里新增任务。")


def wanted(world: World, title: str = "办好进博会保障", lead: str = "城管办") -> WantedMeasure:
    return WantedMeasure(
        PlanItem(position=1),
        title=title,
        text="制定方案。落实责任；定期检查。",
        yearly_target="保障2次",
        lead=world.departments[lead],
        supports=(SupportingDepartment(world.departments["一居"], None),),
        leader=world.leader,
    )


def add(world: World, terms: RevisionTerms = OCTOBER, title: str = "办好进博会保障") -> PlanItem:
    heading = world.measures[0].parent
    return add_measure(
        world.plan, NewMeasure(wanted(world, title), heading, heading), terms, by=SAMPLE_LOADER
    )


def split(world: World, terms: RevisionTerms = OCTOBER) -> list[PlanItem]:
    pieces = [wanted(world, "拓展招商线索", "经发办"), wanted(world, "走访重点企业")]
    return split_measure(world.measures[0], pieces, terms, by=SAMPLE_LOADER)


def counted(world: World, period: Period) -> tuple[int, int]:
    """Return how many measures the overview and a report of a quarter count."""
    facts = gather_facts(world.plan, DocumentScope(period.quarter), thresholds=THRESHOLDS)
    return len(overview_of_quarter(period).all_cells), len(facts.measures)


def numbers_on(world: World, day: date) -> list[int]:
    return [one.position for one in queries.measures_of_plan(world.plan, on=day)]


@on_both
def test_an_added_measure_counts_from_the_quarter_of_its_day(world: World) -> None:
    fourth = open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    measure = add(world)
    assert [counted(world, period) for period in (world.period, fourth)] == [(4, 4), (5, 5)]
    filed, contributed = (table.select().where(table.measure == measure) for table in (Filing, Contribution))
    assert [(row.period_id, row.department.short_name) for row in filed] == [(fourth.id, "城管办")]
    assert [(row.period_id, row.department.short_name) for row in contributed] == [(fourth.id, "一居")]
    assert (measure.position, numbers_on(world, date(2026, 9, 30))) == (5, [1, 2, 3, 4])
    assert numbers_on(world, date(2026, 10, 1)) == [1, 2, 5, 3, 4]
    texts = [one.text for one in queries.commitments_of_measure(measure, on=date(2026, 10, 1))]
    assert texts == ["制定方案。", "落实责任；", "定期检查。"]
    sequences = [row.sequence for row in PlanItem.select().order_by(PlanItem.sequence)]
    assert sequences == list(range(1, len(sequences) + 1))
    assert (measure.leader, measure.yearly_target) == (world.leader, "保障2次")
    budgets = (report_budget_of(filing, 5000) for filing in (world.filing(1), filed.order_by(Filing.id)[0]))
    assert [budget.measures for budget in budgets if budget] == [4, 5]


def test_a_measure_is_split_and_both_name_it_as_the_one_before(world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    fourth = open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    first, second = split(world)
    assert [counted(world, period) for period in (world.period, fourth)] == [(4, 4), (5, 5)]
    assert numbers_on(world, date(2026, 10, 1)) == [5, 6, 2, 3, 4]
    old = world.measures[0]
    assert [queries.predecessors_of_measure(one) for one in (first, second)] == [[old], [old]]
    assert queries.successors_of_measure(old) == [first, second]
    read = queries.measure_on_day(old.id, date(2026, 12, 31))
    assert read is not None
    assert read.ending_words == "拆分为第 5、6 项"
    assert not Filing.select().where((Filing.period == fourth) & (Filing.measure == old)).exists()
    assert PlanRevision.select().count() == 1


def test_merging_says_where_each_went_on(app: Flask, world: World) -> None:
    end_measure(world.measures[0], OCTOBER, merged_into=world.measures[1], by=SAMPLE_LOADER)
    page = seen(log_in(app, world, "office").get(f"/measures/{world.measures[1].id}/history"))
    assert "承接：2026年第 1 项“夯实招商基础”" in page
    row = MeasurePredecessor.get()
    assert (row.measure_id, row.predecessor_id) == (world.measures[1].id, world.measures[0].id)
    with pytest.raises(FieldProblems) as refusal:
        end_measure(world.measures[0], OCTOBER, merged_into=None, by=SAMPLE_LOADER)
    assert refusal.value.fields["quarter"].startswith("这项举措已经结束，或者已定下结束的季度")
    with pytest.raises(FieldProblems) as refusal:
        end_measure(world.measures[2], OCTOBER, merged_into=world.measures[0], by=SAMPLE_LOADER)
    assert refusal.value.fields["merged_into"] == "第 1 项举措那时不在实施，请选择另一项。"


def test_what_still_hangs_on_a_measure_keeps_it_from_being_split(world: World) -> None:
    brought_to(FilingState.DRAFT, world)
    with pytest.raises(BadInput, match="还不能从这一天起拆分") as refusal:
        split(world, AUGUST)
    assert refusal.value.problems == ("已有填报：2026年第三季度 1 份。请改从以后的季度起结束。",)
    assert PlanItem.select().where(PlanItem.in_force_from.is_null(False)).count() == 0


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (None, "请填写生效日期"),
        (date(2027, 1, 1), "生效日期应在2026年1月1日至2026年12月31日之间"),
        (
            date(2026, 9, 30),
            "2026年第三季度已经关闭，当时有效的内容不再变动。生效日期请填2026年10月1日或以后",
        ),
    ],
)
def test_a_day_that_cannot_be_taken_is_named(world: World, day: date | None, sentence: str) -> None:
    close_period(world.period, by=world.users["office"])
    with pytest.raises(FieldProblems) as refusal:
        add(world, RevisionTerms(day, ""))
    assert refusal.value.fields["effective_on"].startswith(sentence)
    assert refusal.value.fields["reason"] == "请写明理由。"
    assert not PlanRevision.select().exists()


def test_nothing_is_set_in_a_measure_before_it_began(world: World) -> None:
    measure = add(world)
    one = WantedMeasure(measure, lead=world.departments["经发办"])
    with pytest.raises(BadInput, match="第 5 项举措是年中新增的，生效日期请填2026年10月1日或以后"):
        assign_measures(world.plan, [one], RevisionTerms(), source="测试", by=SAMPLE_LOADER)
    Assignment.delete().where(Assignment.item == measure).execute()
    later = RevisionTerms(date(2026, 11, 1))
    assign_measures(world.plan, [one], later, source="测试", by=SAMPLE_LOADER)
    assert Assignment.get(Assignment.item == measure).in_force_from == date(2026, 10, 1)


def test_a_new_text_promises_something_else_from_its_day_on(world: World) -> None:
    """What the old and the new text both promise stays the same item, and what was filed on it with it."""
    measure = world.measures[0]
    before = {one.text: one.id for one in queries.commitments_of_measure(measure, on=date(2026, 1, 1))}
    for day, text in (
        (date(2026, 10, 1), "走访重点企业。建立名册。"),
        (date(2026, 7, 1), "走访重点企业240家。落实招商机制，拓展线索来源。"),
    ):
        one = WantedMeasure(measure, text=text)
        assign_measures(world.plan, [one], RevisionTerms(day), source="测试", by=SAMPLE_LOADER)
    days = date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)
    held = [{one.text: one.id for one in queries.commitments_of_measure(measure, on=day)} for day in days]
    kept = "落实招商机制，拓展线索来源。"
    assert held[0] == before
    assert list(held[1]) == ["走访重点企业240家。", kept]
    assert held[1][kept] == before[kept]
    assert list(held[2]) == ["走访重点企业。", "建立名册。"]


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def piece(number: int, **changes: str) -> dict[str, str]:
    cells = {"title": f"新举措{number}", "text": "做好工作。", "yearly_target": "", "lead": "经发办"}
    cells |= {"supports": "各居民区", "leader": "周示例"} | changes
    return {f"{name}_{number}": value for name, value in cells.items()}


TERMS = {"effective_on": "2026-10-01", "reason": "工作调整。", "paper": ""}


def test_the_page_adds_a_measure_under_a_heading(office: Browser, world: World) -> None:
    page, heading = f"/plan/{world.plan.id}/measures/new", world.measures[2].parent
    assert "新举措排在所选标题之下的最后" in seen(office.get(page))
    wrong = office.post(page, data=piece(1, title="推进旧区改造", lead="外办") | TERMS | {"reason": ""})
    assert wrong.status_code == 422
    words = seen(wrong)
    for sentence in (
        "请选择列在哪个部分、专项之下。",
        "第 3 项举措已用这个名称，请换一个，以便区分。",
        "没有名为“外办”的部门",
        "请写明理由。",
    ):
        assert sentence in words
    assert inputs(wrong)["lead_1"] == "外办"
    done = office.post(page, data=piece(1) | TERMS | {"heading": str(heading.id)})
    measure = PlanItem.get(PlanItem.position == 5, PlanItem.kind == "measure")
    assert (done.status_code, done.location) == (303, f"/measures/{measure.id}")
    assert "自2026年10月1日起列入计划" in seen(office.get(f"/measures/{measure.id}"))
    assert "列入计划" in seen(office.get(f"/measures/{measure.id}/history"))
    assert "新举措1 自2026年10月1日起新增。" in seen(office.get(f"/plan?year={world.plan.year}"))


def test_the_page_splits_a_measure_into_as_many_as_are_wanted(office: Browser, world: World) -> None:
    old = world.measures[0]
    page = f"/measures/{old.id}/splitting"
    assert inputs(office.get(page))["lead_2"] == "经发办"
    asked = piece(1) | piece(2) | TERMS | {"another": "yes", "once": "a" * 32}
    boosted = HTMX | {"HX-Boosted": "true"}
    for headers in (
        {},
        {},
        boosted,
        boosted,
    ):  # a double click, or sent again after going back, loses nothing
        more = office.post(page, data=asked, headers=headers)
        assert (more.status_code, inputs(more)["title_1"], inputs(more)["title_3"]) == (200, "新举措1", "")
    blank = {name: "" for name in piece(2)}
    one = office.post(page, data=piece(1) | blank | TERMS)
    assert one.status_code == 422
    assert "拆分须有两项以上新的举措" in seen(one)
    unnamed = seen(office.post(page, data=piece(1, title="") | piece(2, title="") | TERMS))
    assert unnamed.count("名称：请填写名称。") == 2 and "与前面的名称相同" not in unnamed
    wrong = office.post(page, data=piece(1) | blank | piece(3, lead="外办") | TERMS)
    assert "没有名为“外办”的部门" in seen(wrong)
    assert inputs(wrong)["lead_3"] == "外办"
    brought_to(FilingState.DRAFT, world)
    early = office.post(page, data=piece(1) | piece(2) | TERMS | {"effective_on": "2026-07-01"})
    assert early.status_code == 422
    assert "已有填报：2026年第三季度 1 份" in seen(early)
    done = office.post(page, data=piece(1) | piece(2) | TERMS)
    assert (done.status_code, done.location) == (303, f"/measures/{old.id}")
    after = seen(office.get(f"/measures/{old.id}?on=2026-10-01"))
    assert "拆分为第 5、6 项" in after
    assert "由2026年第 5 项接着做：新举措1" in after
    history = seen(office.get(f"/measures/{old.id}/history"))
    assert "接着做的：2026年第 5 项“新举措1”、2026年第 6 项“新举措2”" in history
