"""flask demo: the sample sub-district of a first run."""

from __future__ import annotations

import csv
from pathlib import Path

import click
from flask import current_app

from app.composition.rules import DocumentKind
from app.wiring.cli.groups import SentenceGroup
from app.wiring.cli.orders import order_of
from app.wiring.cli.press import opened_press
from app.wiring.cli.reports import build_report
from app.wiring.cli.storage import upgrade_schema
from app.wiring.demo.accounts import AccountsFile
from app.wiring.demo.operations import issue_second_quarter, load_sample, refuse_foreign

demo = SentenceGroup("demo", help="示例数据。")
SHOWN = ("街道办公室", "街道领导", "部门填报员", "部门负责人")


@demo.command("prepare")
def prepare() -> None:
    """升级数据库；首次运行时载入 2026 年计划和示例数据，并生成第三季度报告。"""
    refuse_foreign()
    upgrade_schema()
    folder = current_app.config["SETTINGS"].instance / "demo"
    accounts = AccountsFile(folder / "accounts.csv")
    if load_sample(accounts):
        click.echo("已载入 2026 年工作计划和示例数据（均标明“示例”），正在编排公文……")
    with opened_press() as press:
        issue_second_quarter(press.printed)
    if not any(folder.glob("*.pdf")):
        build_report(order_of(DocumentKind.QUARTERLY, "2026Q3"), folder)
    show(folder, accounts.path)


def show(folder: Path, accounts: Path) -> None:
    """Print where the report lies, the address, and how to come in."""
    for report in sorted(folder.glob("*.pdf")):
        click.echo(f"第三季度报告：{report}")
    click.echo(f"示例账号（全部见 {accounts}）：")
    with accounts.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for role in SHOWN:
        for first in [row for row in rows if row["role"] == role][:1]:
            click.echo(f"  {role}  {first['username']}  {first['password']}  {first['department']}")
