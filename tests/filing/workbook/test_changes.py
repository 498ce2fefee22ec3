"""Handing forms out, receiving them and taking them over, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from app.base.clock import clock_stopped_at
from app.filing.core.models import Filing
from app.filing.core.operations import submit_filing
from app.filing.workbook import operations, queries
from app.filing.workbook.models import UploadedForm
from tests.filing.workbook.forms import FIRST, SECOND, filled
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import THRESHOLDS, World

MOMENT = datetime(2026, 9, 25, 9, 30)
BOTH = {(FIRST, "progress"): "表里的一。", (FIRST, "percent"): 60, (SECOND, "progress"): "表里的二。"}
ONE = {(FIRST, "progress"): "表里的一，改过。"}


def test_each_operation_changes_what_it_names_and_nothing_else(world: World) -> None:
    found = changes_beside(__file__, MOMENT)
    with clock_stopped_at(MOMENT):
        blank = operations.download_form(world.period, by=world.users["filer"])
    hand_out(found, world)
    receive(found, world, blank)
    take_over(found, world, blank)
    found.compare()


def hand_out(found: RecordedChanges, world: World) -> None:
    users, period = world.users, world.period
    found.record("download", lambda: operations.download_form(period, by=users["filer"]))
    found.record(
        "download without anything to file", lambda: operations.download_form(period, by=users["office"])
    )
    found.record("export", lambda: operations.export_quarter(period, by=users["office"]))
    found.record("export as filer", lambda: operations.export_quarter(period, by=users["filer"]))


def receive(found: RecordedChanges, world: World, blank: bytes) -> None:
    def take(data: bytes, name: str = "填报表.xlsx", by: str = "filer") -> Callable[[], UploadedForm]:
        return lambda: operations.receive_form(data, name, world.period, by=world.users[by])

    found.record("receive", take(filled(blank, BOTH)))
    found.record("receive as auditor", take(filled(blank, BOTH), by="auditor"))
    found.record("receive another in its place", take(filled(blank, ONE), "长" * 255 + ".xlsx"))
    found.record("receive what is no form", take(b"x", "别的.xlsx"))
    found.record("receive wrong answers", take(filled(blank, {(FIRST, "percent"): "很多"})))
    found.record("receive another's form", take(filled(blank, BOTH), by="filer:城管办"))
    with clock_stopped_at(MOMENT):
        theirs = operations.download_form(world.period, by=world.users["filer:城管办"])
    kept = UploadedForm.get()
    at = MOMENT + timedelta(minutes=len(found.steps))
    for name, age in (("within a day", timedelta(days=1, seconds=-1)), ("after a day", timedelta(days=1))):
        UploadedForm.update(uploaded_at=at - age).where(UploadedForm.id == kept.id).execute()
        found.record(f"receive theirs {name}", take(filled(theirs, ONE), by="filer:城管办"))
        at += timedelta(minutes=1)


def take_over(found: RecordedChanges, world: World, blank: bytes) -> None:
    filer = world.users["filer"]

    def upload(answers: Mapping[tuple[int, str], object]) -> UploadedForm:
        with clock_stopped_at(MOMENT):
            kept = operations.receive_form(filled(blank, answers), "填报表.xlsx", world.period, by=filer)
            read = queries.upload_of(filer, kept.sha256)
        assert read
        return read

    def import_it(
        kept: UploadedForm, *chosen: Filing, late: int = 0, by: str = "filer"
    ) -> Callable[[], None]:
        rows = [(filing, filing.version - late) for filing in chosen]
        return lambda: operations.import_form(kept, rows, by=world.users[by], thresholds=THRESHOLDS)

    kept = upload(BOTH)
    found.record("import as another", import_it(kept, world.filing(1), by="auditor"))
    found.record("import what was changed", import_it(kept, world.filing(1), world.filing(2), late=1))
    found.record("import another's filing", import_it(kept, world.filing(3, "城管办")))
    found.record("import one of two", import_it(kept, world.filing(1)))
    found.record("import again", import_it(kept, world.filing(2)))
    kept = upload(ONE)
    found.record("import what is the same", import_it(kept, world.filing(2)))
    ready = Filing.get_by_id(world.filing(1).id)
    ready.problems = ready.next_steps = "有。"
    ready.status, ready.forecast = "on_track", "can_finish"
    ready.save()
    with clock_stopped_at(MOMENT):
        submit_filing(world.filing(1), by=filer, version=ready.version)
    found.record("import what was handed in", import_it(kept, world.filing(1)))
