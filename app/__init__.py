"""The yearly work plan of a sub-district: the application factory."""

from __future__ import annotations

from flask import Flask
from htmx_flask import Htmx

from app.config import ROOT, Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application: config, database, extensions, features, in that order."""
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static" / "dist"),
        static_url_path="/static",
    )
    configure(app, settings or Settings.from_environment())
    install_extensions(app)
    install_features(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Hand Flask what it needs of the settings."""
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=settings.form_bytes,
        MAX_FORM_MEMORY_SIZE=settings.form_bytes,
        SEND_FILE_MAX_AGE_DEFAULT=365 * 24 * 3600,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def install_extensions(app: Flask) -> None:
    """Install what every page shares."""
    from app import db
    from app.access import login
    from app.web import assets, errors, filters, headers, navigation

    Htmx(app)
    for part in (db, login, errors, headers, filters, assets, navigation):
        part.init_app(app)


def install_features(app: Flask) -> None:
    """Install the features in the order in which the work flows."""
    from app import cli, queue  # noqa: F401  (the queue's listener connects on import)
    from app.access.views import bp as access
    from app.directives.views import bp as directives
    from app.documents.views import bp as documents
    from app.filing import announcements, opening  # noqa: F401  (their listeners connect on import)
    from app.filing.attachments.views import bp as attachments
    from app.filing.check_views import bp as check
    from app.filing.comparison_views import bp as comparison
    from app.filing.exchange import bp as exchange
    from app.filing.reminders_views import bp as reminders
    from app.filing.returning import bp as returning
    from app.filing.review import bp as review
    from app.filing.sign_off import bp as sign_off
    from app.filing.views import bp as filing
    from app.notices.views import bp as notices
    from app.overview.views import bp as overview
    from app.periods.calendar_views import bp as calendar
    from app.periods.views import bp as periods
    from app.plan.views import bp as plan

    filing_pages = (filing, check, attachments, sign_off, comparison, exchange, review, returning, reminders)
    for blueprint in (
        access,
        notices,
        plan,
        periods,
        calendar,
        *filing_pages,
        directives,
        documents,
        overview,
    ):
        app.register_blueprint(blueprint)
    cli.init_app(app)
