"""Every feature's pages, in the order in which the work flows; the modules that only listen connect on import."""

from __future__ import annotations

from flask import Blueprint

from app import queue
from app.access import views as access
from app.directives import views as directives
from app.documents import views as documents
from app.documents.assembling import views as assembling_views
from app.documents.editing import block_views, wording_views
from app.documents.editing import views as editing_views
from app.documents.editing.renewal import views as renewal_views
from app.documents.printing import preview_views
from app.documents.register import correction_views, verification_views
from app.documents.register import views as register_views
from app.filing import (
    announcements,
    check_views,
    comparison_views,
    exchange,
    opening,
    reminders_views,
    returning,
    review,
    sign_off,
)
from app.filing import views as filing
from app.filing.attachments import views as attachments
from app.maintenance.health import views as health
from app.notices import views as notices
from app.overview import views as overview
from app.periods import calendar_views
from app.periods import views as periods
from app.plan import views as plan

LISTENERS = (opening, announcements, queue)

FILING = (
    filing,
    check_views,
    attachments,
    sign_off,
    comparison_views,
    exchange,
    review,
    returning,
    reminders_views,
)

DOCUMENTS = (
    documents,
    assembling_views,
    editing_views,
    block_views,
    renewal_views,
    wording_views,
    preview_views,
    register_views,
    correction_views,
    verification_views,
)

BLUEPRINTS: tuple[Blueprint, ...] = tuple(
    pages.bp
    for pages in (
        access,
        notices,
        plan,
        periods,
        calendar_views,
        *FILING,
        directives,
        *DOCUMENTS,
        overview,
        health,
    )
)
