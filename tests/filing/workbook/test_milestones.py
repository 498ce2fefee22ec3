"""Milestones in the form of Excel: ticked in their sheet, taken over without those that the person left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.authority.actor import SAMPLE_LOADER
from app.filing.core import content_reading
from app.filing.core import operations as filings
from app.filing.core.content import FilingContent
from app.filing.workbook import operations, queries
from app.filing.workbook.layout import MILESTONES
from app.filing.workbook.mistakes import UnusableForm
from app.filing.workbook.proposal import RowOutcome
from app.plan.assignments.operations import set_milestones
from app.plan.core.models import Milestone
from tests.databases import on_both
from tests.filing.workbook.forms import FIRST, SECOND, edited, filled
from tests.filing.workbook.uploads import outlooks, read, upload
from tests.plan.tables import milestones
from tests.world import THRESHOLDS, World, full_content


@pytest.fixture
def planned(world: World, tmp_path: Path) -> list[Milestone]:
    """Three milestones of measure 1: due before the quarter, in it, and after it."""
    rows = "1,,2,建立名单,", "1,,3,走访企业,60", "1,,4,全部办结,"
    set_milestones(world.plan, milestones(tmp_path, *rows), by=SAMPLE_LOADER)
    return list(Milestone.select().order_by(Milestone.quarter))


def reached(world: World) -> dict[int, bool]:
    return dict(content_reading.content_of_filing(world.filing(1)).milestones)


@on_both
def test_ticks_of_milestones_come_back_from_the_form(world: World, planned: list[Milestone]) -> None:
    filer, (before, now_due, _) = world.users["filer"], planned
    data = filled(operations.download_form(world.period, by=filer), {(SECOND, "reached"): "是"}, MILESTONES)
    kept = upload(world, {}, data)
    row = queries.proposal_of_form(bytes(kept.data), world.period, user=filer).rows[0]
    assert [(change.label, change.difference.old, change.difference.new) for change in row.changes] == [
        ("节点 第三季度：走访企业（目标值 60）", "<del>未</del>完成", "<ins>已</ins>完成")
    ]
    operations.import_form(kept, read(world.filing(1)), by=filer, thresholds=THRESHOLDS)
    assert reached(world) == {now_due.id: True}
    again = operations.download_form(world.period, by=filer)
    assert outlooks(world, upload(world, {}, again)) == [RowOutcome.SAME, RowOutcome.SAME]
    assert {one.id for one in (before, now_due)} == set(
        queries.form_rows(world.period, user=filer)[0].milestones
    )


@on_both
def test_a_milestone_that_the_form_did_not_touch_stays_as_another_ticked_it(
    world: World, planned: list[Milestone]
) -> None:
    filer, (before, now_due, _) = world.users["filer"], planned
    data = operations.download_form(world.period, by=filer)
    data = filled(data, {(FIRST, "reached"): "是"}, MILESTONES)
    ticked = replace(full_content(), milestones={now_due.id: True})
    filings.save_filing(world.filing(1), ticked, by=filer, version=1, thresholds=THRESHOLDS)
    kept = upload(world, {}, data)
    assert outlooks(world, kept) == [RowOutcome.SAVE, RowOutcome.SAME]
    operations.import_form(kept, read(world.filing(1)), by=filer, thresholds=THRESHOLDS)
    assert reached(world) == {before.id: True, now_due.id: True}


def test_a_form_from_before_there_were_milestones_leaves_them_alone(
    world: World, planned: list[Milestone]
) -> None:
    filer = world.users["filer"]
    data = edited(
        filled(operations.download_form(world.period, by=filer), {(FIRST, "progress"): "表里的一。"}),
        lambda book: book.remove(book[MILESTONES.name]),
    )
    ticked = FilingContent(milestones={planned[1].id: True})
    filings.save_filing(world.filing(1), ticked, by=filer, version=1, thresholds=THRESHOLDS)
    kept = upload(world, {}, data)
    assert outlooks(world, kept) == [RowOutcome.SAVE, RowOutcome.SAME]
    operations.import_form(kept, read(world.filing(1)), by=filer, thresholds=THRESHOLDS)
    assert (world.filing(1).progress, reached(world)) == ("表里的一。", {planned[1].id: True})


def test_a_milestone_that_the_plan_no_longer_has_is_refused(world: World, planned: list[Milestone]) -> None:
    data = operations.download_form(world.period, by=world.users["filer"])
    Milestone.delete().where(Milestone.id == planned[0].id).execute()
    with pytest.raises(UnusableForm, match="1 处需要改正") as refusal:
        operations.receive_form(data, "表.xlsx", world.period, by=world.users["filer"])
    assert [(one.sheet, one.row) for one in refusal.value.mistakes] == [("节点", FIRST)]
