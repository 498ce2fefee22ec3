"""The command line: flask db | org | plan | user | period | attachments | report | demo | audit …"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every group of commands."""
    from app.cli import attachments, audit, demo, lint, organisation, people, periods, plan, reports, storage

    reports.report.add_command(lint.lint)
    groups = (
        storage.db,
        organisation.org,
        plan.plan,
        people.user,
        periods.period,
        attachments.attachments,
        reports.report,
        demo.demo,
        audit.audit,
    )
    for group in groups:
        app.cli.add_command(group)
