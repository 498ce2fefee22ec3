"""A command that was written wrongly is answered in Chinese, with how it is written."""

from __future__ import annotations

import pytest
from flask import Flask

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
def test_what_is_wrong_is_said_and_how_it_is_written(app: Flask, arguments: str, sentence: str) -> None:
    result = app.test_cli_runner().invoke(args=arguments.split())
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == sentence
    assert "用法：" in result.stderr
    assert "Error" not in result.stderr


def test_a_group_alone_shows_its_commands(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["user"])
    assert "新建账号 USERNAME" in result.output
