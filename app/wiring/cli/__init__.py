"""The command line: flask config | db | backup | org | plan | user | period | attachments | report | demo | audit …"""

from __future__ import annotations

from typing import Any

import click
from click import Group
from flask import Flask
from flask.cli import FlaskGroup

from app.wiring.cli.chinese_usage import RootGroup, usage_in_chinese

# With this status, Gunicorn ends instead of starting one process after the other.
NOT_STARTED = 4
NOT_STARTED_SENTENCE = "系统没有启动。请按上面所说改正后重试；全部设置见 flask config check。"


def register_commands(app: Flask) -> None:
    from app.wiring.cli import (
        backup,
        config,
        database,
        demo,
        organisation,
        plan,
        users,
        verification,
    )

    groups = (
        config.config,
        database.db,
        database.service,
        backup.backup,
        organisation.org,
        plan.plan,
        users.user,
        plan.period,
        verification.attachments,
        report_commands(),
        demo.demo,
        verification.audit,
    )
    app.cli = RootGroup(commands=[*groups, verification.check_everything])


def report_commands() -> Group:
    """Return the group for official documents with the commands of its modules."""
    from app.wiring.cli import issued_documents, lint, reports

    for command in (
        lint.lint_document,
        issued_documents.verify_issued_documents,
        issued_documents.start_number_register,
    ):
        reports.report.add_command(command)
    return reports.report


def is_command() -> bool:
    """Return whether this process was started by `flask`, and not by a server or the worker."""
    return click.get_current_context(silent=True) is not None


def refusing_app(problems: tuple[str, ...]) -> Flask:
    """Return an application that refuses every command but `flask config`, naming the problems in the settings.

    Programs other than `flask` exit with status `NOT_STARTED`.
    """
    context = click.get_current_context(silent=True)
    if context is None or not isinstance(context.command, FlaskGroup):
        for problem in problems:
            click.echo(problem, err=True)
        click.echo(NOT_STARTED_SENTENCE, err=True)
        raise SystemExit(NOT_STARTED)
    app = Flask(__name__)
    app.cli = refusing_group(problems)
    return app


def refusing_group(problems: tuple[str, ...]) -> RefusingGroup:
    """Return the commands that need no application."""
    from app.wiring.cli.config import config
    from app.wiring.cli.lint import lint_file

    report = RefusingGroup("report", commands=[lint_file])
    group = RefusingGroup(commands=[config, report])
    group.problems = report.problems = problems
    return group


class RefusingGroup(RootGroup):
    """The commands that need no application; all others are refused."""

    problems: tuple[str, ...] = ()

    def invoke(self, ctx: click.Context) -> Any:
        with usage_in_chinese():
            return super().invoke(ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command. Raises CommandRefusal if it needs the application."""
        from app.wiring.cli.command_groups import CommandRefusal

        if name not in self.commands:
            raise CommandRefusal(NOT_STARTED_SENTENCE, self.problems)
        return super().get_command(ctx, name)
