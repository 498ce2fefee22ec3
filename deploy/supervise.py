"""Keeps the processes of the Procfile running until it is told to stop, or is gone itself.

    python deploy/supervise.py [--first COMMAND] [--say SENTENCE] [--address ADDRESS] NAME...

It listens on PORT before anything else happens, so that a port in use is said first, and hands the socket to the
process whose command names $BIND: while that one is started again, connections wait and none is refused.
Why it is our own: docs/decisions/processes-are-supervised-by-our-own-program.md.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Under nohup a terminal that is closed ends nothing.
HANG_UP = set() if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else {signal.SIGHUP}
STOPPING = {signal.SIGINT, signal.SIGTERM, *HANG_UP}
SIGNALS = {signal.SIGCHLD, *STOPPING}
FIRST_PAUSE, LONGEST_PAUSE = 1, 8
# Who lived that long did not fail at its start: the next pause is short again.
STEADY_SECONDS = 3
# A little more than gunicorn grants its requests.
STOP_SECONDS = 35
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class Refused(Exception):
    """A start that cannot be; the sentence says what to do."""


@dataclass
class Service:
    """One line of the Procfile, and its process while it runs."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause: int = FIRST_PAUSE
    started_at: float = 0
    due_at: float = 0


@dataclass
class Supervisor:
    """Starts services, starts them again when they end, and ends them."""

    listener: socket.socket
    services: list[Service] = field(default_factory=list)

    def prepare(self, command: list[str]) -> int | None:
        """Run a command before the services start; return its exit code, None where the stop came meanwhile."""
        first = Service("", command)
        self.services = [first]
        self.start(first)
        while first.process is not None and first.process.poll() is None:
            if signal.sigwait(SIGNALS) in STOPPING:
                self.stop()
                return None
        return first.process.returncode if first.process is not None else None

    def run(self, services: list[Service]) -> None:
        """Keep the services running until a signal says stop."""
        self.services = services
        while True:
            now = time.monotonic()
            for service in services:
                self.look_after(service, now)
            due = [service.due_at - now for service in services if service.process is None]
            arrived = signal.sigtimedwait(SIGNALS, max(0.0, min(due, default=3600.0)))
            if arrived is not None and arrived.si_signo in STOPPING:
                self.stop()
                return

    def look_after(self, service: Service, now: float) -> None:
        """Start a service whose time has come, and see whether one that ran has ended."""
        if service.process is None:
            if now >= service.due_at:
                self.start(service)
            return
        code = service.process.poll()
        if code is None:
            return
        end_group(service.process, signal.SIGTERM)  # what it had started itself
        if now - service.started_at >= STEADY_SECONDS:
            service.pause = FIRST_PAUSE
        cause = f"信号 {-code}" if code < 0 else f"退出码 {code}"
        say(f"进程 {service.name} 意外结束（{cause}），{service.pause} 秒后重新启动。")
        service.process, service.due_at = None, now + service.pause
        service.pause = min(service.pause * 2, LONGEST_PAUSE)

    def start(self, service: Service) -> None:
        """Start a process in a session of its own, which Ctrl-C does not reach, to be ended where we are gone."""
        handle = self.listener.fileno()
        bind = f"fd://{handle}"
        program, *arguments = (part.replace("$BIND", bind) for part in service.command)
        try:
            service.process = subprocess.Popen(  # noqa: S603  what the Procfile says
                [program, *arguments],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                pass_fds=[handle] if bind in arguments or f"--bind={bind}" in arguments else [],
                start_new_session=True,
                preexec_fn=partial(end_with, os.getpid()),
            )
        except OSError as error:
            raise Refused(
                f"没有启动 {program}：{error.strerror}。请用 make run 或 make serve 启动。"
            ) from None
        service.started_at = time.monotonic()

    def stop(self) -> None:
        """Ask all to end and wait; kill what stays too long, or is there when somebody asks again."""
        running = [service.process for service in self.services if service.process is not None]
        for process in running:
            process.terminate()
        end = time.monotonic() + STOP_SECONDS
        while any(process.poll() is None for process in running) and (left := end - time.monotonic()) > 0:
            arrived = signal.sigtimedwait(SIGNALS, left)
            if arrived is not None and arrived.si_signo in STOPPING:
                break
        for process in running:
            end_group(process, signal.SIGKILL)
            process.wait()


def end_with(parent: int) -> None:
    """Have this process asked to end as soon as its parent is gone, even by kill -9."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def end_group(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """Send a signal to all that is left of a process and of what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)


def listen(address: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises Refused, with what to do."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen()
    except OSError as error:
        listener.close()
        other = f"请停下占用它的程序，或者换一个端口，如 PORT={port + 1 if 1024 <= port < 65535 else 8080} make run。"
        reason = "已被占用" if error.errno == errno.EADDRINUSE else f"不能使用（{error.strerror}）"
        raise Refused(f"端口 {port} {reason}。{other}") from None
    return listener


def port_of(text: str) -> int:
    """Return a port's number. Raises Refused."""
    if not (text.isdecimal() and 0 < int(text) < 2**16):
        raise Refused(f"端口须是 1 至 65535 的整数，现在是“{text}”，如 PORT=8080 make run。")
    return int(text)


def services_named(names: list[str]) -> list[Service]:
    """Return services by their lines in the Procfile. Raises Refused for a name that it does not have."""
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    commands = {name: command for name, _, command in (line.partition(":") for line in lines)}
    if unknown := [name for name in names if name not in commands]:
        raise Refused(f"Procfile 里没有进程 {'、'.join(unknown)}。")
    return [Service(name, shlex.split(commands[name])) for name in names]


def say(sentence: str) -> None:
    """Tell the one who started us."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201


def read_options() -> Namespace:
    """Return what the command line asks for."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--first", action="append", default=[], metavar="COMMAND")
    parser.add_argument("--say", action="append", default=[], metavar="SENTENCE")
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("names", nargs="+", metavar="NAME")
    return parser.parse_args()


def main() -> int:
    """Take the port, prepare, and keep the services running; return the exit code."""
    options = read_options()
    os.umask(0o077)
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # make may be killed as well
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"
    try:
        services = services_named(options.names)
        port = port_of(os.environ.get("PORT") or "8000")
        supervisor = Supervisor(listen(options.address, port))
        for command in options.first:
            if code := supervisor.prepare(shlex.split(command)):
                return code
            if code is None:
                return 0
        for sentence in options.say:
            say(sentence.format(port=port))
        supervisor.run(services)
    except Refused as refusal:
        say(str(refusal))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
