"""Reading the values of settings from text. Each function raises ValueError with what to write."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

from fsspec import get_filesystem_class
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from app.base.files.filesystem import refuse_network

Reader = Callable[[str], Any]

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*")
MAIL_ADDRESS = re.compile(r"(?:[^<>@,;]*<[^\s<>@,;]+@([^\s<>@,;]+)>|[^\s<>@,;]+@([^\s<>@,;]+))")
SQLITE, POSTGRES = "sqlite:///", ("postgresql://", "postgres://")


def one_line(longest: int) -> Reader:

    def read_one_line(text: str) -> str:
        if len(text) > longest or not text.isprintable():
            raise ValueError(f"请填一行文字，不超过 {longest} 个字")
        return text

    return read_one_line


def secret_text(shortest: int) -> Reader:

    def read_secret(text: str) -> str:
        if len(text) < shortest:
            raise ValueError(f"至少 {shortest} 个字符，请用随机生成的内容")
        return text

    return read_secret


def number_between(least: int, most: int, unit: str = "") -> Reader:

    def read_whole_number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"请填 {least} 至 {most} 的整数{f'，单位为{unit}' if unit else ''}")
        return int(text)

    return read_whole_number


def time_of_day(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError:
        raise ValueError("请填几点几分，如 02:30") from None


def one_of(*choices: str) -> Reader:

    def read_choice(text: str) -> str:
        if text not in choices:
            raise ValueError(f"请填 {' 或 '.join(choices)}")
        return text

    return read_choice


def read_flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("请填 1（是）或 0（否）")
    return text == "1"


def folder_path(base: Path) -> Reader:
    """Read a folder's path, relative ones from `base` whatever the current folder is."""

    def read_folder(text: str) -> Path:
        path = absolute_path(text, base)
        if path.exists() and not path.is_dir():
            raise ValueError("这是一个文件，请填文件夹的路径")
        return path

    return read_folder


def existing_folder(base: Path) -> Reader:

    def read_existing_folder(text: str) -> Path:
        path = absolute_path(text, base)
        if not path.is_dir():
            raise ValueError("没有这个文件夹，请核对路径")
        return path

    return read_existing_folder


def readable_file(base: Path) -> Reader:

    def read_file_path(text: str) -> Path:
        path = absolute_path(text, base)
        if not path.is_file() or not os.access(path, os.R_OK):
            raise ValueError("没有这个文件，或者没有读它的权限，请核对")
        return path

    return read_file_path


def absolute_path(text: str, base: Path) -> Path:
    """Return a path without links or dots. Raises ValueError if it cannot exist."""
    try:
        return (base / Path(text).expanduser()).resolve()
    except (OSError, RuntimeError, ValueError):
        raise ValueError("路径看不懂，请核对") from None


def host_names(text: str) -> tuple[str, ...]:
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names:
        if not is_host_name(name):
            raise ValueError(
                f"“{name}”不是主机名。请逐个写全主机名或 IPv4 地址，用英文逗号分隔；"
                "不写 https://、端口、空格和通配符 *"
            )
    if not names:
        raise ValueError("请至少填一个主机名")
    return tuple(names)


def is_host_name(name: str) -> bool:
    """Return whether a lower-case name, of any script, can be a host in a URL without its port."""
    try:
        return HOST.fullmatch(name.encode("idna").decode("ascii")) is not None
    except UnicodeError:
        return False


def split_url(text: str, schemes: tuple[str, ...]) -> SplitResult:
    """Return the parts of a URL with a host. Raises ValueError."""
    parts = urlsplit(text)
    if parts.scheme not in schemes or not parts.hostname or any(letter.isspace() for letter in text):
        raise ValueError
    _ = parts.port  # raises ValueError where it is no number
    return parts


def mail_server_url(text: str) -> str:
    try:
        split_url(text, ("smtp", "smtp+starttls", "smtps"))
    except ValueError:
        raise ValueError(
            "请写成 smtp://用户:密码@主机:25；要求加密的写 smtp+starttls:// 或 smtps://"
        ) from None
    return text


def site_url(text: str) -> str:
    """Read the beginning of our own links; a slash at its end is removed."""
    try:
        parts = split_url(text, ("http", "https"))
    except ValueError:
        parts = None
    if parts is None or parts.query or parts.fragment or parts.username:
        raise ValueError("请写成 https://主机名，如 https://plan.example.gov.cn")
    return text.rstrip("/")


def mail_address(text: str) -> str:
    """Read a sender's mail address, with or without a name."""
    match = MAIL_ADDRESS.fullmatch(text)
    if match is None or not is_host_name((match[1] or match[2]).lower()) or not text.isprintable():
        raise ValueError("请填邮件地址，如 plan@example.gov.cn")
    return text


def syslog_address(text: str) -> str:
    syslog_target(text)
    return text


def syslog_target(text: str) -> str | tuple[str, int]:
    """Return a syslog address in the form of Python's handler. Raises ValueError."""
    if text.startswith("/"):
        return text
    host, _, port = text.partition(":")
    if not is_host_name(host.lower()) or (port and not (port.isdecimal() and 0 < int(port) < 65536)):
        raise ValueError("请填 /dev/log，或者 主机:514")
    return host, int(port or 514)


def database_address(base: Path) -> Reader:
    """Read the address of the database: an SQLite file, relative to `base`, or PostgreSQL."""

    def read_database_url(text: str) -> str:
        if text.startswith(SQLITE):
            return f"{SQLITE}{sqlite_file(text.removeprefix(SQLITE), base)}"
        if text.startswith(POSTGRES):
            require_database_name(text)
            return text
        raise ValueError("请写成 sqlite:////文件的绝对路径 或 postgresql://用户:密码@主机:5432/数据库名")

    return read_database_url


def sqlite_file(text: str, base: Path) -> Path:
    """Return the path of an SQLite file. Raises ValueError if it cannot exist."""
    path = absolute_path(text, base)
    if not text or ":memory:" in text or path.is_dir():
        raise ValueError("sqlite:/// 后面请写数据库文件的路径，如 sqlite:////srv/work-plan/work-plan.db")
    if not path.parent.is_dir():
        raise ValueError("数据库文件所在的文件夹不存在，请先建好")
    try:
        refuse_network(path.parent)
    except OSError as error:
        raise ValueError(str(error).rstrip("。")) from None
    return path


def require_database_name(text: str) -> None:
    try:
        _ = urlsplit(text).port  # PostgreSQL itself looks at it only when it connects
        known = conninfo_to_dict(text)
    except (ProgrammingError, ValueError):
        raise ValueError(
            "PostgreSQL 看不懂这个地址，请写成 postgresql://用户:密码@主机:5432/数据库名，密码中的 @ 写成 %40"
        ) from None
    if not known.get("dbname"):
        raise ValueError("地址末尾缺少数据库名，请写成 postgresql://用户:密码@主机:5432/数据库名")


def file_store(base: Path) -> Reader:
    """Read the place of the file store: a folder, or a URL of an installed fsspec component."""

    def read_file_store(text: str) -> str:
        scheme, separator, rest = text.partition("://")
        if not separator:
            return str(folder_path(base)(text))
        try:
            get_filesystem_class(scheme)
        except (ImportError, ValueError):
            raise ValueError(
                f"打不开 {scheme}:// 这样的存储。请核对拼写，并装好相应的 fsspec 组件（s3:// 用 s3fs）"
            ) from None
        if not rest.strip("/"):
            raise ValueError(f"{scheme}:// 后面缺少存储桶和文件夹")
        return text

    return read_file_store


def without_password(url: str) -> str:
    """Return a URL with its secrets hidden, for display."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "（看不懂，不显示）"
    if "@" not in parts.netloc and "password" not in parts.query:
        return url
    user, _, host = parts.netloc.rpartition("@")
    named = f"{user.partition(':')[0]}:…@{host}" if ":" in user else parts.netloc
    query = re.sub(r"(password=)[^&]*", r"\1…", parts.query)
    return urlunsplit((parts.scheme, named, parts.path, query, parts.fragment))
