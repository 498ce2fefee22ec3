"""What a rendering process leaves behind is taken away: by its worker, or by the one that starts the next."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.base.files.scratch import YOUNG_SECONDS, ScratchFolder
from app.base.settings.settings import ROOT
from app.printing.render_pool import SCRATCH_PREFIX, RenderPool

HOLDER = f"""
from app.base.files.scratch import ScratchFolder
held = ScratchFolder({SCRATCH_PREFIX!r})
print(held.path, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where scratch folders are made, here and in the processes that a test starts."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def grow_old(folder: Path) -> None:
    then = folder.stat().st_mtime - YOUNG_SECONDS - 1
    os.utime(folder, (then, then))


def test_the_fonts_of_a_killed_process_go_with_it_and_those_of_the_last_one_in_the_end(place: Path) -> None:
    room = RenderPool()
    room.warm_up()
    (process,), (first,) = room.idle, place.iterdir()
    assert list(first.rglob("*"))
    process.process.kill()
    process.process.wait()
    room.return_process(room.take_process())
    (second,) = place.iterdir()
    assert second != first
    room.close_pool()
    assert list(place.iterdir()) == []


def test_what_a_killed_worker_left_is_taken_away_by_the_next_and_what_is_in_use_stays(place: Path) -> None:
    def hold() -> tuple[subprocess.Popen[str], Path]:
        command = [sys.executable, "-c", HOLDER]
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        return process, Path(process.stdout.readline().strip())

    (killed, left), (alive, used) = hold(), hold()
    foreign = place / "weasyprint-of-another-program"
    foreign.mkdir()
    killed.kill()
    killed.communicate()
    for folder in (left, used, foreign):
        grow_old(folder)
    mine = ScratchFolder(SCRATCH_PREFIX)
    assert not left.exists()
    assert sorted(place.iterdir()) == sorted([used, mine.path, foreign])
    assert mine.path.name.startswith(SCRATCH_PREFIX)
    mine.remove_folder()
    alive.communicate("\n")
    assert not mine.path.exists()


def test_a_folder_that_was_just_made_is_not_taken_for_one_that_was_left(place: Path) -> None:
    young = place / f"{SCRATCH_PREFIX}young"
    young.mkdir()
    ScratchFolder(SCRATCH_PREFIX).remove_folder()
    assert young.exists()
    grow_old(young)
    ScratchFolder(SCRATCH_PREFIX).remove_folder()
    assert not young.exists()
