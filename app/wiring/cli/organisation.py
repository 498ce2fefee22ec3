"""flask org: departments, leaders, and the organs that issue documents."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from app.org.department_import import import_departments
from app.org.issuers import import_issuers, register_issuer
from app.org.leader_import import import_leaders
from app.org.rules import ImportOutcome
from app.wiring.cli.command_groups import COMMAND_LINE, FILE_ARGUMENT, SentenceGroup

org = SentenceGroup("org", help="部门、领导和发文机关名单。")


ON_OPTION = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="从哪一天起更名、撤销，领导任职到哪一天；不写即今天。"
)
END_OPTION = click.option("--end-missing", is_flag=True, help="表中没有的即撤销，领导即离任；不写只列出来。")


@org.command("departments")
@FILE_ARGUMENT
@ON_OPTION
@END_OPTION
def import_department_table(file: Path, on: datetime | None, end_missing: bool) -> None:
    """从 CSV 或 XLSX 表 FILE 导入部门：按全称或简称认出来，名称不同的即更名。"""
    day = on.date() if on else None
    outcome = import_departments(file, by=COMMAND_LINE, on=day, end_missing=end_missing)
    report_outcome(f"已导入 {outcome.count} 个部门。", outcome, "表中没有、仍未撤销的部门")


@org.command("leaders")
@FILE_ARGUMENT
@ON_OPTION
@END_OPTION
def import_leader_table(file: Path, on: datetime | None, end_missing: bool) -> None:
    """从 CSV 或 XLSX 表 FILE 导入领导名单。"""
    day = on.date() if on else None
    outcome = import_leaders(file, by=COMMAND_LINE, on=day, end_missing=end_missing)
    report_outcome(f"已导入 {outcome.count} 位领导。", outcome, "表中没有、仍在任的领导")


def report_outcome(sentence: str, outcome: ImportOutcome, undecided: str) -> None:
    click.echo(sentence)
    for change in outcome.changes:
        click.echo(f"  {change}")
    if outcome.undecided:
        click.echo(f"{undecided}，请核对后决定：", err=True)
        for name in outcome.undecided:
            click.echo(f"  {name}", err=True)


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
    outcome = import_issuers(file, by=COMMAND_LINE)
    report_outcome(f"已导入 {outcome.count} 个发文机关。", outcome, "表中没有、仍登记着的发文机关")
