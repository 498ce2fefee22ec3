"""Recognising a full disk, and the sentence for those who run the system."""

from __future__ import annotations

# How the system, SQLite and PostgreSQL say that nothing more fits on the disk.
OUT_OF_SPACE = ("No space left on device", "disk is full", "Disk quota exceeded")
# SQLite calls it an error of the disk where there is no room for the file that its processes share.
SQLITE_OUT_OF_SPACE = "SQLITE_IOERR_SHMSIZE"
FULL_DISK = "磁盘空间已满，没有办成，已有的数据不受影响。请清理或扩充 INSTANCE_DIR 和数据库所在的磁盘后重试。"


def is_out_of_space(error: BaseException | None) -> bool:
    """Return whether an error means a full disk: of a file, of SQLite, or of PostgreSQL.

    The first cause counts, too: on a full disk the rollback may fail as well.
    """
    if error is None:
        return False
    return (
        any(words in str(error) for words in OUT_OF_SPACE)
        or getattr(error, "sqlite_errorname", None) == SQLITE_OUT_OF_SPACE
        or is_out_of_space(error.__context__)
    )
