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


class LazyRule(Rule):
    """A route that compiles its URL builder when the first URL is built.

    Compiling the builders of all routes at once takes most of the start-up time.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        # A private method of Werkzeug: should it be renamed, builders are merely compiled early again.
        compile_now = super()._compile_builder
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(compile_now(append_unknown))
            return compiled[0](rule, **values)

        return build


class PageApplication(Flask):
    jinja_environment = PageEnvironment
    # No limit to the cache: compiling a template takes longer than a whole page, and a limit costs 8 µs a look-up.
    jinja_options = {"cache_size": -1, "trim_blocks": True, "lstrip_blocks": True}
    url_rule_class = LazyRule  # set on the class: Flask adds the route of static files in its constructor


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application: the pages of all features, then what hangs on the settings."""
    app = build_pages()
    configure_app(app, settings or Settings.from_environment())
    install_extensions(app)
    return app


def build_pages() -> Flask:
    """Return an application with every page and command, before any setting is applied."""
    # Features are imported inside the functions: to import any module of `app` runs this file first.
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

    Problems with the settings are printed, one sentence a line, and end the process; only `flask config` still works.
    """
    from app.audit.anchoring import check_at_start
    from app.maintenance.schema import require_current_schema
    from app.wiring.cli import is_command, refusing_app

    set_private_umask()
    try:
        # A command that only reads a file should leave nothing behind: keys are made when the log is first written.
        settings = Settings.from_environment(makes_keys=not is_command())
        restrict_file_access(settings)
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


def restrict_file_access(settings: Settings) -> None:
    """Take other users' access to the instance's files away and report what was changed. Raises UnusableFolder."""
    refuse_shared_folder(settings.instance, ROOT)
    for sentence in restrict_modes(settings.private_places).mode_sentences:
        click.echo(sentence, err=True)


def configure_app(app: Flask, settings: Settings) -> None:
    """Put the settings into Flask's own configuration."""
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
        app.wsgi_app = ProxyFix(app.wsgi_app, **believed)  # type: ignore[method-assign]  # as Flask's manual does it


def install_extensions(app: Flask) -> None:
    """Install what every page needs: database, log-in, checks, errors, headers, template functions, mail."""
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
    # The checks of a request come before the log-in, which reads the form's token and with it the whole body.
    first = (db, request_checks, login_manager, guards)
    pages = (errors, headers, template_functions, navigation, once_per_form)
    for part in (*first, *pages, access_log, confined, mail):
        part.init_app(app)
