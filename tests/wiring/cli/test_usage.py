"""A command that was written wrongly is answered in Chinese, with how it is written."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator

import click
import pytest
from flask import Flask

from app.base.settings.settings import ROOT

ROLES = "filer、head、office、leader、system_admin、security_admin、auditor"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("user add", "缺少 USERNAME，请补上。"),
        ("user add zhang --seat 席位", "缺少 --person，请补上。"),
        ("user grant zhang boss", f"ROLE 的值不能用：请填其中之一：{ROLES}。"),
        ("user grant zhang filer --until 明天", "--until 的值不能用：请写成 2026-12-31 的样子。"),
        ("plan assign a.csv --year 今年", "--year 的值不能用：请填整数。"),
        ("user list --all", "没有选项 --all，请核对拼写。"),
        ("user --all list", "没有选项 --all，请核对拼写。"),
        ("user fire", "没有命令 fire，请核对拼写。"),
        ("user add zhang --seat", "选项 --seat 后面缺少值，或者多了值。"),
        ("user list now", "命令写得不对，可能参数多了。请对照用法核对。"),
    ],
)
def test_what_is_wrong_is_reported_and_how_it_is_written(app: Flask, arguments: str, sentence: str) -> None:
    result = app.test_cli_runner().invoke(args=arguments.split())
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == sentence
    assert "用法：" in result.stderr
    assert "Error" not in result.stderr


def test_a_group_alone_shows_its_commands(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["user"])
    assert "新建账号 USERNAME" in result.output


def test_a_list_of_commands_says_of_each_what_it_does(app: Flask) -> None:
    for path in commands(app.cli):
        result = app.test_cli_runner().invoke(args=[*path, "--help"])
        assert not re.search(r"\.\.\.$", result.output, re.MULTILINE), path


ENGLISH = re.compile(
    r"Usage|Options|Commands|\[OPTIONS\]|Show this|required|[ \[]default|TEXT|INTEGER|DIRECTORY"
)


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    """Yield how every group and command below a group is called."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield (*path, name)


def test_all_help_is_chinese(app: Flask) -> None:
    assert isinstance(app.cli, click.Group)
    for path in commands(app.cli):
        result = app.test_cli_runner().invoke(args=[*path, "--help"])
        assert result.exit_code == 0, path
        assert "用法：" in result.output
        assert not ENGLISH.search(result.output), path


def flask(*arguments: str, folder: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"INSTANCE_DIR": str(folder), "FLASK_APP": "wsgi"}
    command = ["flask", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_program_itself_explains_itself_in_chinese(tmp_path: object) -> None:
    for arguments in (["--help"], []):
        explained = flask(*arguments, folder=tmp_path)
        assert explained.stdout.startswith("用法：flask [选项] 命令")
        assert "audit         操作记录。" in re.sub(r"(?<=audit) +", " " * 9, explained.stdout)
        assert not re.search(r"Usage|Options|Commands|Show|routes|shell", explained.stdout + explained.stderr)
    wrong = flask("nosuch", folder=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.splitlines() == [
        "用法：flask [选项] 命令 [参数]…",
        "详见 flask --help",
        "没有命令 nosuch，请核对拼写。",
    ]
