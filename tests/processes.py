"""Processes that a test has started: whether they live, and waiting for what they do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from app.base.processes.landlock import ask_version

PATIENCE_SECONDS = 120  # what the assurance allows a document whose worker was killed


def is_alive(process: int) -> bool:
    """Return whether a process runs; one that nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(holds: Callable[[], bool], complaint: str, *, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until a condition holds, for as long as a document may take."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, complaint
        time.sleep(0.02)


def landlock_version() -> int:
    """Return which version of Landlock this kernel has, or 0."""
    try:
        return ask_version()
    except OSError:
        return 0
