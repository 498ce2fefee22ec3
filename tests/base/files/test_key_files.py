"""A key is written whole or not at all, and all who ask at once get the same."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.base.files import key_files
from app.base.files.key_files import (
    BadKeyFile,
    read_key,
    read_or_create_key,
    write_key,
)

PROCESSES = 6
PROGRAM = """
import pathlib, runpy, sys
read_or_create_key = runpy.run_path(sys.argv[1])["read_or_create_key"]
print(read_or_create_key(pathlib.Path(sys.argv[2])))
"""


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = read_or_create_key(tmp_path / "key")
    assert len(bytes.fromhex(key)) == 32
    assert read_or_create_key(tmp_path / "key") == key
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_processes_that_ask_at_once_get_the_same_key(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, key_files.__file__, str(tmp_path / "key")]
    asking = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)]
    keys = {process.communicate(timeout=60)[0].strip() for process in asking}
    assert keys == {read_key(tmp_path / "key")}
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize("text", [b"", b"\n", b"0123abc", b"0" * 63, b"0" * 65, b"\xff" * 64, b"G" * 64])
def test_half_a_key_is_refused_in_words_and_left_alone(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "key"
    file.write_bytes(text)
    with pytest.raises(BadKeyFile, match=r"不完整.*从备份恢复"):
        read_or_create_key(file)
    assert file.read_bytes() == text


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_where_the_disk_is_full_there_is_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space"):
        read_or_create_key(tmp_path / "key")
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    write_key(tmp_path / "key", "a" * 64)
    write_key(tmp_path / "key", "b" * 64)
    assert read_key(tmp_path / "key") == "a" * 64
