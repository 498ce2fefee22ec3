"""The system as it is served: several processes and threads behind one port, killed and started again at will."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from app.base.settings.settings import ROOT, Settings

START_SECONDS = 60  # only so that a broken service ends the run: what it really takes is a benchmark


@dataclass
class Service:
    """The web processes of the Procfile over the database of some settings."""

    settings: Settings
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start it and return how many seconds went by until it answered."""
        begun = time.monotonic()
        environment = os.environ | {
            "INSTANCE_DIR": str(self.settings.instance),
            "DATABASE_URL": self.settings.database_url,
            "PLAIN_HTTP": "1",
        }
        with (self.settings.instance / "web.log").open("ab") as log:
            self.process = subprocess.Popen(
                command(self.port),
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(f"http://{self.address}/login")
        return time.monotonic() - begun

    def kill(self) -> None:
        """Pull the plug: no process gets the chance to tidy up."""
        self.end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self.end(signal.SIGTERM)

    def end(self, number: signal.Signals) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, number)
            self.process.wait(START_SECONDS)
            self.process = None


def command(port: int) -> list[str]:
    """Return the command that the Procfile starts the web processes with."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    line = next(line for line in lines if line.startswith("web:"))
    program, *arguments = shlex.split(line.removeprefix("web:").replace("$BIND", f"127.0.0.1:{port}"))
    return [str(Path(sys.executable).parent / program), *arguments]


def free_port() -> int:
    (port,) = free_ports(1)
    return port


def free_ports(number: int) -> list[int]:
    """Return ports that nobody listens on, each another."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for free in sockets:
            free.bind(("127.0.0.1", 0))
        return [free.getsockname()[1] for free in sockets]


def wait_for(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(address):
                return
        except (URLError, OSError, HTTPException):
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")
