"""Chinese usage, help and errors of commands, because click only has English ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand
from flask.cli import AppGroup, FlaskGroup

HEADINGS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
# What click itself writes into usage lines, as types of values, and after the help of an option.
USAGE_WORDS = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
CHINESE_WORDS = {
    "TEXT": "文字",
    "INTEGER RANGE": "整数",
    "INTEGER": "整数",
    "DIRECTORY": "文件夹",
    "FILE": "文件",
    "PATH": "路径",
    "[%Y-%m-%d]": "日期",
    "Show this message and exit.": "显示这段说明。",
}
ENGLISH_WORD = re.compile("|".join(rf"(?<![A-Z\w]){re.escape(word)}(?![A-Z\w])" for word in CHINESE_WORDS))
EXTRA_WORDS = {"default: ": "默认 ", "required": "必填"}
EXTRA_PATTERN = re.compile(r"\[(?=[^\[\]]*(?:default: |required))[^\[\]]*+\]$")
ROOT_HELP = "街道年度工作计划：各项命令。每组命令的说明见 flask 组名 --help。"
ROOT_OPTIONS = {
    "env_file": "从这个文件读环境变量。",
    "app": "应用所在的模块，本系统是 wsgi。",
    "debug": "调试方式，正式运行时不用。",
    "version": "显示 Flask 的版本。",
}


class ChineseFormatter(click.HelpFormatter):
    """Formats help in Chinese; the project's own texts stay as they are."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, usage_pieces(args), "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().write_dl(
            [(translate_words(name), explain_in_chinese(text)) for name, text in rows], *args, **options
        )


def usage_pieces(text: str) -> str:
    """Return a usage line in Chinese; parameter names stay as in the help text."""
    for english, chinese in USAGE_WORDS.items():
        text = text.replace(english, chinese)
    return text


def translate_words(text: str) -> str:
    """Return click's output with its English words in Chinese."""
    return ENGLISH_WORD.sub(lambda found: CHINESE_WORDS[found[0]], text)


def explain_in_chinese(text: str) -> str:
    """Return the help of an option with click's additions in Chinese."""

    def translate_extra(found: re.Match[str]) -> str:
        extra = found[0]
        for english, chinese in EXTRA_WORDS.items():
            extra = extra.replace(english, chinese)
        return extra

    return EXTRA_PATTERN.sub(translate_extra, CHINESE_WORDS.get(text, text))


class ChineseContext(click.Context):
    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    context_class = ChineseContext

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the whole first sentence: click would cut between words, but Chinese has no spaces."""
        return (self.help or "").strip().partition("。")[0] + "。"


class RootGroup(AppGroup):
    """The commands of this system below Flask's own `flask`."""

    context_class = ChineseContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the groups.

        Flask calls this while it writes the help of `flask`, half of it already in English; then all is written again.
        """
        if explain_root_in_chinese(ctx):
            click.echo(ctx.get_help())
            raise SystemExit(0)
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a group. Raises MisusedCommand if there is none of that name."""
        explain_root_in_chinese(ctx)
        command = super().get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            raise MisusedCommand(f"没有命令 {name}，请核对拼写。", ctx)
        return command

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with usage_in_chinese():
            return super().make_context(*args, **kwargs)


def explain_root_in_chinese(ctx: click.Context) -> bool:
    """Switch Flask's own group to Chinese; return whether it was still in English."""
    if not isinstance(ctx.command, FlaskGroup) or ctx.formatter_class is ChineseFormatter:
        return False
    ctx.formatter_class = ChineseFormatter  # only for this context
    ctx.command.help = ROOT_HELP
    for parameter in ctx.command.params:
        if isinstance(parameter, click.Option) and parameter.name in ROOT_OPTIONS:
            parameter.help = ROOT_OPTIONS[parameter.name]
    for command in ctx.command.commands.values():
        command.hidden = True  # Flask's own commands, for programmers
    return True


class MisusedCommand(click.UsageError):
    """A malformed command; shown with its correct usage."""

    def show(self, file: object = None) -> None:
        if self.ctx is not None:
            pieces = usage_pieces(" ".join(self.ctx.command.collect_usage_pieces(self.ctx)))
            click.echo(f"用法：{self.ctx.command_path} {pieces}", err=True)
            click.echo(f"详见 {self.ctx.command_path} --help", err=True)
        click.echo(self.message, err=True)


@contextmanager
def usage_in_chinese() -> Iterator[None]:
    """Turn click's errors about a malformed command into Chinese sentences."""
    try:
        yield
    except (NoArgsIsHelpError, MisusedCommand):
        raise
    except click.UsageError as error:
        context = error.ctx or click.get_current_context(silent=True)
        raise MisusedCommand(misuse_sentence(error), context) from None


def misuse_sentence(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter(param=click.Parameter() as parameter):
            return f"缺少 {parameter_name(parameter)}，请补上。"
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{parameter_name(parameter)} 的值不能用：{wanted_value(parameter.type)}。"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}，请核对拼写。"
        case NoSuchCommand():
            return f"没有命令 {error.command_name}，请核对拼写。"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少值，或者多了值。"
    return "命令写得不对，可能参数多了。请对照用法核对。"


def parameter_name(parameter: click.Parameter) -> str:
    is_option = isinstance(parameter, click.Option)
    return parameter.opts[-1] if is_option else (parameter.name or "").upper()


def wanted_value(kind: click.ParamType[Any]) -> str:
    match kind:
        case click.Choice():
            return f"请填其中之一：{'、'.join(str(choice) for choice in kind.choices)}"
        case click.DateTime():
            return "请写成 2026-12-31 的样子"
        case click.Path():
            return "没有这个文件或文件夹，或者不能读写，请核对路径"
    return "请填整数" if kind is click.INT else "请对照说明核对"
