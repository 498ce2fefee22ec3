"""The entries of the navigation bar, in the order of the work; each role sees those that it may enter."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from app.access.policy import Action, allows


@dataclass(frozen=True)
class Entry:
    """Where an entry leads, and the action that one must be allowed to see it."""

    label: str
    endpoint: str
    action: Action


@dataclass(frozen=True)
class Shown:
    """An entry as the template draws it."""

    label: str
    href: str
    current: bool
    count: int | None = None


ENTRIES = (
    Entry("本季填报", "filing.task_list", Action.WRITE_FILING),
    Entry("审核", "review.matrix", Action.REVIEW),
    Entry("工作计划", "plan.tree", Action.READ_PLAN),
    Entry("总览", "overview.map", Action.READ_OVERVIEW),
    Entry("批示", "directives.listing", Action.READ_DIRECTIVE),
    Entry("公文", "documents.listing", Action.READ_DOCUMENT),
)


def navigation() -> list[Shown]:
    """Return what the person who is signed in may enter."""
    if not current_user.is_authenticated:
        return []
    blueprint = (request.endpoint or "").partition(".")[0]
    return [
        Shown(entry.label, url_for(entry.endpoint), entry.endpoint.partition(".")[0] == blueprint)
        for entry in ENTRIES
        if allows(current_user.user, entry.action) and entry.endpoint in current_app.view_functions
    ]


def init_app(app: Flask) -> None:
    """Let the base template draw the navigation, and any template ask ``can(action, subject)``."""

    @app.context_processor
    def shared() -> dict[str, object]:
        return {
            "navigation": navigation(),
            "site_name": app.config["SETTINGS"].site_name,
            "can": lambda action, subject=None: allows(current_user.user, Action(action), subject),
        }
