"""The memory of a rendering process: how much it used, and releasing what a document leaves behind."""

from __future__ import annotations

import ctypes
import gc
import resource
from contextlib import suppress
from pathlib import Path

STATUS = Path("/proc/self/status")


def give_back() -> None:
    """Collect unused memory and return it to the system, so that the next file does not add to it."""
    gc.collect()
    with suppress(AttributeError):  # glibc's alone
        ctypes.CDLL(None).malloc_trim(0)


def most_held() -> int:
    """Return the peak resident memory of this process in bytes. Outside Linux it is the system's figure, which starts
    with the parent's.
    """
    return process_status("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def most_reserved() -> int:
    """Return the peak address space of this process in bytes; 0 if unknown."""
    return process_status("VmPeak")


def process_status(name: str) -> int:
    """Return a value of /proc/self/status in bytes; 0 if unknown."""
    with suppress(OSError):
        for line in STATUS.read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return 0
