"""Command groups that report errors as Chinese sentences."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import IO, Any

import click
from flask.cli import AppGroup, ScriptInfo
from peewee import OperationalError, ProgrammingError

from app.authority.actor import Actor
from app.base.database import migration_runner
from app.base.errors import DomainError
from app.base.files.disk_space import FULL_DISK, is_out_of_space
from app.base.statement_limit import is_lock_failure
from app.maintenance.schema import require_known_schema
from app.wiring.cli.chinese_usage import ChineseCommand, ChineseContext, usage_in_chinese

DATABASE_LOCKED = (
    "数据库一直被占用，没有办成，没有改动任何内容。请稍后重试；一直如此的，请查看是哪个程序占用了数据库。"
)
DATABASE_UNREACHABLE = "连不上数据库。请核对 DATABASE_URL，以及数据库是否在运行、文件能否读写。"


class CommandRefusal(click.ClickException):
    """A refusal: a sentence, and the underlying problems on lines of their own."""

    def __init__(self, sentence: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems

    def show(self, file: IO[str] | None = None) -> None:
        for problem in self.problems:
            click.echo(f"- {problem}", err=True)
        click.echo(self.message, err=True)


def database_refusal(error: Exception) -> CommandRefusal | None:
    """Return the refusal for a database or disk error; None for an unexpected one."""
    if is_out_of_space(error):
        return CommandRefusal(FULL_DISK)
    if is_lock_failure(error):
        return CommandRefusal(DATABASE_LOCKED)
    if isinstance(error, OSError):
        return None
    try:
        is_current = all(migration.applied for migration in migration_runner().status())
    except OperationalError:
        return CommandRefusal(DATABASE_UNREACHABLE)
    return None if is_current else CommandRefusal("数据库还不是当前结构，请先运行 flask db upgrade。")


class SentenceGroup(AppGroup):
    """A group of commands that reports a domain error in Chinese with exit code 1, and misuse with 2."""

    context_class = ChineseContext
    command_class = ChineseCommand

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with usage_in_chinese():
            return super().make_context(*args, **kwargs)

    needs_known_schema = True
    # Commands that only need the database for some of their arguments, and check its schema themselves.
    checking_themselves: tuple[str, ...] = ()

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with usage_in_chinese():
                return super().invoke(ctx)
        except DomainError as error:
            raise CommandRefusal(error.sentence, getattr(error, "problems", ())) from None
        except (OSError, OperationalError, ProgrammingError) as error:
            raise database_refusal(error) or error from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command. Raises BadInput if it needs a database and this program does not know that one."""
        name, command, rest = super().resolve_command(ctx, args)
        is_help = bool(set(ctx.help_option_names) & set(args))
        if self.needs_known_schema and name not in self.checking_themselves and not is_help:
            self.require_known_schema(ctx)
        return name, command, rest

    def require_known_schema(self, ctx: click.Context) -> None:
        """Raise BadInput if this program does not know the database."""
        with ctx.ensure_object(ScriptInfo).load_app().app_context():
            require_known_schema()


class MaintenanceGroup(SentenceGroup):
    """A group of commands that check the database and its schema themselves."""

    needs_known_schema = False


# Commands run with the rights of those who may log in to the server.
COMMAND_LINE = Actor.at_command_line(getpass.getuser())
FILE_ARGUMENT = click.argument("file", type=click.Path(path_type=Path))
