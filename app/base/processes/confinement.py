"""What a process gives up before it looks at other people's words and files: network, rights, memory, time, files.

Each function holds for the process that calls it, for good; threads would be left out of most of it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from mimetypes import knownfiles
from typing import Any

from app.base.processes.landlock import restrict_process

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER and CLONE_NEWNET of Linux
DEATH_SIGNAL, NO_NEW_PRIVILEGES = 1, 38  # PR_SET_PDEATHSIG and PR_SET_NO_NEW_PRIVS of Linux
CAPABILITIES_VERSION = 0x20080522
# What reaches beyond a process, by the beginnings of the events that Python reports.
REACHING_OUT = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")
OPEN_FILES = 64

# Programs, libraries and fonts of the system: not all of /usr or /etc, where an office's data may lie.
SYSTEM_PLACES = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/lib", "/usr/local/share"),
    *("/nix/store", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime", "/var/cache/fontconfig"),
    *(
        "/etc/ssl/openssl.cnf",
        "/etc/pki/tls/openssl.cnf",
        "/etc/crypto-policies",
        "/dev/urandom",
        "/proc/self",
    ),
    *map(str, knownfiles),
)
PROGRAM_FOLDERS = ("app", "reports", "fonts")


def confine_process(seconds: int, memory: int) -> None:
    """Give this process so many seconds of processor time and bytes of memory, its programs to read, and no more.

    Where the kernel does not let an ordinary process leave the network or close files to itself, what it loads has
    still no use for them; the process that renders says so in the log.
    """
    leave_network()
    die_with_parent()
    give_up_privileges()
    keep_to_files(program_places())
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
    refuse_events((*REACHING_OUT, "ctypes.dlopen"))


def leave_network() -> str:
    """Go where there is no network at all; return why the kernel does not let us, or nothing. Threads forbid it."""
    system = ctypes.CDLL(None, use_errno=True)
    if not hasattr(system, "unshare"):
        return sys.platform
    return os.strerror(ctypes.get_errno()) if system.unshare(NEW_USER | NEW_NETWORK) else ""


def die_with_parent() -> None:
    """Have the kernel kill this process, whatever it is at, once the thread that started it is gone.

    To be called after the network was left, which undoes it.
    """
    with suppress(OSError, AttributeError):  # not on Linux
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)


def give_up_privileges() -> None:
    """Give up what root, or the user namespace, lets this process do, and all that a program could bring it."""
    with suppress(OSError, AttributeError):
        system = ctypes.CDLL(None)
        header, none = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION, 0), (ctypes.c_uint32 * 6)()
        system.capset(header, none)
        system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def keep_to_files(readable: Iterable[str], writable: Iterable[str] = ()) -> str:
    """Close all other files, programs and processes to this one; return why the kernel does not do that, or nothing.

    To be called after privileges were given up.
    """
    try:
        restrict_process(readable, writable)
    except (OSError, AttributeError) as error:
        return getattr(error, "strerror", None) or sys.platform
    return ""


def program_places() -> list[str]:
    """Return what any process of ours reads: this program, Python with its packages, and the system's libraries.

    Not the whole project folder, in which data may lie: what stands at its top is looked up now, before it is closed.
    """
    root = os.path.abspath(f"{__file__}/../../../..")  # noqa: PTH100
    find_spec("reports")
    packages = [entry for entry in sys.path if entry and not f"{root}/".startswith(f"{entry.rstrip('/')}/")]
    python = (f"{sys.prefix}/lib", f"{sys.base_prefix}/lib")
    return [*packages, *python, *(f"{root}/{name}" for name in PROGRAM_FOLDERS), *SYSTEM_PLACES]


def refuse_events(beginnings: tuple[str, ...]) -> None:
    """Have PermissionError raised, for good, wherever an event of this process begins so."""

    def refuse_event(event: str, _arguments: tuple[Any, ...]) -> None:
        if event.startswith(beginnings):
            raise PermissionError(f"{event} is not for this process")

    sys.addaudithook(refuse_event)
