"""The entries of the navigation bar, in the order of the work; each role sees those it may open."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_login import current_user

from app.access.signals import waiting_counts_asked
from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed


@dataclass(frozen=True)
class NavigationEntry:
    """An entry: its endpoint, and the action one must be allowed; `further` are other pages that belong to it."""

    label: str
    endpoint: str
    action: Action
    further: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavigationLink:
    label: str
    href: str
    current: bool
    count: int | None = None


NAVIGATION_ENTRIES = (
    NavigationEntry("本季填报", "filing.task_list", Action.WRITE_FILING, ("contributions.list_own",)),
    NavigationEntry("审核", "review.show_matrix", Action.REVIEW_FILING, ("periods.list_periods",)),
    NavigationEntry("工作计划", "plan.show_plan", Action.READ_PLAN),
    NavigationEntry("总览", "overview.show_overview", Action.READ_OVERVIEW),
    NavigationEntry("批示", "directives.list_directives", Action.READ_DIRECTIVE),
    NavigationEntry("公文", "issuing.list_documents", Action.READ_DOCUMENT),
    NavigationEntry("公文检查", "lint.show_form", Action.CHECK_TEXT),
    NavigationEntry("搜索", "search.show_found", Action.READ_PLAN),
    NavigationEntry("组织机构", "organisation.list_departments", Action.PROPOSE_ORGANISATION),
    NavigationEntry("账号", "accounts.list_accounts", Action.MANAGE_ACCOUNTS),
    NavigationEntry("授权", "grants.list_accounts", Action.GRANT_ROLES),
    NavigationEntry("操作记录", "event_log.list_events", Action.READ_LOG),
)


def navigation_links() -> list[NavigationLink]:
    """Return the entries for the signed-in person; the current one is found by the address."""
    if not current_user.is_authenticated:
        return []
    user, path = current_user.user, request.path
    waiting = waiting_counts(user)
    links = []
    for entry in NAVIGATION_ENTRIES:
        if is_allowed(user, entry.action):
            href, *further = map(url_for, (entry.endpoint, *entry.further))
            is_current = any(is_at_or_below(path, one) for one in (href, *further))
            links.append(NavigationLink(entry.label, href, is_current, waiting.get(entry.endpoint)))
    return links


def waiting_counts(user: Actor) -> dict[str, int]:
    """Return how much waits for a person, by the endpoint of an entry."""
    answers = waiting_counts_asked.send(user=user)
    return {endpoint: number for _, answer in answers for endpoint, number in answer.items()}


def is_at_or_below(path: str, href: str) -> bool:
    return path == href or path.startswith(f"{href}/")


def init_app(app: Flask) -> None:
    """Give the base template the navigation, and all templates ``can(action, subject)``."""

    @app.context_processor
    def navigation_values() -> dict[str, object]:
        return {
            # Asked for by the bar alone: a fragment, such as the answer to a save, has none.
            "navigation": navigation_links,
            "site_name": app.config["SETTINGS"].site_name,
            "can": lambda action, subject=None: is_allowed(current_user.user, Action(action), subject),
        }
