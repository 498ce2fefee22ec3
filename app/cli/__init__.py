"""The command line: flask db | org | plan | user | period | attachments | report | demo | audit …"""

from __future__ import annotations

from click import Group
from flask import Flask


def init_app(app: Flask) -> None:
    """Register every group of commands."""
    from app.cli import attachments, audit, demo, organisation, people, periods, plan, storage

    groups = (
        storage.db,
        organisation.org,
        plan.plan,
        people.user,
        periods.period,
        attachments.attachments,
        report_commands(),
        demo.demo,
        audit.audit,
    )
    for group in groups:
        app.cli.add_command(group)


def report_commands() -> Group:
    """Return the group of official documents with the commands of its several modules."""
    from app.cli import lint, register, reports

    for command in (lint.lint, register.verify, register.start_register):
        reports.report.add_command(command)
    return reports.report
