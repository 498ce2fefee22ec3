"""The memory of a process that prints: how much it took, and giving back what a document leaves behind."""

from __future__ import annotations

import ctypes
import gc
import resource
from contextlib import suppress
from pathlib import Path

STATUS = Path("/proc/self/status")


def give_back() -> None:
    """Collect what is no longer used and give it back to the system: else the next file is laid out on top of it."""
    gc.collect()
    with suppress(AttributeError):  # glibc's alone
        ctypes.CDLL(None).malloc_trim(0)


def most_held() -> int:
    """Return the most memory that this process ever held, in bytes.

    Where Linux does not tell, that is the system's figure, which begins with what its parent held.
    """
    return process_status("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def most_reserved() -> int:
    """Return the most addresses that this process ever took, in bytes; 0 where nobody tells."""
    return process_status("VmPeak")


def process_status(name: str) -> int:
    """Return what Linux tells of this process under a name, in bytes; 0 where it does not."""
    with suppress(OSError):
        for line in STATUS.read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return 0
