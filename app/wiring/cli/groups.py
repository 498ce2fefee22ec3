"""How a command says that something is wrong."""

from __future__ import annotations

import getpass
from typing import IO, Any

import click
from flask.cli import AppGroup, ScriptInfo
from peewee import OperationalError, ProgrammingError

from app.audit.rules import Actor
from app.base.database import migrations
from app.base.errors import DomainError
from app.base.files.disk_space import FULL_DISK, is_out_of_space
from app.base.statement_limit import is_locked
from app.maintenance.schema import require_known_schema
from app.wiring.cli.usage import ChineseCommand, ChineseContext, usage_in_chinese

LOCKED = (
    "数据库一直被占用，没有办成，没有改动任何内容。请稍后重试；一直如此的，请查看是哪个程序占用了数据库。"
)
UNREACHABLE = "连不上数据库。请核对 DATABASE_URL，以及数据库是否在运行、文件能否读写。"


class Refusal(click.ClickException):
    """A sentence and the problems behind it, each on its line."""

    def __init__(self, sentence: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems

    def show(self, file: IO[str] | None = None) -> None:
        """Print to standard error."""
        for problem in self.problems:
            click.echo(f"- {problem}", err=True)
        click.echo(self.message, err=True)


def database_refusal(error: Exception) -> Refusal | None:
    """Return what is said of an error of the database or its files, or None for one that was not foreseen."""
    if is_out_of_space(error):
        return Refusal(FULL_DISK)
    if is_locked(error):
        return Refusal(LOCKED)
    if isinstance(error, OSError):
        return None
    try:
        is_current = all(migration.applied for migration in migrations().status())
    except OperationalError:
        return Refusal(UNREACHABLE)
    return None if is_current else Refusal("数据库还不是当前结构，请先运行 flask db upgrade。")


class SentenceGroup(AppGroup):
    """A group of commands that ends a domain error with its Chinese sentences and exit code 1, a misused one with 2."""

    context_class = ChineseContext
    command_class = ChineseCommand

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read what stands behind the group's name."""
        with usage_in_chinese():
            return super().make_context(*args, **kwargs)

    needs_known_schema = True

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            with usage_in_chinese():
                if self.needs_known_schema and not set(ctx.help_option_names) & set(ctx.args):
                    self.require_known_schema(ctx)
                return super().invoke(ctx)
        except DomainError as error:
            raise Refusal(error.sentence, getattr(error, "problems", ())) from None
        except (OSError, OperationalError, ProgrammingError) as error:
            raise database_refusal(error) or error from None

    def require_known_schema(self, ctx: click.Context) -> None:
        """Raise BadInput where the database is newer than this program."""
        with ctx.ensure_object(ScriptInfo).load_app().app_context():
            require_known_schema()


class MaintenanceGroup(SentenceGroup):
    """A group of commands that look themselves whether there is a database, and one that this program knows."""

    needs_known_schema = False


# What is done on the server's command line is done by whoever may log in there.
COMMAND_LINE = Actor(None, getpass.getuser(), "服务器命令行")
