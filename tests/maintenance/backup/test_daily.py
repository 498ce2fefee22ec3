"""Every day a backup, verified before older ones go; one that failed is tried again, but not all the time."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from unittest.mock import call, create_autospec

import pytest
from flask import Flask

from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at, now
from app.base.database import database
from app.base.settings.settings import Settings
from app.maintenance.backup import queries
from app.maintenance.backup.models import BackupRecord
from app.maintenance.backup.operations import BackupProcess
from app.maintenance.backup.rules import (
    BackupCause,
    backup_name,
    is_daily_due,
    names_to_prune,
)
from tests.databases import on_both
from tests.maintenance.installations import installation_of, run
from tests.world import World

AT = time(2, 30)
TODAY = datetime(2026, 11, 29)
HALF_PAST_TWO = TODAY.replace(hour=2, minute=30)


@pytest.mark.parametrize(
    ("moment", "taken_at", "failed_at", "is_due"),
    [
        (HALF_PAST_TWO, None, None, True),
        (HALF_PAST_TWO, HALF_PAST_TWO - timedelta(days=1), None, True),
        (HALF_PAST_TWO - timedelta(minutes=1), HALF_PAST_TWO - timedelta(days=1), None, False),
        (HALF_PAST_TWO + timedelta(hours=9), HALF_PAST_TWO, None, False),
        # The worker did not run at night.
        (HALF_PAST_TWO + timedelta(hours=6), HALF_PAST_TWO - timedelta(days=1), None, True),
        (HALF_PAST_TWO - timedelta(hours=1), HALF_PAST_TWO - timedelta(days=2), None, True),
        (HALF_PAST_TWO + timedelta(hours=1), None, HALF_PAST_TWO, True),
        (HALF_PAST_TWO + timedelta(minutes=59), None, HALF_PAST_TWO, False),
    ],
)
def test_when_a_backup_is_due(
    moment: datetime, taken_at: datetime | None, failed_at: datetime | None, is_due: bool
) -> None:
    assert is_daily_due(moment, AT, taken_at=taken_at, failed_at=failed_at) is is_due


def test_only_backups_are_pruned_and_the_newest_stay() -> None:
    moments = [TODAY + timedelta(days=day) for day in range(12)]
    names = [*map(backup_name, moments), backup_name(moments[-1], 2), backup_name(moments[-1], 10)]
    others = ["work-plan.db", "work-plan-2026.backup", "a.backup", f"{names[0]}.bak", f".{names[0]}"]
    pruned = names_to_prune([*names, *others], keep=3)
    assert sorted({*names} - {*pruned}) == sorted([names[11], names[12], names[13]])
    assert not {*pruned} & {*others}


def test_prune_says_what_it_deletes(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 6):
        (folder / backup_name(TODAY.replace(day=day))).write_text("")
    (folder / "note.txt").write_text("")
    assert run(app, "backup", "prune", "--keep", "3").stdout.endswith("删去 2 份。\n")
    assert {path.name for path in folder.iterdir()} == {
        "note.txt",
        *(backup_name(TODAY.replace(day=day)) for day in (3, 4, 5)),
    }
    refused = run(app, "backup", "prune", tmp_path / "nowhere")
    assert (refused.exit_code, refused.stderr) == (1, f"没有文件夹“{tmp_path / 'nowhere'}”，请核对路径。\n")


def test_the_daily_backup_is_taken_once_a_day_and_keeps_so_many(
    app: Flask, world: World, settings: Settings, tmp_path: Path
) -> None:
    app.config["SETTINGS"] = replace(settings, backup_keep=2, backup_folder=tmp_path / "elsewhere")
    for day in range(1, 4):
        for hour in (2, 3, 4):
            with clock_stopped_at(TODAY.replace(day=day, hour=hour, minute=40)):
                assert run(app, "backup", "daily").exit_code == 0
    names = sorted(path.name for path in (tmp_path / "elsewhere").iterdir())
    assert names == [f"work-plan-2026110{day}-024000.backup" for day in (2, 3)]
    assert BackupRecord.select().where(BackupRecord.cause == BackupCause.DAILY).count() == 3


def test_a_daily_backup_that_fails_is_known_and_deletes_nothing(
    app: Flask, world: World, settings: Settings, tmp_path: Path
) -> None:
    with clock_stopped_at(HALF_PAST_TWO):
        assert run(app, "backup", "daily").exit_code == 0
    good = queries.last_backup()
    assert good is not None
    (tmp_path / "in-the-way").write_text("")
    app.config["SETTINGS"] = replace(settings, backup_keep=1, backup_folder=tmp_path / "in-the-way")
    with clock_stopped_at(HALF_PAST_TWO + timedelta(days=1)):
        assert run(app, "backup", "daily").exit_code == 1
        assert run(app, "backup", "daily").stdout == "今天的备份已经有了，或者刚才没有做成，过一会儿再试。\n"
    failed = BackupRecord.select().order_by(BackupRecord.id.desc()).get()
    assert (failed.path, failed.is_verified) == ("", False)
    assert "不能写入" in failed.problem
    assert queries.last_backup() == good
    assert Path(good.path).exists()


@on_both
def test_the_worker_has_it_taken_by_a_process_of_its_own(
    app: Flask, world: World, settings: Settings
) -> None:
    database.close()
    process = BackupProcess()
    with app.app_context():
        process.start_if_due(installation_of(settings), by=SYSTEM)
        first = process.process
        assert first is not None
        process.start_if_due(installation_of(settings), by=SYSTEM)
        assert process.process is first
        assert first.wait(60) == 0
        taken = queries.last_daily(is_good=True)
        assert taken is not None
        assert taken.taken_at > now() - timedelta(minutes=2)
        process.start_if_due(installation_of(settings), by=SYSTEM)
        assert process.process is first
    process.stop_process()


def test_the_process_ends_with_the_worker() -> None:
    process, running = BackupProcess(), create_autospec(subprocess.Popen, instance=True)
    process.stop_process()  # none was started
    process.process = running
    process.stop_process()
    assert running.mock_calls == [call.terminate(), call.wait()]
