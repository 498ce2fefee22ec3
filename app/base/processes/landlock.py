"""Landlock, by which an ordinary Linux process gives up access for good.

Files and folders that are not named are closed, programs cannot be started, TCP cannot be used, and from version 6 on
neither abstract sockets nor signals reach other processes. It applies to the calling thread and those that it starts
later. See https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # system calls, with one number on every machine
VERSION_PLEASE, PATH_BENEATH = 1, 1

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
# What there is to be allowed of files, by the version that brought it: 13 rights, then moving, truncating, devices.
RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
OF_FILES = 1 << 0 | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15  # the rest is about folders
READING = READ_FILE | READ_DIR
NETWORK, SCOPES = 0b11, 0b11  # binding and connecting by TCP; abstract sockets and signals
NETWORK_SINCE, SCOPES_SINCE = 4, 6


class RulesetAttributes(ctypes.Structure):
    """struct landlock_ruleset_attr; older kernels know only its first fields."""

    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


class PathBeneathAttributes(ctypes.Structure):
    """struct landlock_path_beneath_attr."""

    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("handle", ctypes.c_int32)]


def restrict_process(readable: Iterable[str], writable: Iterable[str] = ()) -> None:
    """Close everything to this process except what it may read, and what it may also write.

    Missing places are left out. The process must have given up new privileges. Raises OSError if the kernel has no
    Landlock or it is turned off.
    """
    version = ask_version()
    everything = sum(rights for since, rights in RIGHTS.items() if version >= since)
    asked = RulesetAttributes(everything, NETWORK, SCOPES)
    size = 8 * (1 + (version >= NETWORK_SINCE) + (version >= SCOPES_SINCE))
    ruleset = call_system(CREATE_RULESET, ctypes.byref(asked), ctypes.c_size_t(size), 0)
    try:
        for places, rights in ((readable, READING), (writable, everything & ~1)):
            for place in places:
                allow_place(ruleset, place, rights & everything)
        call_system(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def ask_version() -> int:
    """Return the kernel's version of Landlock. Raises OSError if it has none or it is turned off."""
    return call_system(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_PLEASE)


def allow_place(ruleset: int, place: str, rights: int) -> None:
    """Allow access to a folder with everything below it, or to a file, if it exists."""
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = rights if stat.S_ISDIR(os.fstat(handle).st_mode) else rights & OF_FILES
        rule = PathBeneathAttributes(allowed, handle)
        call_system(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(handle)


def call_system(number: int, *arguments: object) -> int:
    """Make a system call. Raises OSError."""
    system = ctypes.CDLL(None, use_errno=True)
    result = int(system.syscall(ctypes.c_long(number), *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
