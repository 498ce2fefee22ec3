"""After a clean stop the database file is whole by itself: who copies it copies everything."""

from __future__ import annotations

import os
import shlex
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from app.base.database import database
from app.base.settings.settings import ROOT, Settings
from tests.concurrency.service import Service
from tests.concurrency.writers import Attempt, add_writers, come_in
from tests.world import World


def start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    line = next(line for line in lines if line.startswith("worker:"))
    program, *arguments = shlex.split(line.removeprefix("worker:"))
    environment = os.environ | {
        "INSTANCE_DIR": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "PLAIN_HTTP": "1",
    }
    with (settings.instance / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [str(Path(sys.executable).parent / program), *arguments],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def test_a_copy_of_the_file_alone_holds_what_was_saved_before_a_stop(
    world: World, settings: Settings
) -> None:
    names = add_writers(world, 2)
    database.obj.close_all()
    service, worker = Service(settings), start_worker(settings)
    service.start()
    writers = [come_in(service.address, name) for name in names]
    for number in range(4):
        for writer in writers:
            writer.write(world.filing(1).id, f"[{number}]")
    database.obj.close_all()
    service.stop()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0, (settings.instance / "worker.log").read_text()

    copy = settings.instance / "copied"
    copy.write_bytes((settings.instance / "work-plan.db").read_bytes())
    attempts: list[Attempt] = [attempt for writer in writers for attempt in writer.attempts]
    with closing(sqlite3.connect(copy)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (progress,) = file.execute(
            "SELECT progress FROM filing WHERE id = ?", [world.filing(1).id]
        ).fetchone()
        (saves,) = file.execute("SELECT count(*) FROM event WHERE action = 'write_filing'").fetchone()
    assert (progress, saves) == (attempts[-1].written, len(attempts))
