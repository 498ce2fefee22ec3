"""Keeping everything that the system writes private to its own user, whatever the umask of the shell."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import DomainError

OWNER_ONLY = 0o077  # the umask: nothing for the group, nothing for others
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
MOST_PATHS_NAMED = 5


class UnusableFolder(DomainError):
    """A folder that cannot be made private."""


@dataclass(frozen=True)
class RestrictedModes:
    """Files that were open to others until now: those that were closed, and those that could not be."""

    closed: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()

    @property
    def mode_sentences(self) -> tuple[str, ...]:
        closed = f"以下文件原来其他用户也能读写，已改为只有本系统的用户可用：{paths_text(self.closed)}。"
        left = (
            f"以下文件属于其他用户，又对别人开放，本系统改不了：{paths_text(self.left)}。"
            f"请用管理员身份改正，如 chown -R {user_name(os.geteuid())} 所在文件夹。"
        )
        return (*([closed] if self.closed else []), *([left] if self.left else []))


def set_private_umask() -> None:
    """Make this process and its children create files and folders that nobody else can read."""
    os.umask(OWNER_ONLY)


def refuse_shared_folder(folder: Path, program: Path) -> None:
    """Raise UnusableFolder for a folder that also holds other things, since closing it would lock out their users.

    program: the folder of this program.
    """
    status = folder.stat()
    if program.is_relative_to(folder) or status.st_mode & stat.S_ISVTX:
        raise UnusableFolder(
            f"文件夹 {folder} 另有用处，不能用来存放数据。请另建一个专用的文件夹，把 INSTANCE_DIR 指向它。"
        )
    if status.st_uid != os.geteuid():
        owner, user = user_name(status.st_uid), user_name(os.geteuid())
        raise UnusableFolder(
            f"文件夹 {folder} 属于用户 {owner}，现在运行的用户是 {user}。"
            f"请以 {owner} 的身份运行，或把文件夹连同里面的文件改归 {user}。"
        )


def restrict_modes(places: Iterable[Path]) -> RestrictedModes:
    """Take all access of other users to files and folders away, recursively; links are left alone.

    A folder is closed before its content is looked at, so that nobody can replace it meanwhile.
    """
    closed, left = list[Path](), list[Path]()
    for place in entries_below(places):
        with suppress(FileNotFoundError):
            status = place.lstat()
            if stat.S_ISLNK(status.st_mode) or not status.st_mode & FOR_OTHERS:
                continue
            if status.st_uid != os.geteuid():
                left.append(place)
                continue
            place.chmod(stat.S_IMODE(status.st_mode) & ~FOR_OTHERS)
            closed.append(place)
    return RestrictedModes(tuple(closed), tuple(left))


def entries_open_to_others(places: Iterable[Path]) -> Iterator[Path]:
    """Yield files and folders that other users can access; links are left out."""
    for place in entries_below(places):
        status = place.lstat()
        if not stat.S_ISLNK(status.st_mode) and status.st_mode & FOR_OTHERS:
            yield place


def entries_below(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if os.path.lexists(place):
            yield place
        if place.is_dir() and not place.is_symlink() and os.access(place, os.R_OK | os.X_OK):
            yield from entries_below(sorted(place.iterdir()))


def paths_text(paths: tuple[Path, ...]) -> str:
    """Return the first few paths in one line, and the number of all."""
    named = "、".join(str(path) for path in paths[:MOST_PATHS_NAMED])
    return f"{named} 等 {len(paths)} 个" if len(paths) > MOST_PATHS_NAMED else named


def user_name(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
