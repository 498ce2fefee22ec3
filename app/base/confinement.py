"""What a process that reads other people's files gives up before it reads one: network, rights, memory, time."""

from __future__ import annotations

import ctypes
import resource
import signal
import sys
from contextlib import suppress
from typing import Any

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER and CLONE_NEWNET of Linux
DEATH_SIGNAL, NO_NEW_PRIVILEGES = 1, 38  # PR_SET_PDEATHSIG and PR_SET_NO_NEW_PRIVS of Linux
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.dlopen")
OPEN_FILES = 64


def confine(seconds: int, memory: int) -> None:
    """Give this process so many seconds of processor time and bytes of memory, and no file, network or program.

    Where the kernel does not let an ordinary process leave the network, it stays: what it loads has no use for one.
    """
    with suppress(OSError, AttributeError):  # not on Linux
        system = ctypes.CDLL(None, use_errno=True)
        system.unshare(NEW_USER | NEW_NETWORK)
        system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        system.prctl(DEATH_SIGNAL, signal.SIGKILL)  # after the namespace, which takes it back
    for limit, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        _, allowed = resource.getrlimit(limit)
        within = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(limit, (within, within))
    sys.addaudithook(refuse)


def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    """Raise PermissionError for whatever would reach beyond this process."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not for a process that reads files")
