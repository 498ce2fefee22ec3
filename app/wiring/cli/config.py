"""flask config: the settings of this installation."""

from __future__ import annotations

import click

from app.base.settings.reading import SettingEntry
from app.base.settings.settings import SettingsReading
from app.wiring.cli.command_groups import CommandRefusal, MaintenanceGroup

config = MaintenanceGroup("config", help="设置。")


@config.command("check", with_appcontext=False)
def list_settings() -> None:
    """列出每项设置的值和来源，指出有什么不对；有误时退出码为 1。"""
    reading = SettingsReading.read_sources()
    for entry in reading.entries:
        click.echo(describe_setting(reading, entry))
    for warning in reading.likely_mistakes:
        click.echo(f"注意：{warning}", err=True)
    if reading.start_problems:
        raise CommandRefusal(
            f"共 {len(reading.start_problems)} 处有误，改正后系统才能启动。", reading.start_problems
        )
    click.echo("设置没有问题。")


@config.command("get", with_appcontext=False)
@click.argument("name")
def print_setting(name: str) -> None:
    """只打印设置 NAME 现在的值，供脚本使用；密钥和密码不显示。"""
    reading = SettingsReading.read_sources()
    for entry in reading.entries:
        if entry.environment_name == name:
            click.echo(reading.shown_value(entry))
            return
    raise CommandRefusal(f"没有名为 {name} 的设置。全部设置见 flask config check。")


def describe_setting(reading: SettingsReading, entry: SettingEntry) -> str:
    meaning = entry.declared.setting.meaning
    return f"{entry.environment_name} = {reading.shown_value(entry)}（{entry.origin}；{meaning}）"
