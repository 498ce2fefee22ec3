"""A new file of a plan that stands already is a revision of it: seen first, then from a day on, and no day before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask

from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput, FieldProblems, StaleVersion
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.org.models import Department
from app.overview.queries import overview_of_quarter
from app.periods.models import Period
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from app.plan.assignments.revising import RevisionTerms, SupportingDepartment, WantedMeasure
from app.plan.core import queries, tree
from app.plan.core.models import ItemChange, PlanItem, PlanRevision
from app.plan.core.rules import ItemAspect
from app.plan.preview.duty_grid import DutyGrid, DutyRow, RowOrigin
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import choose_predecessors, save_duty_rows
from app.plan.preview.plan_revision import NOTHING_CHANGED, PlanDifference, narrowed_duty, revise_plan
from app.plan.preview.revised_headings import HeadingWriter
from tests.clients import Browser, count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import brought_to, inputs, seen
from tests.plan.assignments.test_views import confirmed
from tests.plan.preview.import_drafts import read_draft, start_of
from tests.world import World, add_measures

TERMS = RevisionTerms(date(2026, 10, 1), "年中调整。", "街委〔2026〕30号")
SENT = {"effective_on": "2026-10-01", "reason": "年中调整。", "paper": "街委〔2026〕30号"}


def fresh(draft: ImportDraft) -> ImportDraft:
    found: ImportDraft = ImportDraft.get_by_id(draft.id)
    return found


def read_revision(world: World) -> ImportDraft:
    """Read the text as one of the year that stands."""
    draft = read_draft(world)
    ImportDraft.update(year=2026).where(ImportDraft.id == draft.id).execute()
    return fresh(draft)


def compared(world: World) -> ImportDraft:
    """Read it, and say that its first three measures go on from the first three; the fourth is no more."""
    draft = read_revision(world)
    starts = [measure.start for measure in PlanDifference(draft, TERMS).new_plan.measures()]
    chosen = {start: measure.id for start, measure in zip(starts[:3], world.measures[:3], strict=True)}
    choose_predecessors(draft, chosen, carries=False, by=world.users["office"], version=draft.version)
    return fresh(draft)


def revise(draft: ImportDraft, world: World, terms: RevisionTerms = TERMS) -> PlanRevision:
    return revise_plan(draft, terms, by=world.users["office"], version=draft.version)


def titles_on(world: World, day: date) -> list[tuple[int, str]]:
    return [(one.position, one.title) for one in queries.measures_of_plan(world.plan, on=day)]


@on_both
def test_the_plan_is_what_the_file_says_from_its_day_on(world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    fourth = open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    before = titles_on(world, date(2026, 9, 30))
    revision = revise(compared(world), world)
    assert titles_on(world, date(2026, 9, 30)) == before
    assert titles_on(world, date(2026, 10, 1)) == [
        (1, "夯实招商基础"),
        (2, "打通转化链条"),
        (3, "推进旧区改造"),
        (5, "加强垃圾分类"),
        (6, "保障措施"),
    ]
    assert [len(overview_of_quarter(period).all_cells) for period in (world.period, fourth)] == [4, 5]
    read = [
        queries.measure_on_day(world.measures[0].id, day) for day in (date(2026, 9, 30), TERMS.effective_on)
    ]
    assert [one.text for one in read if one] == [
        "落实招商机制，拓展线索来源。走访重点企业。",
        "落实招商机制，走访重点企业240家。",
    ]
    commitments = queries.commitments_of_measure(world.measures[0], on=date(2026, 12, 31))
    assert [one.text for one in commitments] == ["落实招商机制，走访重点企业240家。"]
    stored = PlanRevision.get_by_id(revision.id)
    assert (stored.reason, stored.paper, bool(stored.blocks)) == (
        "年中调整。",
        "街委〔2026〕30号",
        True,
    )
    assert "走访重点企业240家" in stored.source_text
    assert queries.plan_by_id(world.plan.id).source_text == world.plan.source_text
    assert PlanRevision.select().count() == 1
    assert not ImportDraft.select().exists()
    ended = Filing.select().where((Filing.period == fourth) & (Filing.measure == world.measures[3]))
    assert not ended.exists()
    assert Event.get(Event.action == "revise_plan").summary == "不变 0 项，有改动 3 项，新增 2 项，结束 1 项"


def test_new_measures_stand_below_the_headings_of_those_beside_them(world: World) -> None:
    revise(compared(world), world)
    added = {one.title: one for one in PlanItem.select().where(PlanItem.kind == "measure")}
    assert added["加强垃圾分类"].parent_id == world.measures[2].parent_id
    part = added["保障措施"].parent
    assert (part.kind.value, part.parent_id, part.in_force_from) == ("part", None, date(2026, 10, 1))
    trees = [tree.tree_of_plan(world.plan, on=day) for day in (date(2026, 9, 30), date(2026, 10, 1))]
    assert [len(tree) for tree in trees] == [2, 3]


def test_a_new_section_belongs_to_the_part_of_most_measures_beside_it(world: World) -> None:
    draft = compared(world)
    chosen = {int(start): measure for start, measure in draft.predecessors["chosen"].items()}
    mixed = chosen | {start_of(draft, "2. 打通"): world.measures[2].id}
    parts = [world.measures[place].parent.parent for place in (0, 2)]
    for predecessors in (chosen, mixed):
        ImportDraft.update(predecessors={"chosen": predecessors, "carries": False}).execute()
        difference = PlanDifference(fresh(draft), TERMS)
        assert [difference.headings.part_beside(part) for part in difference.new_plan.parts[:2]] == parts


OLD_HEADINGS = ["优化营商环境，推动经济发展", "紧抓招商引资", "加强城市管理，建设美丽家园", "建设居住环境"]
NEW_HEADINGS = ["优化营商环境", "紧抓招商引资", "建设美丽家园", "改善居住环境", "保障措施"]
DAYS = (date(2026, 9, 30), date(2026, 10, 1))


@on_both
def test_headings_are_called_as_the_file_says_from_its_day_on(world: World) -> None:
    draft = compared(world)
    changed = [(one.before, one.after) for one in PlanDifference(draft, TERMS).heading_changes]
    assert changed == [(old, new) for old, new in zip(OLD_HEADINGS, NEW_HEADINGS, strict=False) if old != new]
    revise(draft, world)
    called = [[one.title for one in tree.headings_of_plan(world.plan, on=day)] for day in DAYS]
    assert called == [[*OLD_HEADINGS, "保障措施"], NEW_HEADINGS]
    read = [[part.item.title for part in tree.tree_of_plan(world.plan, on=day)] for day in DAYS]
    assert read == [OLD_HEADINGS[::2], NEW_HEADINGS[::2]]
    third = world.measures[2]
    above = [[one.title for one in queries.headings_above(third, on=day)] for day in DAYS]
    assert above == [OLD_HEADINGS[2:], NEW_HEADINGS[2:4]]
    quarters = [overview_of_quarter(period) for period in (world.period, open_fourth(world))]
    assert [[part.item.title for part in one.parts] for one in quarters] == [
        OLD_HEADINGS[::2],
        NEW_HEADINGS[::2],
    ]


def test_what_a_heading_says_before_its_first_measure_is_revised_too(world: World) -> None:
    section = world.measures[2].parent
    PlanItem.update(text="对标一流，补短板。").where(PlanItem.id == section.id).execute()
    draft = compared(world)
    changes = PlanDifference(draft, TERMS).heading_changes
    assert [(one.measure, one.before, one.after) for one in changes if one.aspect is ItemAspect.TEXT] == [
        (section, "对标一流，补短板。", "")
    ]
    revise(draft, world)
    read = [
        [node.item.text for part in tree.tree_of_plan(world.plan, on=day) for node in part.children]
        for day in DAYS
    ]
    assert [texts[1] for texts in read] == ["对标一流，补短板。", ""]


def open_fourth(world: World) -> Period:
    return open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)


def test_a_heading_of_both_plans_stays_where_its_measures_went_elsewhere(world: World) -> None:
    draft = compared(world)
    first, second = (one.parent for one in (world.measures[0], world.measures[2]))
    swapped = [
        (start, world.measures[place].id)
        for start, place in zip(map(int, draft.predecessors["chosen"]), (2, 3, 0), strict=True)
    ]
    ImportDraft.update(predecessors={"chosen": dict(swapped), "carries": False}).execute()
    moved = PlanDifference(fresh(draft), TERMS)
    assert [moved.headings.heading_beside(part.sections[0]) for part in moved.new_plan.parts[:2]] == [
        second,
        first,
    ]
    assert "紧抓招商引资" not in {words for one in moved.heading_changes for words in (one.before, one.after)}


def test_a_section_of_new_measures_stands_in_the_part_of_its_name(world: World) -> None:
    draft = compared(world)
    chosen = dict([*draft.predecessors["chosen"].items()][:2])
    ImportDraft.update(predecessors={"chosen": chosen, "carries": False}).execute()
    difference = PlanDifference(fresh(draft), TERMS)
    writer = HeadingWriter(difference.headings, date(2026, 10, 1))
    headings = [writer.heading_of(place.part, place.holder) for place in difference.added]
    assert [(one.title, one.parent and one.parent.title) for one in headings] == [
        ("改善居住环境", "建设美丽家园"),
        ("改善居住环境", "建设美丽家园"),
        ("保障措施", None),
    ]


def test_who_answers_follows_the_grid_of_duties(world: World) -> None:
    draft = compared(world)
    grid = DutyGrid(draft, PlanDifference(draft, TERMS).new_plan)
    rows = [
        row.with_names({"lead": "城管办", "supports": "各居民区", "leader": ""})
        if row.number in (1, 4)
        else row
        for row in grid.rows
    ]
    save_duty_rows(draft, rows, by=world.users["office"], version=draft.version)
    revise(fresh(draft), world)
    duties = queries.responsible_by_measure(world.plan, on=date(2026, 10, 1))
    new = PlanItem.get(PlanItem.title == "加强垃圾分类")
    leads = {key: duty.lead.short_name for key, duty in duties.items() if duty.lead}
    assert leads == {
        world.measures[0].id: "城管办",
        world.measures[1].id: "经发办",
        world.measures[2].id: "城管办",
        new.id: "城管办",
    }
    assert duties[new.id].support_words == "各居民区"
    first = queries.measure_on_day(world.measures[0].id, date(2026, 10, 1))
    assert first is not None
    assert first.leader_id is None
    former = queries.responsible_for_measure(world.measures[0], on=date(2026, 9, 30))
    assert former.lead == world.departments["经发办"]


def test_a_difference_names_who_leads_a_new_measure_or_that_nobody_does_yet(world: World) -> None:
    draft = compared(world)
    rows = [
        row.with_names({"lead": "城管办", "supports": "", "leader": ""}) if row.number == 4 else row
        for row in DutyGrid(draft, PlanDifference(draft, TERMS).new_plan).rows
    ]
    save_duty_rows(draft, rows, by=world.users["office"], version=draft.version)
    difference = PlanDifference(fresh(draft), TERMS)
    added = [difference.lead_words(place.measure) for place in difference.added]
    assert added == ["城管办", "修订以后再分工"]
    assert len(bytes.fromhex(difference.digest)) == 8


@pytest.mark.parametrize("name", ["heading_changes", "added", ""])
def test_any_difference_is_one_to_revise_for(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    difference = PlanDifference(compared(world), TERMS)
    for one in ("heading_changes", "changes", "added", "dropped"):
        monkeypatch.setattr(PlanDifference, one, ("新",) if one == name else ())
    assert (NOTHING_CHANGED in difference.obstacles) is (name == "")


def test_duties_that_have_become_wrong_hinder_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = BadInput("分工有误。", ("第 1 项：没有这个部门。",))
    monkeypatch.setattr(PlanDifference, "read_duties", Mock(side_effect=wrong))
    difference = PlanDifference(compared(world), TERMS)
    assert difference.duties == {}
    assert "分工第 1 项：没有这个部门。" in difference.obstacles


@pytest.mark.parametrize("leader", ["", "周示例"])
def test_of_what_only_the_text_prints_what_it_leaves_out_stays(leader: str) -> None:
    wanted = WantedMeasure(PlanItem(id=1), supports=(), sets_leader=True)
    kept = DutyRow(0, 1, "举措", leader=leader)
    assert narrowed_duty(kept, wanted) == wanted
    printed = replace(kept, origin=RowOrigin.PLAN)
    assert narrowed_duty(printed, wanted) == replace(wanted, supports=None, sets_leader=bool(leader))
    supported = replace(wanted, supports=(SupportingDepartment(Department(), None),))
    assert narrowed_duty(printed, supported).supports == supported.supports


def test_nothing_is_revised_before_the_text_was_compared_or_where_nothing_is_alike(world: World) -> None:
    draft = read_revision(world)
    with pytest.raises(BadInput) as refusal:
        revise(draft, world)
    assert refusal.value.problems[0].startswith("还没有保存与现行计划的对照")
    choose_predecessors(draft, {}, carries=False, by=world.users["office"], version=draft.version)
    with pytest.raises(BadInput) as refusal:
        revise(fresh(draft), world)
    assert refusal.value.problems[0].startswith("没有一项举措与现行计划对应，不像是它的修订")
    assert not PlanRevision.select().exists()


def test_everything_that_hinders_it_is_named_at_once(world: World) -> None:
    draft = compared(world)
    filing = world.filing(4, "城管办")
    Filing.update(version=2, progress="已开展。").where(Filing.id == filing.id).execute()
    with pytest.raises(BadInput) as refusal:
        revise(draft, world, RevisionTerms(date(2026, 9, 1), "年中调整。"))
    assert refusal.value.problems == (
        "第 4 项“建设美丽家园”不能结束：已有填报：2026年第三季度 1 份。请改从以后的季度起结束。",
    )
    close_period(world.period, by=world.users["office"])
    with pytest.raises(FieldProblems) as fields:
        revise(draft, world, RevisionTerms(date(2026, 9, 1)))
    assert fields.value.fields["effective_on"].startswith("2026年第三季度已经关闭")
    assert fields.value.fields["reason"] == "请写明理由。"
    with pytest.raises(StaleVersion):
        revise_plan(draft, TERMS, by=world.users["office"], version=draft.version - 1)
    assert not ItemChange.select().exists()


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def address(draft: ImportDraft, step: str = "revision") -> str:
    return f"/plan/new/{draft.id}/{step}"


def test_the_pages_lead_from_the_text_to_the_revision(office: Browser, world: World) -> None:
    draft = read_revision(world)
    shown = office.get(address(draft, "comparison"))
    for words in ("与现行计划对照", "现行计划第几项", "4. 修订"):
        assert words in seen(shown)
    assert "carries" not in inputs(shown)
    assert office.get(address(draft, "confirm")).location == address(draft)
    assert "还没有保存与现行计划的对照" in seen(office.get(address(draft)))
    typed = {name: value for name, value in inputs(shown).items() if name.startswith(("of_", "version"))}
    first = f"of_{start_of(draft, '1. 夯实')}"
    unknown = office.post(address(draft, "comparison"), data=typed | {first: "99"})
    assert "有的编号现行计划没有，请改正标出的各项。" in seen(unknown)
    assert office.post(address(draft, "comparison"), data=typed | {first: "1"}).status_code == 303
    page = office.get(address(draft))
    sent: dict[str, Any] = SENT | {"version": str(fresh(draft).version)}
    assert "核对改动" in seen(page)
    wrong = office.post(address(draft), data=sent | {"effective_on": "2027-01-01", "reason": ""})
    assert wrong.status_code == 422
    assert "生效日期应在2026年1月1日至2026年12月31日之间" in seen(wrong)
    assert "请写明理由。" in seen(wrong)
    assert inputs(wrong)["paper"] == "街委〔2026〕30号"
    checked = office.post(address(draft), data=sent)
    assert checked.status_code == 200
    assert "走访重点企业<ins>240家。</ins>" in checked.get_data(as_text=True)
    assert "加强垃圾分类" in seen(checked)
    assert "部分：一、优化营商环境，推动经济发展 名称" in seen(checked)
    assert not PlanRevision.select().exists()
    done = office.post(address(draft), data=sent | {"confirmed": confirmed(checked)})
    assert (done.status_code, done.location) == (303, "/plan?year=2026")
    history = seen(office.get(f"/measures/{world.measures[0].id}/history"))
    assert "原文改为 落实招商机制，走访重点企业240家。" in history
    assert "街委〔2026〕30号" in history


def test_a_new_year_has_no_such_page(office: Browser, world: World) -> None:
    draft = read_draft(world)
    assert office.get(address(draft)).location == address(draft, "confirm")
    answer = office.post(address(draft), data=SENT | {"version": "1"})
    assert answer.status_code == 422
    assert "这一年还没有工作计划，请直接入库" in seen(answer)


def test_the_difference_takes_a_fixed_number_of_queries(office: Browser, world: World) -> None:
    draft = compared(world)
    with count_queries() as few:
        office.get(address(draft))
    add_measures(world, 20)
    kept = dict(draft.predecessors["chosen"])
    starts = [str(one.measure.start) for one in PlanDifference(draft, TERMS).added]
    more = PlanItem.select().where(PlanItem.sequence >= 1_000).limit(len(starts))
    kept |= {start: one.id for start, one in zip(starts, more, strict=True)}
    ImportDraft.update(predecessors={"chosen": kept, "carries": False}).execute()
    with count_queries() as many:
        office.get(address(draft))
    assert len(many) == len(few)
