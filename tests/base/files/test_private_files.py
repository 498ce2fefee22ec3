"""Nothing that the system writes can be read by another user of the machine, whatever it was started with."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.base.files.private_files import UnusableFolder, refuse_shared_folder, restrict_modes
from app.base.settings.settings import ROOT

STRANGER = 12_345
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to another user")

# A process of ours, started by a careless shell, that writes of every sort.
WRITES = """
import os, io, signal, sys
os.umask(0o022)
from app import start_app
app = start_app()
from pathlib import Path
from app.base.database import database
from app.uploads.current_store import current_store
from app.wiring.queue import current_queue
from app.printing.render_pool import RenderPool
with app.app_context():
    database.connect(reuse_if_open=True)
    database.execute_sql("PRAGMA user_version = 1")
    current_store().put_file(io.BytesIO(b"words"), "0" * 64)
    current_queue().render(1)
    pool = RenderPool()
    pool.warm_up()
    [process] = pool.idle
    status = Path(f"/proc/{process.process.pid}/status").read_text()
    print(next(line for line in status.splitlines() if line.startswith("Umask")))
    print("scratch", oct(process.scratch.path.stat().st_mode & 0o777))
    pool.close_pool()
    sys.stdout.flush()
    # Killed: with its journals beside the database.
    os.kill(os.getpid(), signal.SIGKILL)
"""


UPGRADE = (
    "from flask.cli import main; import sys; sys.argv = ['flask', '--app', 'wsgi', 'db', 'upgrade']; main()"
)

START = "from app import start_app; start_app()"


def run(program: str, instance: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_DIR": str(instance), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def create_database(instance: Path, **settings: str) -> None:
    made = run(UPGRADE, instance, **settings)
    assert made.returncode == 0, made.stderr


def open_to_others(folder: Path) -> dict[str, str]:
    """Return the modes of a folder and all that is in it, of what is open to anybody but the owner."""
    modes: dict[str, int] = {}
    for place in (folder, *folder.rglob("*")):
        with suppress(FileNotFoundError):  # gone meanwhile: a lock, a journal
            modes[str(place)] = stat.S_IMODE(place.lstat().st_mode)
    return {name: oct(mode) for name, mode in modes.items() if mode & 0o077}


@pytest.fixture
def loose_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_whatever_is_written_is_for_its_owner_alone(tmp_path: Path, loose_umask: None) -> None:
    instance = tmp_path / "instance"
    instance.mkdir()
    create_database(instance)
    done = run(WRITES, instance)
    assert done.stdout.splitlines() == ["Umask:\t0077", "scratch 0o700"], done.stderr
    names = {place.name for place in instance.iterdir()}
    assert {
        "work-plan.db",
        "work-plan.db-wal",
        "work-plan.db-shm",
        "queue.db",
        "secret-key",
        "attachments",
    } <= names
    assert open_to_others(instance) == {}


def test_a_start_over_loose_modes_restricts_them_and_says_so_once(tmp_path: Path, loose_umask: None) -> None:
    instance, elsewhere = tmp_path / "instance", tmp_path / "elsewhere"
    for folder in (instance / "attachments" / "ab", instance / "backups", elsewhere / "files"):
        folder.mkdir(parents=True)
    for name in ("queue.db", "audit-anchors.log", "web.log", "attachments/ab/1", "backups/1.backup"):
        (instance / name).write_bytes(b"")
    (elsewhere / "files" / "1").write_bytes(b"")
    outside = tmp_path / "outside"
    outside.write_bytes(b"")
    (instance / "link").symlink_to(outside)
    settings = {"DATABASE_URL": f"sqlite:///{elsewhere}/plan.db", "ATTACHMENTS_URL": str(elsewhere / "files")}

    create_database(instance, **settings)
    run(START, instance, **settings)  # makes the key
    for file in (elsewhere / "plan.db", instance / "secret-key", instance / "queue.db"):
        file.chmod(0o644)

    first, second = (run(START, instance, **settings) for _ in range(2))

    assert "已改为只有本系统的用户可用" in first.stderr
    assert str(instance) in first.stderr
    assert second.stderr == ""
    assert set(open_to_others(instance)) == {str(instance / "link")}
    assert set(open_to_others(elsewhere)) == {str(elsewhere)}
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644


@needs_root
def test_what_belongs_to_another_user_is_named_and_left(tmp_path: Path, loose_umask: None) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for file in (mine, theirs):
        file.write_bytes(b"")
    os.chown(theirs, STRANGER, STRANGER)
    restricted = restrict_modes([tmp_path])
    assert (mine in restricted.closed, restricted.left) == (True, (theirs,))
    assert f"本系统改不了：{theirs}。" in restricted.mode_sentences[1]


@pytest.mark.parametrize("folder", [Path("/"), Path("/tmp"), ROOT, ROOT.parent])
def test_a_folder_with_another_use_is_refused(folder: Path) -> None:
    with pytest.raises(UnusableFolder, match="另有用处"):
        refuse_shared_folder(folder, ROOT)


@needs_root
def test_a_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    os.chown(tmp_path, STRANGER, STRANGER)
    with pytest.raises(UnusableFolder, match=f"属于用户 {STRANGER}，现在运行的用户是 root"):
        refuse_shared_folder(tmp_path, ROOT)
    refused = run("from app import start_app; start_app()", tmp_path)
    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr
    assert f"属于用户 {STRANGER}" in refused.stderr


def test_what_goes_meanwhile_is_no_obstacle(tmp_path: Path) -> None:
    assert restrict_modes([tmp_path / "gone"]).mode_sentences == ()
