"""Confining a process before it reads foreign files: network, privileges, memory, time, files.

Each function applies to the calling process for good; most of them would not cover further threads.
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
    """Limit this process to some seconds of processor time and bytes of memory, and to reading its own programs.

    If the kernel does not let an ordinary process leave the network or close files to itself, the process still has no
    use for them; the process that renders logs it.
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
    """Move to a namespace without any network; return why the kernel refuses, or "". It fails once there
    are threads.
    """
    system = ctypes.CDLL(None, use_errno=True)
    if not hasattr(system, "unshare"):
        return sys.platform
    return os.strerror(ctypes.get_errno()) if system.unshare(NEW_USER | NEW_NETWORK) else ""


def die_with_parent() -> None:
    """Have the kernel kill this process once the thread that started it is gone.

    Call it after the network was left, which would undo it.
    """
    with suppress(OSError, AttributeError):  # not on Linux
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)


def give_up_privileges() -> None:
    """Give up the privileges of root or of the user namespace, and any that a program could bring."""
    with suppress(OSError, AttributeError):
        system = ctypes.CDLL(None)
        header, none = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION, 0), (ctypes.c_uint32 * 6)()
        system.capset(header, none)
        system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def keep_to_files(readable: Iterable[str], writable: Iterable[str] = ()) -> str:
    """Close all other files, programs and processes to this one; return why the kernel refuses, or "".

    Call it after privileges were given up.
    """
    try:
        restrict_process(readable, writable)
    except (OSError, AttributeError) as error:
        return getattr(error, "strerror", None) or sys.platform
    return ""


def program_places() -> list[str]:
    """Return the places that all our processes read: this program, Python with its packages, the system's libraries.

    Not the whole project folder, which may hold data: its entries are listed now, before it is closed.
    """
    root = os.path.abspath(f"{__file__}/../../../..")  # noqa: PTH100
    find_spec("reports")
    packages = [entry for entry in sys.path if entry and not f"{root}/".startswith(f"{entry.rstrip('/')}/")]
    python = (f"{sys.prefix}/lib", f"{sys.base_prefix}/lib")
    return [*packages, *python, *(f"{root}/{name}" for name in PROGRAM_FOLDERS), *SYSTEM_PLACES]


def refuse_events(beginnings: tuple[str, ...]) -> None:
    """Raise PermissionError, from now on, whenever an audit event of this process begins with one of these names."""

    def refuse_event(event: str, _arguments: tuple[Any, ...]) -> None:
        if event.startswith(beginnings):
            raise PermissionError(f"{event} is not for this process")

    sys.addaudithook(refuse_event)
