"""The entries of the navigation bar, in the order of the work; each role sees those that it may enter."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, url_for
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
    """Return what the person who is signed in may enter; the current one is where the address lies below."""
    if not current_user.is_authenticated:
        return []
    permitted = [entry for entry in ENTRIES if allows(current_user.user, entry.action)]
    addressed = ((entry.label, url_for(entry.endpoint)) for entry in permitted)
    return [Shown(label, href, is_below(href)) for label, href in addressed]


def is_below(href: str) -> bool:
    """Return whether the page being shown is the one at `href`, or one below it."""
    return request.path == href or request.path.startswith(f"{href}/")


def init_app(app: Flask) -> None:
    """Let the base template draw the navigation, and any template ask ``can(action, subject)``."""

    @app.context_processor
    def shared() -> dict[str, object]:
        return {
            "navigation": navigation(),
            "site_name": app.config["SETTINGS"].site_name,
            "can": lambda action, subject=None: allows(current_user.user, Action(action), subject),
        }
