"""Keys in files: complete or not there at all, and the same for processes that create them at the same time."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

KEY = re.compile(r"[0-9a-f]{64}")


class BadKeyFile(Exception):
    """A key file that cannot be used; the message is a Chinese sentence."""


def read_key(path: Path) -> str | None:
    """Return the key in a file, 64 hexadecimal digits, or None if there is no file.

    Raises BadKeyFile for anything else: half a key could be guessed.
    """
    try:
        text = path.read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        text = ""
    except OSError as error:
        raise BadKeyFile(f"密钥文件 {path} 读不了（{error.strerror}）。请核对它的属主和权限。") from None
    if not KEY.fullmatch(text):
        raise BadKeyFile(
            f"密钥文件 {path} 不完整（应为 64 位十六进制字符，现有 {len(text)} 个字符）。请从备份恢复这个文件；"
            "确实没有备份的，移走它再启动，系统会另建一个，但原来用它签过的内容将不再被承认。"
        )
    return text


def read_or_create_key(path: Path) -> str:
    """Return the key in a file, created at random on first use and readable only by its owner.

    Raises BadKeyFile, and OSError if it cannot be written; then nothing is left behind.
    """
    known = read_key(path)
    if known is not None:
        return known
    write_key(path, secrets.token_hex(32))
    return read_key(path) or ""


class KeyFolder:
    """A folder of key files. Each is read once: a process keeps the key that it started with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, str] = {}

    def read_once(self, name: str) -> str:
        """Return the key in a file, created on first use. Raises BadKeyFile, OSError."""
        if name not in self.known:
            self.known[name] = read_or_create_key(self.path / name)
        return self.known[name]


def write_key(path: Path, key: str) -> None:
    """Write a key durably, unless the file exists already. Raises OSError, leaving nothing behind.

    A hard link creates the final name in one step, and only if no other process was faster.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{key}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
