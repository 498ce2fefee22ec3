"""What a process that reads a file is made to do, by its tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from app.base.errors import BadInput


def echo(file: IO[bytes], *, text: str) -> list[str]:
    sys.stdout.write("what a library says")
    return [text, file.read().decode()]


def refuse(_file: IO[bytes]) -> None:
    raise BadInput("这个文件不行。")


def break_down(_file: IO[bytes]) -> None:
    raise ZeroDivisionError


def crash(_file: IO[bytes]) -> None:
    os.abort()


def take_memory(_file: IO[bytes]) -> int:
    return len(bytearray(10 * 1024**3))


def work_forever(_file: IO[bytes]) -> None:
    while True:
        pass


def sleep_forever(_file: IO[bytes]) -> None:
    import time

    time.sleep(1_000)


def say_too_much(_file: IO[bytes]) -> str:
    return "x" * 60_000_000


def reach_out(_file: IO[bytes], *, path: str, secret: str) -> dict[str, str]:
    """Return what came of everything that a hijacked parser might try."""
    tried: dict[str, Callable[[], object]] = {
        "network": lambda: socket.create_connection(("127.0.0.1", 1), 1),
        "program": lambda: subprocess.run(["true"], check=True),
        "fork": os.fork,
        "write": lambda: Path(path).write_text("x" * 10_000),
        "read": Path(secret).read_bytes,
        "list": lambda: list(Path(secret).parent.iterdir()),
        "read of its parent": Path(f"/proc/{os.getppid()}/environ").read_bytes,
        "write to the upload": lambda: os.write(0, b"x"),
    }
    found = {}
    for name, attempt in tried.items():
        try:
            attempt()
            found[name] = "done"
        except (OSError, PermissionError) as error:
            found[name] = type(error).__name__
    return found


def what_is_known(_file: IO[bytes]) -> dict[str, list[str]]:
    """Return what the process knows of the one that started it."""
    rights = [line for line in Path("/proc/self/status").read_text().splitlines() if "NoNewPrivs" in line]
    return {"modules": list(sys.modules), "environment": list(os.environ), "rights": rights}
