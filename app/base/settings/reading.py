"""Reading settings. Each is declared once, in the annotation of its field, and all mistakes are reported at once.

The process's environment comes before the project folder's ``.env``, and that before the default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import time
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any, get_args, get_type_hints

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from app.base.settings.values import Reader
from app.base.text import shorten_text

ENVIRONMENT, ENV_FILE, DEFAULT = "环境变量", ".env", "默认"
# Names in a .env file that other programs read.
FOREIGN = (
    "FLASK_",
    "GUNICORN_",
    "WEB_CONCURRENCY",
    "PYTHON",
    "AWS_",
    "S3_",
    "FSSPEC_",
    "PG",
    "SSL_",
    "TZ",
    "LC_",
    "LANG",
)
LONGEST_SHOWN = 60


class InvalidSettings(ValueError):
    """Settings with which the system does not start. `problems` holds a Chinese sentence for each mistake."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def show_plain(value: Any) -> str:
    """Return a value as it is written in the environment."""
    match value:
        case bool():
            return "1" if value else "0"
        case tuple():
            return ",".join(value)
        case time():
            return value.strftime("%H:%M")
    return str(value)


def hide_value(_value: Any) -> str:
    return "（已设置，不显示）"


@dataclass(frozen=True)
class SettingSpec:
    """The name of a setting in the environment, and how it is read.

    read: raises ValueError with what to write, a Chinese clause without full stop. meaning: a few Chinese words. unset:
    the default in words, if the field's own does not say it. show: how the value is displayed, for secrets not at all.
    """

    name: str
    read: Reader
    meaning: str
    unset: str = ""
    show: Callable[[Any], str] = show_plain

    @property
    def is_secret(self) -> bool:
        """Return whether a wrong value must not be repeated."""
        return self.show is not show_plain


@dataclass(frozen=True)
class DeclaredSetting:
    """A setting with its field."""

    setting: SettingSpec
    field: Field[Any]

    @property
    def default_words(self) -> str:
        if self.setting.unset or self.field.default is MISSING:
            return self.setting.unset
        return show_plain(self.field.default) or "空"


@dataclass(frozen=True)
class SettingEntry:
    """A setting as found: its value (None if unset or wrong), its source, and what is wrong."""

    declared: DeclaredSetting
    value: Any
    origin: str
    problem: str = ""

    @property
    def environment_name(self) -> str:
        return self.declared.setting.name


@dataclass(frozen=True)
class EnvFile:
    """The content of a .env file, and what is wrong with it."""

    values: Mapping[str, str]
    problems: tuple[str, ...] = ()


def declared_settings(of: type[Any]) -> tuple[DeclaredSetting, ...]:
    hints = get_type_hints(of, include_extras=True)
    return tuple(
        DeclaredSetting(mark, field)
        for field in fields(of)
        for mark in get_args(hints[field.name])[1:]
        if isinstance(mark, SettingSpec)
    )


def read_entries(
    of: type[Any], environment: Mapping[str, str], env_file: Mapping[str, str]
) -> tuple[SettingEntry, ...]:
    """Read all settings of a dataclass. An empty value counts as unset."""
    return tuple(read_entry(declared, environment, env_file) for declared in declared_settings(of))


def read_entry(
    declared: DeclaredSetting, environment: Mapping[str, str], env_file: Mapping[str, str]
) -> SettingEntry:
    """Read one setting. A value that some program loaded from the .env file into the environment still counts as the
    file's.
    """
    name = declared.setting.name
    text = environment.get(name, env_file.get(name, "")).strip()
    if not text:
        return SettingEntry(declared, None, DEFAULT)
    origin = ENV_FILE if text == env_file.get(name, "").strip() else ENVIRONMENT
    try:
        return SettingEntry(declared, declared.setting.read(text), origin)
    except ValueError as error:
        return SettingEntry(declared, None, origin, problem_sentence(declared.setting, text, error))


def problem_sentence(setting: SettingSpec, text: str, error: ValueError) -> str:
    """Return what is wrong with a setting and what to write instead."""
    shown = shorten_text(text, LONGEST_SHOWN)
    now = "" if setting.is_secret else f"；现在是“{shown}”"
    return f"设置 {setting.name} 有误：{error}{now}。"


def read_env_file(path: Path) -> EnvFile:
    """Read a .env file, if there is one; ``${NAME}`` in it refers to another setting."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return EnvFile({})
    except UnicodeDecodeError:
        return EnvFile({}, (f"{path} 不是 UTF-8 编码，读不了。请用编辑器另存为 UTF-8。",))
    except OSError as error:
        return EnvFile({}, (f"{path} 读不了（{error.strerror}）。请核对它的属主和权限。",))
    wrong = [line for line in parse_stream(StringIO(text)) if line.error]
    if wrong:
        # The line itself may hold a password.
        problems = tuple(
            f"{path} 第 {line.original.line} 行看不懂。请写成 名称=值，一行一项。" for line in wrong
        )
        return EnvFile({}, problems)
    values = dotenv_values(stream=StringIO(text))
    return EnvFile({name: value for name, value in values.items() if value is not None})


def unknown_names(of: type[Any], names: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for every unknown name in a .env file, with the setting that may be meant."""
    known = [declared.setting.name for declared in declared_settings(of)]
    for name in names:
        if name in known or name.startswith(FOREIGN):
            continue
        near = get_close_matches(name.upper(), known, n=1)
        yield f".env 中的 {name} 不是本系统的设置{f'，是不是 {near[0]}？' if near else '。'}"
