"""Handing out, receiving and taking over forms, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.audit.models import Event
from app.audit.queries import verify_chain
from app.authority.actor import SAMPLE_LOADER
from app.authority.policy import Action
from app.base.clock import clock_stopped_at, now
from app.base.errors import IllegalTransition, NotAllowed, NotFound
from app.filing.contributions.models import Contribution
from app.filing.core import content_reading
from app.filing.core import operations as filings
from app.filing.core.content import FilingContent, Tick
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.workbook import operations, queries
from app.filing.workbook.layout import INDICATORS, TASKS
from app.filing.workbook.mistakes import UnusableForm
from app.filing.workbook.models import UploadedForm
from app.filing.workbook.proposal import RowOutcome
from app.periods.operations import close_period
from app.plan.assignments.operations import set_indicators
from app.plan.core.models import Assignment, Indicator
from app.plan.core.queries import commitments_of_measure
from tests.databases import on_both
from tests.filing.pages import ticks_of
from tests.filing.workbook.forms import FIRST, SECOND, filled
from tests.filing.workbook.uploads import outlooks, read, upload
from tests.plan.tables import indicators
from tests.world import THRESHOLDS, World, full_content

ANSWERS = {(FIRST, "progress"): "表里的一。", (FIRST, "percent"): 60, (SECOND, "progress"): "表里的二。"}


def save(world: World, text: str, measure: int = 1) -> None:
    row = world.filing(measure)
    filings.save_filing(
        row, full_content(text), by=world.users["head"], version=row.version, thresholds=THRESHOLDS
    )


@on_both
def test_what_was_chosen_is_saved_and_everything_is_on_record(world: World) -> None:
    filer = world.users["filer"]
    kept = upload(world, ANSWERS)
    assert world.filing(1).is_blank
    operations.import_form(kept, read(world.filing(1)), by=filer, thresholds=THRESHOLDS)
    first, second = world.filing(1), world.filing(2)
    assert (first.progress, first.percent, first.version, first.state) == (
        "表里的一。",
        60,
        2,
        FilingState.DRAFT,
    )
    assert second.is_blank
    actions = [event.action for event in Event.select().order_by(Event.id.desc()).limit(4)]
    assert actions == [Action.IMPORT_FORM, Action.WRITE_FILING, Action.UPLOAD_FORM, Action.DOWNLOAD_FORM]
    assert verify_chain() is None


@on_both
def test_a_form_is_taken_over_once(world: World) -> None:
    filer, kept = world.users["filer"], upload(world, ANSWERS)
    operations.import_form(kept, read(world.filing(1)), by=filer, thresholds=THRESHOLDS)
    with pytest.raises(NotFound, match="已经导入过"):
        operations.import_form(kept, read(world.filing(2)), by=filer, thresholds=THRESHOLDS)
    assert world.filing(2).is_blank


@on_both
def test_all_or_nothing_when_somebody_was_faster_after_the_comparison(world: World) -> None:
    kept = upload(world, ANSWERS)
    compared = read(world.filing(1), world.filing(2))
    save(world, "网页上的二。", measure=2)
    with pytest.raises(
        IllegalTransition, match="一份也没有保存。经发办“打通转化链条”：这份填报在您勾选之后有了变化"
    ):
        operations.import_form(kept, compared, by=world.users["filer"], thresholds=THRESHOLDS)
    assert world.filing(1).is_blank
    assert world.filing(2).progress == "网页上的二。"
    assert queries.upload_of(world.users["filer"], kept.sha256) is not None


@on_both
def test_a_row_saved_by_somebody_since_the_download_is_a_conflict_and_can_be_overwritten(
    world: World,
) -> None:
    form = operations.download_form(world.period, by=world.users["filer"])
    save(world, "网页上的一。")
    kept = upload(world, ANSWERS, form)
    assert outlooks(world, kept) == [RowOutcome.CONFLICT, RowOutcome.SAVE]
    operations.import_form(kept, read(world.filing(1)), by=world.users["filer"], thresholds=THRESHOLDS)
    assert world.filing(1).progress == "表里的一。"


@on_both
def test_a_field_that_the_person_left_alone_is_not_written_by_the_form(world: World) -> None:
    filer = world.users["filer"]
    form = operations.download_form(world.period, by=filer)
    filings.save_filing(
        world.filing(1), FilingContent(problems="网页上的问题。"), by=filer, version=1, thresholds=THRESHOLDS
    )
    kept = upload(world, ANSWERS, form)
    assert outlooks(world, kept) == [RowOutcome.SAVE, RowOutcome.SAVE]
    operations.import_form(kept, read(world.filing(1)), by=filer, thresholds=THRESHOLDS)
    stored = world.filing(1)
    assert (stored.progress, stored.percent, stored.problems) == ("表里的一。", 60, "网页上的问题。")


def test_of_a_field_that_both_changed_the_stored_one_can_be_kept(world: World) -> None:
    filer = world.users["filer"]
    form = operations.download_form(world.period, by=filer)
    save(world, "网页上的一。")
    kept = upload(world, ANSWERS, form)
    chosen, keep = read(world.filing(1)), {world.filing(1).id: {"progress"}}
    operations.import_form(kept, chosen, by=filer, thresholds=THRESHOLDS, kept=keep)
    assert (world.filing(1).progress, world.filing(1).percent) == ("网页上的一。", 60)


def test_what_the_person_left_alone_is_no_conflict(world: World) -> None:
    form = operations.download_form(world.period, by=world.users["filer"])
    save(world, "网页上的一。")
    assert outlooks(world, upload(world, {(SECOND, "progress"): "表里的二。"}, form)) == [
        RowOutcome.SAME,
        RowOutcome.SAVE,
    ]


def test_a_step_that_left_the_text_alone_is_no_conflict(world: World) -> None:
    save(world, "网页上的一。")
    form = operations.download_form(world.period, by=world.users["filer"])
    row = world.filing(1)
    filings.submit_filing(row, by=world.users["filer"], version=row.version)
    filings.return_filing(row, by=world.users["head"], version=row.version, reason="请补充数字。")
    assert outlooks(world, upload(world, {(FIRST, "percent"): 80}, form)) == [
        RowOutcome.SAVE,
        RowOutcome.SAME,
    ]


def test_what_says_the_same_as_the_system_changes_nothing(world: World) -> None:
    form = operations.download_form(world.period, by=world.users["filer"])
    save(world, "网页上的一。")
    filer, same = (
        world.users["filer"],
        upload(world, {}, operations.download_form(world.period, by=world.users["filer"])),
    )
    assert outlooks(world, same) == [RowOutcome.SAME, RowOutcome.SAME]
    assert outlooks(world, upload(world, {}, form)) == [RowOutcome.SAME, RowOutcome.SAME]
    with pytest.raises(IllegalTransition, match="表里对这一项没有改动"):
        operations.import_form(
            upload(world, {}, form), read(world.filing(1)), by=filer, thresholds=THRESHOLDS
        )


def test_texts_that_no_cell_holds_survive_the_round_trip(world: World) -> None:
    long = "长" * 40_000
    save(world, long)
    kept = upload(world, {(FIRST, "percent"): 80})
    operations.import_form(kept, read(world.filing(1)), by=world.users["filer"], thresholds=THRESHOLDS)
    assert (world.filing(1).progress, world.filing(1).percent) == (long, 80)


def test_ticks_come_back_with_their_notes(world: World) -> None:
    filer = world.users["filer"]
    data = operations.download_form(world.period, by=filer)
    data = filled(data, {(FIRST, "done"): "是", (FIRST, "note"): "九月办结"}, TASKS)
    operations.import_form(upload(world, {}, data), read(world.filing(1)), by=filer, thresholds=THRESHOLDS)
    first = commitments_of_measure(world.filing(1).measure)[0]
    assert ticks_of(world.filing(1)) == {first.id: Tick(True, "九月办结")}


def submitted(world: World) -> None:
    save(world, "网页上的一。")
    row = world.filing(1)
    filings.submit_filing(row, by=world.users["filer"], version=row.version)


def unassigned(world: World) -> None:
    mine = (Assignment.item == world.measures[0]) & (Assignment.department == world.departments["经发办"])
    Assignment.delete().where(mine).execute()


def closed(world: World) -> None:
    close_period(world.period, by=SAMPLE_LOADER)


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (submitted, "现在是“待审签”，不能修改"),
        (unassigned, "经发办已不再承担这项举措"),
        (closed, "2026年第三季度的填报已关闭"),
    ],
)
def test_what_can_no_longer_be_written_is_shown_and_not_saved(
    world: World, meanwhile: Callable[[World], None], sentence: str
) -> None:
    form = operations.download_form(world.period, by=world.users["filer"])
    meanwhile(world)
    before, kept = world.filing(1), upload(world, ANSWERS, form)
    row = queries.proposal_of_form(bytes(kept.data), kept.period, user=world.users["filer"]).rows[0]
    assert (row.outcome, row.can_be_saved) == (RowOutcome.BLOCKED, False)
    assert sentence in row.obstacle
    with pytest.raises(IllegalTransition, match=sentence):
        operations.import_form(kept, read(world.filing(1)), by=world.users["filer"], thresholds=THRESHOLDS)
    assert (world.filing(1).version, world.filing(1).progress) == (before.version, before.progress)


def test_a_form_of_another_department_is_refused_row_by_row_and_the_refusal_is_on_record(
    world: World,
) -> None:
    theirs = operations.download_form(world.period, by=world.users["filer:城管办"])
    with pytest.raises(UnusableForm) as refusal:
        operations.receive_form(theirs, "别人的.xlsx", world.period, by=world.users["filer"])
    assert {(mistake.sheet, mistake.column) for mistake in refusal.value.mistakes} == {
        ("填报", "A 列（编号）"),
        ("配合情况", "A 列（编号）"),
    }
    assert not UploadedForm.select().exists()
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.action, event.summary) == (Action.UPLOAD_FORM, "未收下：别人的.xlsx")


def test_a_task_of_another_measure_is_refused(world: World) -> None:
    foreign = commitments_of_measure(world.measures[2])[0]
    data = operations.download_form(world.period, by=world.users["filer"])
    data = filled(data, {(FIRST, "key"): f"{world.filing(1).id}-{foreign.id}"}, TASKS)
    with pytest.raises(UnusableForm, match="1 处需要改正"):
        operations.receive_form(data, "表.xlsx", world.period, by=world.users["filer"])


def test_an_upload_is_its_accounts_alone_takes_the_place_of_the_last_and_expires(world: World) -> None:
    first, second = upload(world, ANSWERS), upload(world, {(FIRST, "percent"): 61})
    assert [row.id for row in UploadedForm.select()] == [second.id]
    assert queries.upload_of(world.users["filer"], first.sha256) is None
    assert queries.upload_of(world.users["head"], second.sha256) is None
    with clock_stopped_at(now() + timedelta(hours=25)):
        assert queries.upload_of(world.users["filer"], second.sha256) is None
        data = operations.download_form(world.period, by=world.users["head:城管办"])
        operations.receive_form(data, "表.xlsx", world.period, by=world.users["head:城管办"])
    assert [row.account_id for row in UploadedForm.select()] == [world.users["head:城管办"].account_id]


def test_what_somebody_else_uploaded_is_kept_for_a_day(world: World) -> None:
    with clock_stopped_at(now()):
        for who, hours in (("head", 24), ("filer:城管办", 23)):
            with clock_stopped_at(now() - timedelta(hours=hours)):
                operations.store_form(b"", who, world.period, by=world.users[who])
        operations.store_form(b"", "长" * 255 + ".xlsx", world.period, by=world.users["filer"])
    assert {row.name for row in UploadedForm.select()} == {"filer:城管办", "长" * 250 + ".xlsx"}


def test_who_has_nothing_to_file_is_given_no_form(world: World) -> None:
    Filing.delete().where(Filing.department == world.departments["城管办"]).execute()
    Contribution.delete().where(Contribution.department == world.departments["城管办"]).execute()
    with pytest.raises(NotFound, match="没有需要您部门填报或者配合的举措"):
        operations.download_form(world.period, by=world.users["filer:城管办"])


@pytest.mark.parametrize("who", ["office", "leader", "system_admin", "auditor"])
def test_forms_are_for_departments_and_the_quarter_for_the_office(world: World, who: str) -> None:
    kept = upload(world, ANSWERS)
    user = world.users[who]
    with pytest.raises(NotAllowed):
        operations.download_form(world.period, by=user)
    with pytest.raises(NotAllowed):
        operations.receive_form(bytes(kept.data), "表.xlsx", world.period, by=user)
    with pytest.raises(NotAllowed):
        operations.import_form(kept, read(world.filing(1)), by=user, thresholds=THRESHOLDS)
    if who != "office":
        with pytest.raises(NotAllowed):
            operations.export_quarter(world.period, by=user)


@on_both
def test_the_values_of_indicators_stay_as_they_stand(world: World, tmp_path: Path) -> None:
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,1200"), by=SAMPLE_LOADER)
    filer, filing, asked = world.users["filer"], world.filing(1), Indicator.get()
    before = operations.download_form(world.period, by=filer)
    content = replace(full_content(), indicators={asked.id: Decimal(900)})
    filings.save_filing(filing, content, by=filer, version=filing.version, thresholds=THRESHOLDS)
    assert outlooks(world, upload(world, {}, before)) == [RowOutcome.SAME, RowOutcome.SAME]
    kept = upload(world, {(FIRST, "progress"): "表里的一。"})
    operations.import_form(kept, read(world.filing(1)), by=filer, thresholds=THRESHOLDS)
    stands = content_reading.content_of_filing(world.filing(1))
    assert (stands.progress, stands.indicators) == ("表里的一。", {asked.id: Decimal(900)})


@on_both
def test_values_of_indicators_come_back_from_the_form(world: World, tmp_path: Path) -> None:
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,1200"), by=SAMPLE_LOADER)
    filer, asked = world.users["filer"], Indicator.get()
    data = filled(operations.download_form(world.period, by=filer), {(FIRST, "value"): "1,050"}, INDICATORS)
    kept = upload(world, {}, data)
    row = queries.proposal_of_form(bytes(kept.data), world.period, user=filer).rows[0]
    assert [(change.label, change.difference.new) for change in row.changes] == [
        ("走访企业", "<ins>1,050 家</ins>")
    ]
    operations.import_form(kept, read(world.filing(1)), by=filer, thresholds=THRESHOLDS)
    assert content_reading.content_of_filing(world.filing(1)).indicators == {asked.id: Decimal(1050)}


def test_only_the_lead_is_asked_for_indicators_and_a_retired_one_is_refused(
    world: World, tmp_path: Path
) -> None:
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,1200"), by=SAMPLE_LOADER)
    theirs = queries.form_rows(world.period, user=world.users["filer:城管办"])
    assert [row.facts["role"] for row in theirs if row.indicators] == []
    data = operations.download_form(world.period, by=world.users["filer"])
    Indicator.update(retired=True).execute()
    with pytest.raises(UnusableForm) as refusal:
        operations.receive_form(data, "表.xlsx", world.period, by=world.users["filer"])
    assert [(one.sheet, one.row) for one in refusal.value.mistakes] == [("指标", FIRST)]
