"""A start on a full disk: each command says so in a sentence, whatever it was just about to write."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from app.base.settings.settings import ROOT

# What there is room for: nothing at all, the keys, some of the tables.
ROOMS = ((4, "full"), (8, ""), (256, ""))
MOUNT = 'mount -t tmpfs -o "size=$0k" tmpfs "$(dirname "$INSTANCE_DIR")" && cd "$1" && shift && { $FILL; exec "$@"; }'


def run_on_small_disk(
    folder: Path, kilobytes: int, filler: str, *command: str
) -> subprocess.CompletedProcess[str]:
    """Run a command whose instance lies on a disk of that size, which is there for it alone."""
    alone = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    fill = f"dd if=/dev/zero of={folder}/filler bs=1k count={kilobytes + 1} status=none" if filler else ":"
    return subprocess.run(
        [*alone, "sh", "-c", MOUNT, str(kilobytes), str(ROOT), *command],
        env=os.environ | {"INSTANCE_DIR": str(folder / "instance"), "PLAIN_HTTP": "1", "FILL": fill},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(autouse=True)
def small_disks(tmp_path: Path) -> None:
    """Skip, and say why, where the system lets nobody have a disk of his own."""
    tried = run_on_small_disk(tmp_path, 4, "", "true")
    if tried.returncode != 0:
        pytest.skip(f"没有可用的小磁盘：{tried.stderr.strip()}")


@pytest.mark.parametrize(("kilobytes", "filler"), ROOMS)
def test_a_start_on_a_full_disk_says_so(tmp_path: Path, kilobytes: int, filler: str) -> None:
    answer = run_on_small_disk(tmp_path, kilobytes, filler, "flask", "--app", "wsgi", "service", "prepare")
    assert answer.returncode not in (0, None)
    assert "Traceback" not in answer.stderr
    assert "磁盘" in answer.stderr and "已满" in answer.stderr
    assert "db upgrade" not in answer.stderr
