"""Printing in a process of its own: the same bytes, and whatever happens to that process, the worker lives on."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from app.base.settings.settings import ROOT
from app.printing import render_pool
from app.printing.formats import PrintedFile, render_document
from app.printing.render_pool import (
    RenderingFailed,
    RenderLimits,
    RenderPool,
    RenderProcessDied,
    no_heartbeat,
)
from app.printing.render_process import specimen_document
from app.printing.rules import FileFormat
from reports.model import DocumentError, OfficialDocument, Paragraph
from tests.processes import is_alive, wait_until

SHORT = specimen_document()
LONG = replace(SHORT, body=tuple(Paragraph(f"第{number}段。" * 40) for number in range(4_000)))
PDF = (FileFormat.PDF,)

# A process that is ready, takes a document, closes its line, and stays.
LINGERS = """
import sys, time
from multiprocessing.connection import Connection
line = Connection(int(sys.argv[1]))
line.send_bytes(b"")
line.recv_bytes()
line.close()
time.sleep(600)
"""

# A worker that names its rendering process once that is at a document which takes it a minute.
WORKER = """
from tests.printing.test_render_pool import LONG, PDF, RenderPool, process_in, render_pool
render_pool.PULSE_SECONDS = 0.5
room = RenderPool()
room.warm_up()
process = process_in(room)
room.render_document(LONG, PDF, lambda: print(process, flush=True))
"""


@pytest.fixture(autouse=True)
def quick_pulse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_pool, "PULSE_SECONDS", 0.1)


@pytest.fixture(scope="module")
def room() -> Iterator[RenderPool]:
    """A room that several tests share: a process takes seconds to get warm."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SECRET_KEY", "nobody else's business")
        room = RenderPool()
        room.warm_up()
        yield room
        room.close_pool()


@pytest.fixture
def room_with() -> Iterator[Callable[[RenderLimits], RenderPool]]:
    """Return how to open a room with other limits, closed after the test."""
    rooms: list[RenderPool] = []

    def opened(limits: RenderLimits) -> RenderPool:
        rooms.append(RenderPool(limits))
        return rooms[-1]

    yield opened
    for room in rooms:
        room.close_pool()


def print_in(room: RenderPool, document: OfficialDocument = SHORT) -> PrintedFile:
    (file,) = room.render_document(document, PDF, no_heartbeat)
    return file


def process_in(room: RenderPool) -> int:
    (only,) = room.idle
    return only.process.pid


def test_the_bytes_are_the_same_wherever_they_are_made_and_one_process_makes_many(room: RenderPool) -> None:
    (here,) = render_document(SHORT, PDF)
    process = process_in(room)
    assert [print_in(room), print_in(room)] == [here, here]
    assert process_in(room) == process


def test_a_document_that_cannot_be_set_is_refused_in_words_and_the_next_is_printed(room: RenderPool) -> None:
    process = process_in(room)
    with pytest.raises(DocumentError, match=r"U\+32000"):
        print_in(room, replace(SHORT, body=(Paragraph("走访\U00032000社区。"),)))
    assert print_in(room).pages == 2
    assert process_in(room) == process


def test_a_killed_process_is_reported_dead_and_replaced(room: RenderPool) -> None:
    process = process_in(room)

    def kill() -> None:
        os.kill(process, signal.SIGKILL)

    with pytest.raises(RenderProcessDied):
        room.render_document(LONG, PDF, kill)
    assert print_in(room).pages == 2
    assert process_in(room) != process


def test_one_that_died_at_rest_is_not_even_asked(room: RenderPool) -> None:
    process = process_in(room)
    os.kill(process, signal.SIGKILL)
    room.idle[0].process.wait()
    assert print_in(room).pages == 2
    assert process_in(room) != process


def test_one_that_closes_its_line_and_lingers_is_not_waited_for(
    room_with: Callable[[RenderLimits], RenderPool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_pool, "PROGRAM", (sys.executable, "-c", LINGERS))
    monkeypatch.setattr(render_pool, "LEAVE_SECONDS", 0.1)
    with pytest.raises(RenderProcessDied):
        print_in(room_with(RenderLimits()))


def test_it_dies_with_its_worker_in_the_middle_of_a_document() -> None:
    worker = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert worker.stdout
    process = int(worker.stdout.readline())
    worker.kill()
    worker.communicate()
    wait_until(lambda: not is_alive(process), "a rendering process outlives its worker", seconds=10)


def test_a_caller_that_no_longer_wants_it_ends_it(room: RenderPool) -> None:
    process = process_in(room)

    def lose() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        room.render_document(LONG, PDF, lose)
    assert process_in(room) != process
    assert print_in(room).pages == 2


def test_what_breaks_is_reported_and_the_process_replaced(room: RenderPool) -> None:
    process = process_in(room)
    unknown = cast(FileFormat, SimpleNamespace(value="papyrus"))
    with pytest.raises(RenderingFailed, match="papyrus"):
        room.render_document(SHORT, (unknown,), no_heartbeat)
    assert process_in(room) != process


def test_what_takes_too_long_is_stopped_and_the_office_reads_what_to_do(
    room_with: Callable[[RenderLimits], RenderPool],
) -> None:
    room = room_with(RenderLimits(seconds=1))
    room.warm_up()
    process = process_in(room)
    with pytest.raises(DocumentError, match=r"1 秒内没有排完.*请删减"):
        print_in(room, LONG)
    assert process_in(room) != process


def test_what_takes_too_much_memory_is_stopped_and_the_office_reads_what_to_do(
    room_with: Callable[[RenderLimits], RenderPool],
) -> None:
    room = room_with(RenderLimits(memory=512 * 1024**2))
    with pytest.raises(DocumentError, match=r"内存超过 512 MB.*请删减"):
        print_in(room, replace(SHORT, body=(Paragraph("走访社区。" * 200_000),)))
    assert print_in(room).pages == 2


def test_a_used_up_process_is_replaced(room_with: Callable[[RenderLimits], RenderPool]) -> None:
    room = room_with(RenderLimits(documents=1))
    room.warm_up()
    process = process_in(room)
    print_in(room)
    assert process_in(room) != process


def test_it_receives_neither_key_nor_password(room: RenderPool) -> None:
    assert b"SECRET_KEY" not in Path(f"/proc/{process_in(room)}/environ").read_bytes()


# Each is tried in one process that has given up its rights, and says how it ended.
FORBIDDEN = """
import os, socket, subprocess, sys
from pathlib import Path
from app.printing.render_process import give_up_rights
give_up_rights()
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("example.org", 80),
    lambda: subprocess.run(["true"]),
    lambda: os.system("true"),
    lambda: os.fork(),
    lambda: Path(sys.argv[1]).write_bytes(bytes(64 * 1024**2 + 1)),
):
    try:
        print("done", attempt())
    except OSError as error:
        print(type(error).__name__, error.errno or "")
"""


def test_it_can_reach_nothing_beyond_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FORBIDDEN, str(tmp_path / "file")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    *others, written = ended.stdout.splitlines()
    assert (others, written) == (["PermissionError "] * 5, f"OSError {errno.EFBIG}"), ended.stderr


CONNECTED = """
from app.base.processes import confinement
from app.printing import render_process
confinement.NEW_NETWORK = 1  # no kernel knows this flag
render_process.main(*map(int, __import__("sys").argv[1:]))
"""


def test_where_it_cannot_leave_the_network_the_log_says_so_and_it_prints(
    room_with: Callable[[RenderLimits], RenderPool],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(render_pool, "PROGRAM", (sys.executable, "-c", CONNECTED))
    assert print_in(room_with(RenderLimits())).pages == 2
    (warning,) = [record.getMessage() for record in caplog.records if record.name == render_pool.__name__]
    assert "没有能与网络隔离（Invalid argument）" in warning
    assert "请让系统管理员允许" in warning


CALL = """
import socket, sys
from app.printing.render_process import leave_the_network
said = leave_the_network()
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=10)
    print("reached", said)
except OSError:
    print("alone", said)
"""


def test_it_has_no_network_or_says_that_it_has() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        called = subprocess.run([sys.executable, "-c", CALL, port], cwd=ROOT, capture_output=True, text=True)
    met, _, output = called.stdout.strip().partition(" ")
    assert (met, bool(output)) in (("alone", False), ("reached", True)), called.stderr


def test_the_process_is_given_the_offices_own_fonts(tmp_path: Path) -> None:
    process = RenderPool(fonts_folder=tmp_path).take_process()
    try:
        environment = Path(f"/proc/{process.process.pid}/environ")
        wanted = f"FONTS_DIR={tmp_path}".encode()
        wait_until(lambda: wanted in environment.read_bytes().split(b"\0"), "it looks elsewhere", seconds=5)
    finally:
        process.end_process()
