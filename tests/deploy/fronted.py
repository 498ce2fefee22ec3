"""The system as `make serve` runs it: behind its front, as a user that is not root, with an instance of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPMessage, HTTPSConnection
from pathlib import Path

from app.base.settings.settings import ROOT
from tests.concurrency.service import free_port
from tests.concurrency.visitor import Visitor
from tests.deploy.supervised import PATIENCE_SECONDS, descendants_of
from tests.processes import is_alive, wait_until
from tests.world import World

NOBODY = 65534
# Where the tests run as root, the programs may lie where nobody else can look; this lets it look and nothing more.
AS_NOBODY = (
    "setpriv",
    f"--reuid={NOBODY}",
    f"--regid={NOBODY}",
    "--clear-groups",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
)


@dataclass
class FrontedSystem:
    """`make serve` over a copy of a database."""

    world: World
    instance: Path
    port: int
    supervisor: subprocess.Popen[bytes]
    log_file: Path

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    @property
    def root_certificate(self) -> Path:
        return self.instance / "front" / "pki" / "authorities" / "local" / "root.crt"

    @property
    def trust(self) -> ssl.SSLContext:
        """Return what trusts the certificates of this front and no others."""
        return ssl.create_default_context(cafile=str(self.root_certificate))

    def connect(self, trust: ssl.SSLContext | None = None) -> HTTPSConnection:
        """Return a connection whose certificate is checked."""
        context = trust or self.trust
        return HTTPSConnection("localhost", self.port, timeout=PATIENCE_SECONDS, context=context)

    def ask(self, path: str, **headers: str) -> tuple[int, HTTPMessage, str]:
        """Return status, headers and text of the answer to a request."""
        with closing(self.connect()) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    def open_socket(self) -> ssl.SSLSocket:
        """Return a bare connection, for requests that are sent in pieces."""
        plain = socket.create_connection(("localhost", self.port), timeout=PATIENCE_SECONDS)
        return self.trust.wrap_socket(plain, server_hostname="localhost")

    def answers(self) -> bool:
        """Return whether the log-in page comes."""
        try:
            return self.ask("/login")[0] == 200
        except OSError:
            return False

    def visitor(self, who: str) -> SecureVisitor:
        """Return somebody who has logged in."""
        return SecureVisitor(self, self.world.users[who].username).log_in()


class SecureVisitor(Visitor):
    """A visitor whose connections are encrypted."""

    def __init__(self, system: FrontedSystem, username: str) -> None:
        super().__init__(system.host, username)
        self.system = system

    def connect(self) -> HTTPSConnection:
        return self.system.connect()


@contextmanager
def fronted(world: World, database: Path, **environment: str) -> Iterator[FrontedSystem]:
    """Serve a copy of a database, and leave nothing of it behind."""
    # Not one of pytest's folders: those are closed to others, and a socket's path must be short.
    instance = Path(tempfile.mkdtemp(prefix="work-plan-"))
    shutil.copy(database, instance / "work-plan.db")
    port = free_port()
    is_root = os.geteuid() == 0
    if is_root:
        for path in (instance, instance / "work-plan.db"):
            os.chown(path, NOBODY, NOBODY)
    given = {"INSTANCE_DIR": str(instance), "PORT": str(port), "HOME": str(instance), **environment}
    command = [*(AS_NOBODY if is_root else ()), "make", "-o", "setup", "-o", ".venv/.front", "serve"]
    log_file = instance.with_suffix(".log")
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | given, stdout=log, stderr=log, start_new_session=True
        )
    system = FrontedSystem(world, instance, port, process, log_file)
    try:
        wait_until(lambda: process.poll() is not None or system.answers(), "the system does not answer")
        assert process.poll() is None, system.log
        yield system
    finally:
        family = descendants_of(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)
        wait_until(lambda: not any(is_alive(one) for one in family), "a process outlives its supervisor")
        shutil.rmtree(instance)
        system.log_file.unlink()
