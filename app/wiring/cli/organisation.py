"""flask org: departments, leaders, and the organs that issue documents."""

from __future__ import annotations

from pathlib import Path

import click

from app.org.operations import import_departments, import_issuers, import_leaders
from app.wiring.cli.command_groups import COMMAND_LINE, SentenceGroup

org = SentenceGroup("org", help="部门、领导和发文机关名单。")


@org.command("departments")
@click.argument("file", type=click.Path(path_type=Path))
def import_department_table(file: Path) -> None:
    """从 CSV 或 XLSX 表 FILE 导入部门。"""
    click.echo(f"已导入 {import_departments(file, by=COMMAND_LINE)} 个部门。")


@org.command("leaders")
@click.argument("file", type=click.Path(path_type=Path))
def import_leader_table(file: Path) -> None:
    """从 CSV 或 XLSX 表 FILE 导入领导名单。"""
    click.echo(f"已导入 {import_leaders(file, by=COMMAND_LINE)} 位领导。")


@org.command("issuers")
@click.argument("file", type=click.Path(path_type=Path))
def import_issuer_table(file: Path) -> None:
    """从 CSV 或 XLSX 表 FILE 导入发文机关和代字。"""
    click.echo(f"已导入 {import_issuers(file, by=COMMAND_LINE)} 个发文机关。")
