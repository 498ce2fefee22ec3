"""How a command says that something is wrong."""

from __future__ import annotations

import getpass
from typing import Any

import click
from flask.cli import AppGroup

from app.audit.rules import Actor
from app.errors import DomainError


class SentenceGroup(AppGroup):
    """A group of commands that ends a domain error with its Chinese sentences and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DomainError as error:
            for problem in getattr(error, "problems", ()):
                click.echo(f"- {problem}", err=True)
            raise click.ClickException(error.sentence) from None


# What is done on the server's command line is done by whoever may log in there.
COMMAND_LINE = Actor(None, getpass.getuser(), "服务器命令行")
