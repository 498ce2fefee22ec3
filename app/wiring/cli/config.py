"""flask config: the settings, as this installation has them."""

from __future__ import annotations

import click

from app.base.settings.reading import SettingEntry
from app.base.settings.settings import SettingsReading
from app.wiring.cli.groups import MaintenanceGroup, Refusal

config = MaintenanceGroup("config", help="设置。")


@config.command("check", with_appcontext=False)
def check() -> None:
    """列出每项设置的值和来源，指出有什么不对；有误时退出码为 1。"""
    reading = SettingsReading.of()
    for entry in reading.entries:
        click.echo(described(reading, entry))
    for warning in reading.warnings:
        click.echo(f"注意：{warning}", err=True)
    if reading.problems:
        raise Refusal(f"共 {len(reading.problems)} 处有误，改正后系统才能启动。", reading.problems)
    click.echo("设置没有问题。")


@config.command("get", with_appcontext=False)
@click.argument("name")
def get(name: str) -> None:
    """只打印设置 NAME 现在的值，供脚本使用；密钥和密码不显示。"""
    reading = SettingsReading.of()
    for entry in reading.entries:
        if entry.name == name:
            click.echo(reading.shown_value(entry))
            return
    raise Refusal(f"没有名为 {name} 的设置。全部设置见 flask config check。")


def described(reading: SettingsReading, entry: SettingEntry) -> str:
    """Return the line of one setting."""
    meaning = entry.declared.setting.meaning
    return f"{entry.name} = {reading.shown_value(entry)}（{entry.origin}；{meaning}）"
