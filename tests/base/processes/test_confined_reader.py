"""The process that reads a file: it answers, or it is ended; and it can do nothing else."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from app.base.errors import BadInput
from app.base.processes.confined_reader import (
    ConfinedReader,
    ReaderBroken,
    ReaderBusy,
    ReadingLimits,
    current_reader,
)
from app.base.settings.settings import Settings
from tests.base import functions_in_child as child
from tests.processes import landlock_version

TOO_COSTLY = r"^这个文件太复杂，\d+ 秒、256 MB 内存以内没有读完"
MEMORY = 256 * 1024**2
LONGEST_SECONDS = 60  # no answer takes so long, however busy the machine is


@pytest.fixture
def reader() -> ConfinedReader:
    """A reader with time enough for an answer on a machine that is busy."""
    return ConfinedReader(ReadingLimits(LONGEST_SECONDS, MEMORY))


@pytest.fixture
def hurried() -> ConfinedReader:
    """A reader that ends what takes longer than a second."""
    return ConfinedReader(ReadingLimits(1, MEMORY))


def open_files() -> list[Path]:
    return sorted(Path("/proc/self/fd").iterdir())


def file(content: bytes = b"content") -> io.BytesIO:
    return io.BytesIO(content)


def test_a_file_goes_in_and_plain_data_comes_out(reader: ConfinedReader) -> None:
    started = file("内容😀".encode())
    started.seek(3)
    assert reader.call_with_file(child.echo, started, text="“引号”\udc80") == ["“引号”\udc80", "内容😀"]


def test_a_refusal_keeps_its_sentence(reader: ConfinedReader) -> None:
    with pytest.raises(BadInput, match=r"^这个文件不行。$"):
        reader.call_with_file(child.refuse, file())


@pytest.mark.parametrize("function", [child.take_memory, child.crash, child.say_too_much])
def test_too_much_memory_is_a_sentence(reader: ConfinedReader, function: Callable[..., Any]) -> None:
    with pytest.raises(BadInput, match=TOO_COSTLY):
        reader.call_with_file(function, file())


@pytest.mark.parametrize("function", [child.work_forever, child.sleep_forever])
def test_too_much_time_is_a_sentence_in_time(hurried: ConfinedReader, function: Callable[..., Any]) -> None:
    begun = time.monotonic()
    with pytest.raises(BadInput, match=TOO_COSTLY):
        hurried.call_with_file(function, file())
    assert time.monotonic() - begun < LONGEST_SECONDS


def test_a_fault_of_the_program_is_not_the_files(reader: ConfinedReader) -> None:
    with pytest.raises(ReaderBroken, match="读取文件的程序出了错"):
        reader.call_with_file(child.break_down, file())


def test_it_reaches_nothing_but_its_file(reader: ConfinedReader, tmp_path: Path) -> None:
    path, secret, sent = tmp_path / "written", tmp_path / "secret-key", file()
    secret.write_text("nobody else's business")
    found = reader.call_with_file(child.reach_out, sent, path=str(path), secret=str(secret))
    assert found.pop("write to the upload") == "OSError"
    reading = {found.pop(name) for name in ("read", "list", "read of its parent")}
    assert reading == ({"PermissionError"} if landlock_version() else {"done"})
    assert set(found) == {"network", "program", "fork", "write"}
    assert "done" not in found.values()
    assert not path.exists() or path.stat().st_size == 0
    assert sent.getvalue() == b"content"


def test_it_knows_no_secret_and_loads_nothing_of_the_pages(
    reader: ConfinedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret")
    found = reader.call_with_file(child.what_is_known, file())
    assert not {"flask", "peewee", "weasyprint", "openpyxl", "app.base.settings.settings"} & set(
        found["modules"]
    )
    assert set(found["environment"]) <= {"PYTHONPATH", "LC_CTYPE"}
    assert found["rights"] == ["NoNewPrivs:\t1"]


def test_only_so_many_read_at_once(reader: ConfinedReader) -> None:
    reader.wait_seconds = 0
    with reader.slots, reader.slots, pytest.raises(ReaderBusy, match="请过半分钟再试") as refused:
        reader.call_with_file(child.echo, file(), text="")
    assert refused.value.status == 503
    assert reader.call_with_file(child.echo, file(), text="a")[0] == "a"


def test_each_application_reads_within_its_own_limits(settings: Settings) -> None:
    apps = [create_app(replace(settings, reading_seconds=seconds)) for seconds in (7, 9)]
    limits = []
    for app in apps:
        with app.app_context():
            limits.append(current_reader().limits.seconds)
    assert limits == [7, 9]


def children() -> set[str]:
    """Return the processes that this one has started and not seen the end of."""
    found: set[str] = set()
    for thread in Path("/proc/self/task").iterdir():
        # A thread that ends meanwhile leaves its own to another.
        with suppress(FileNotFoundError, ProcessLookupError):
            found.update((thread / "children").read_text().split())
    return found


def test_nothing_is_left_behind(hurried: ConfinedReader) -> None:
    before = open_files(), children()
    for function in (child.refuse, child.work_forever, child.crash):
        with pytest.raises(BadInput):
            hurried.call_with_file(function, file())
    assert (open_files(), children()) == before
