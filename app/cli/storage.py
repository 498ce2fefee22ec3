"""flask db: the schema."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.db import migrations

db = AppGroup("db", help="数据库结构。")


@db.command("upgrade")
def upgrade() -> None:
    """把数据库升级到当前结构。"""
    applied = migrations().up()
    click.echo(f"已升级：{'、'.join(applied)}" if applied else "数据库已是最新结构。")


@db.command("downgrade")
@click.argument("target")
def downgrade(target: str) -> None:
    """退回到 TARGET 之前的结构（含 TARGET 一并撤销）。"""
    click.echo(f"已撤销：{'、'.join(migrations().down(target))}")
