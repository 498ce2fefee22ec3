"""What is wrong with how a command was written, said in Chinese: click itself knows only English."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand


class MisusedCommand(click.UsageError):
    """A command that was written wrongly; shown with how it is written."""

    def show(self, file: object = None) -> None:
        """Print to standard error."""
        if self.ctx is not None:
            pieces = " ".join(self.ctx.command.collect_usage_pieces(self.ctx))
            click.echo(f"用法：{self.ctx.command_path} {pieces}", err=True)
            click.echo(f"详见 {self.ctx.command_path} --help", err=True)
        click.echo(self.message, err=True)


@contextmanager
def usage_in_chinese() -> Iterator[None]:
    """Turn what click says about a wrongly written command into a sentence."""
    try:
        yield
    except (NoArgsIsHelpError, MisusedCommand):
        raise
    except click.UsageError as error:
        context = error.ctx or click.get_current_context(silent=True)
        raise MisusedCommand(sentence(error), context) from None


def sentence(error: click.UsageError) -> str:
    """Return what is wrong with a command, and what to do."""
    match error:
        case click.MissingParameter(param=click.Parameter() as parameter):
            return f"缺少 {name_of(parameter)}，请补上。"
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{name_of(parameter)} 的值不能用：{wanted(parameter.type)}。"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}，请核对拼写。"
        case NoSuchCommand():
            return f"没有命令 {error.command_name}，请核对拼写。"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少值，或者多了值。"
    return "命令写得不对，可能参数多了。请对照用法核对。"


def name_of(parameter: click.Parameter) -> str:
    """Return a parameter as it is written on the command line."""
    is_option = isinstance(parameter, click.Option)
    return parameter.opts[-1] if is_option else (parameter.name or "").upper()


def wanted(kind: click.ParamType[Any]) -> str:
    """Return what a value must be."""
    match kind:
        case click.Choice():
            return f"请填其中之一：{'、'.join(str(choice) for choice in kind.choices)}"
        case click.DateTime():
            return "请写成 2026-12-31 的样子"
        case click.Path():
            return "没有这个文件或文件夹，或者不能读写，请核对路径"
    return "请填整数" if kind is click.INT else "请对照说明核对"
