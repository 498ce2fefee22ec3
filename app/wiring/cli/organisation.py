"""flask org: departments, leaders, and the organs that issue documents."""

from __future__ import annotations

from pathlib import Path

import click

from app.org.operations import import_departments, import_issuers, import_leaders, register_issuer
from app.wiring.cli.command_groups import COMMAND_LINE, FILE_ARGUMENT, SentenceGroup

org = SentenceGroup("org", help="部门、领导和发文机关名单。")


@org.command("departments")
@FILE_ARGUMENT
def import_department_table(file: Path) -> None:
    """从 CSV 或 XLSX 表 FILE 导入部门。"""
    click.echo(f"已导入 {import_departments(file, by=COMMAND_LINE)} 个部门。")


@org.command("leaders")
@FILE_ARGUMENT
def import_leader_table(file: Path) -> None:
    """从 CSV 或 XLSX 表 FILE 导入领导名单。"""
    click.echo(f"已导入 {import_leaders(file, by=COMMAND_LINE)} 位领导。")


@org.command("issuer")
@click.argument("name")
@click.argument("word")
@click.option("--superior", help="上级机关，上行文主送它。")
@click.option("--copies", help="上行文抄送的机关，多个用“、”分隔。")
@click.option(
    "--default", "is_default", is_flag=True, help="没有另外写明发文机关时由它发文；先登记的本来就是。"
)
def register_issuing_body(
    name: str, word: str, superior: str | None, copies: str | None, is_default: bool
) -> None:
    """登记发文机关 NAME（全称）和它的代字 WORD；已登记的照此更新。"""
    register_issuer(name, word, superior=superior, copies_to=copies, is_default=is_default, by=COMMAND_LINE)
    click.echo(f"已登记{name}，代字{word}。")


@org.command("issuers")
@FILE_ARGUMENT
def import_issuer_table(file: Path) -> None:
    """从 CSV 或 XLSX 表 FILE 导入发文机关和代字。"""
    click.echo(f"已导入 {import_issuers(file, by=COMMAND_LINE)} 个发文机关。")
