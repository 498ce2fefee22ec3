"""Refusing SQLite on network file systems, whose locks cannot be trusted."""

from __future__ import annotations

from pathlib import Path

NETWORK_TYPES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "fuse.sshfs", "9p"})
MOUNTS = Path("/proc/mounts")


def file_system_of(path: Path, mounts: str) -> str:
    """Return the file system type of `path`, from the text of /proc/mounts; "" if unknown."""
    folder = path.resolve()
    held = [
        (mount_point, kind)
        for _, mount_point, kind, *_ in (line.split() for line in mounts.splitlines() if line)
        if folder.is_relative_to(mount_point.replace("\\040", " "))
    ]
    return max(held, key=lambda mount: len(mount[0]), default=("", ""))[1]


def refuse_network(path: Path) -> None:
    """Raise OSError with what to do if `path` is on a network file system."""
    mounts = MOUNTS.read_text() if MOUNTS.exists() else ""
    kind = file_system_of(path, mounts)
    if kind in NETWORK_TYPES:
        raise OSError(
            f"数据库文件在网络盘（{kind}）上，文件锁不可靠。请把 INSTANCE_DIR 设到本机磁盘，或改用 PostgreSQL。"
        )
