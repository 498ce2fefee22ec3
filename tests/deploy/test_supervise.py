"""Processes that die are started again; none outlives its supervisor. By the dozen: benchmarks.process_recovery."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from app.base.settings.settings import ROOT, Settings
from tests.concurrency.service import free_port
from tests.deploy.supervised import (
    NAMES,
    PATIENCE_SECONDS,
    PROGRAM,
    SupervisedSystem,
    supervised,
)
from tests.processes import wait_until
from tests.world import World

# What make need not look at: everything is installed.
INSTALLED = ("-o", "setup", "-o", ".venv/.front")


def test_what_dies_is_started_again_and_nothing_outlives_a_killed_supervisor(
    world: World, settings: Settings
) -> None:
    with supervised(settings) as system:
        system.kill("worker")
        assert system.answers()
        system.kill_web_worker()
        assert system.answers()
        system.kill("web")
        assert system.log.count("意外结束（信号 9）") == 2
        system.end(signal.SIGKILL)
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", system.port))
        assert "Traceback" not in system.log


def test_a_port_in_use_is_reported_before_anything_else_happens(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = make("run", INSTANCE_DIR=str(tmp_path / "instance"), PORT=str(port))
    sentence, *rest = answer.stderr.splitlines()
    assert answer.returncode != 0
    assert f"端口 {port} 已被占用" in sentence and "PORT=" in sentence
    assert [line for line in rest if not line.startswith("make: ***")] == []
    assert answer.stdout == ""


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1"])
def test_what_is_no_port_is_reported(port: str) -> None:
    answer = subprocess.run(
        [*PROGRAM, "web"],
        cwd=ROOT,
        env=os.environ | {"PORT": port},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("端口须是 1 至 65535 的整数")
    assert len(answer.stderr.splitlines()) == 1


def test_nothing_is_started_where_the_preparation_fails() -> None:
    command = [*PROGRAM, "--first", "sh -c 'exit 3'", "--say", "started", *NAMES]
    environment = os.environ | {"PORT": str(free_port())}
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr) == (3, "", "")


def test_ctrl_c_in_a_terminal_ends_everything_in_silence(world: World, settings: Settings) -> None:
    system = SupervisedSystem(settings, free_port(), "https")
    terminal, other_end = pty.openpty()
    make = subprocess.Popen(
        ["make", *INSTALLED, "serve"],
        cwd=ROOT,
        env=system.environment,
        stdin=other_end,
        stdout=other_end,
        stderr=other_end,
        start_new_session=True,
    )
    os.close(other_end)
    try:
        wait_until(system.answers, "the system does not answer")
        output_before = os.read(terminal, 10_000).decode()
        os.killpg(make.pid, signal.SIGINT)
        make.wait(PATIENCE_SECONDS)
    finally:
        make.kill()  # and all that it started goes with it
    assert "Traceback" not in output_before
    assert rest_of(terminal) == ""
    assert not system.answers()


def rest_of(terminal: int) -> str:
    """Return what a terminal was told since, up to its end."""
    output = b""
    try:
        while piece := os.read(terminal, 10_000):
            output += piece
    except OSError:  # how a terminal says that nobody holds its other end
        pass
    os.close(terminal)
    return output.decode()


def make(goal: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a goal of the Makefile where everything is installed."""
    return subprocess.run(
        ["make", *INSTALLED, goal],
        cwd=ROOT,
        # As from a terminal, though `make test` may have started this.
        env={name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
