"""The system as `make run` and `make serve` keep it running: a supervisor with web processes and a worker."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

from app.base.settings.settings import ROOT, Settings
from tests.concurrency.service import free_port
from tests.processes import is_alive, wait_until

PROGRAM = (sys.executable, "deploy/supervise.py")
PATIENCE_SECONDS = 60
NAMES = {"web": "gunicorn", "worker": "huey_consumer"}


@dataclass
class SupervisedSystem:
    """A supervisor over the database of some settings."""

    settings: Settings
    port: int = field(default_factory=free_port)
    scheme: str = "http"
    supervisor: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        # A make of its own, that of no other which runs the tests.
        outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        return outside | {
            "INSTANCE_DIR": str(self.settings.instance),
            "DATABASE_URL": self.settings.database_url,
            "PLAIN_HTTP": "1",
            "PORT": str(self.port),
        }

    @property
    def log(self) -> str:
        return (self.settings.instance / "supervisor.log").read_text()

    def start(self, *arguments: str) -> None:
        """Start the supervisor and wait until the system answers."""
        with (self.settings.instance / "supervisor.log").open("ab") as log:
            self.supervisor = subprocess.Popen(
                [*PROGRAM, *(arguments or NAMES)], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        wait_until(self.answers, "the system does not answer")

    def answers(self) -> bool:
        """Return whether a page comes; a killed process may take a request along that it had accepted."""
        with (
            suppress(OSError, HTTPException),
            urlopen(
                f"{self.scheme}://127.0.0.1:{self.port}/login",
                timeout=10,
                context=ssl._create_unverified_context(),
            ) as page,
        ):
            return page.status == 200
        return False

    def process(self, name: str) -> int | None:
        """Return the process of a service."""
        assert self.supervisor is not None
        found = (child for child in children_of(self.supervisor.pid) if NAMES[name] in command_of(child))
        return next(found, None)

    def processes(self) -> list[int]:
        """Return every process that the supervisor and its services started."""
        assert self.supervisor is not None
        found = descendants_of(self.supervisor.pid)
        return [process for process in found if is_alive(process)]

    def kill(self, name: str) -> float:
        """Kill a service's process; return the seconds until another stands in its place and the system answers."""
        victim = self.process(name)
        assert victim is not None
        begun = time.monotonic()
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda: self.process(name) not in (None, victim), f"{name} is not started again")
        wait_until(self.answers, f"the system does not answer without its first {name}")
        return time.monotonic() - begun

    def kill_web_worker(self) -> None:
        """Kill one of the processes that answer requests, and wait for the one in its place."""
        web = self.process("web")
        assert web is not None
        wait_until(lambda: len(children_of(web)) > 1, "the web processes do not start")
        victim = children_of(web)[0]
        os.kill(victim, signal.SIGKILL)
        wait_until(
            lambda: victim not in children_of(web) and len(children_of(web)) > 1,
            "a web process is not started again",
        )

    def end(self, how: signal.Signals) -> int:
        """End the supervisor, see that nothing outlives it, and return its exit code."""
        assert self.supervisor is not None
        family = self.processes()
        self.supervisor.send_signal(how)
        code = self.supervisor.wait(PATIENCE_SECONDS)
        wait_until(lambda: not any(is_alive(one) for one in family), "a process outlives its supervisor")
        self.supervisor = None
        return code


@contextmanager
def supervised(settings: Settings) -> Iterator[SupervisedSystem]:
    """Give a system that is started, and leave nothing of it behind."""
    system = SupervisedSystem(settings)
    try:
        system.start()
        yield system
    finally:
        if system.supervisor is not None:
            system.end(signal.SIGKILL)


def children_of(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except FileNotFoundError:
        return []


def descendants_of(process: int) -> list[int]:
    return [found for child in children_of(process) for found in (child, *descendants_of(child))]


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except FileNotFoundError:
        return ""
