"""The yearly work plan of a sub-district: the application factory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from htmx_flask import Htmx
from peewee import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Rule

from app.base.errors import DomainError
from app.base.files.disk_space import FULL_DISK, is_out_of_space
from app.base.files.private_files import refuse_shared_folder, restrict_modes, set_private_umask
from app.base.settings.reading import InvalidSettings
from app.base.settings.settings import ROOT, Settings
from app.web.page_environment import PageEnvironment


class LateRule(Rule):
    """A route that compiles what builds its addresses for the first of them: for all routes it is most of a start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        # Werkzeug's own; under another name there, routes are only compiled early again.
        compile_now = super()._compile_builder
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(compile_now(append_unknown))
            return compiled[0](rule, **values)

        return build


class PageApplication(Flask):
    jinja_environment = PageEnvironment
    # Without a limit: to compile a template takes longer than a page, and a limit costs 8 µs each time one is named.
    jinja_options = {"cache_size": -1, "trim_blocks": True, "lstrip_blocks": True}
    url_rule_class = LateRule  # from the first: Flask adds the route of static files as it begins


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application: the pages of all features, then what hangs on the settings."""
    app = build_pages()
    configure_app(app, settings or Settings.from_environment())
    install_extensions(app)
    return app


def build_pages() -> Flask:
    """Return an application with every page and command, in which nothing hangs on a setting yet."""
    # Here and below imported as late as they are used: who imports any module of `app` runs this one first.
    from app.web.errors import RowConverter
    from app.wiring import cli, features

    app = PageApplication(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static" / "dist"),
        static_url_path="/static",
    )
    app.url_map.converters["int"] = RowConverter
    for blueprint in features.BLUEPRINTS:
        app.register_blueprint(blueprint)
    cli.register_commands(app)
    return app


def start_app() -> Flask:
    """Build the application for a process of its own: web server, worker or command line.

    What is wrong with the settings is printed, a sentence a line, and ends the process; only `flask config` works on.
    """
    from app.audit.anchoring import check_at_start
    from app.maintenance.schema import require_current_schema
    from app.wiring.cli import is_command, refusing_app

    set_private_umask()
    try:
        # A command that only reads a file leaves nothing behind; one that writes the log makes its key when it does.
        settings = Settings.from_environment(makes_keys=not is_command())
        close_files(settings)
        app = create_app(settings)
        if not is_command():
            require_current_schema()
    except (InvalidSettings, DomainError) as error:
        problems = (str(error),) if isinstance(error, DomainError) else error.problems
    except (OSError, OperationalError) as error:
        if not is_out_of_space(error):
            raise
        problems = (FULL_DISK,)
    else:
        if not is_command():
            check_at_start(app)
        return app
    return refusing_app(problems)


def close_files(settings: Settings) -> None:
    """Close to everybody else what was written where this was not seen to, and say so. Raises UnusableFolder."""
    refuse_shared_folder(settings.instance, ROOT)
    for sentence in restrict_modes(settings.private_places).mode_sentences:
        click.echo(sentence, err=True)


def configure_app(app: Flask, settings: Settings) -> None:
    """Hand Flask what it needs of the settings."""
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=settings.form_bytes,
        MAX_FORM_MEMORY_SIZE=settings.form_bytes,
        SEND_FILE_MAX_AGE_DEFAULT=365 * 24 * 3600,
    )
    if settings.trusted_proxies:
        believed = {"x_for": settings.trusted_proxies, "x_proto": settings.trusted_proxies}
        app.wsgi_app = ProxyFix(app.wsgi_app, **believed)  # type: ignore[method-assign]  # as Flask's manual has it


def install_extensions(app: Flask) -> None:
    """Install what every page shares."""
    from app.access import guards, navigation, once_per_form, request_checks
    from app.access.login import manager as login_manager
    from app.base import database as db
    from app.base.processes import confined_reader as confined
    from app.notices import mail
    from app.web import (
        access_log,
        errors,
        headers,
        template_functions,
    )

    Htmx(app)
    # The checks come before the log-in, whose search for the form's token reads the body.
    first = (db, request_checks, login_manager, guards)
    pages = (errors, headers, template_functions, navigation, once_per_form)
    for part in (*first, *pages, access_log, confined, mail):
        part.init_app(app)
