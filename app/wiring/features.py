"""The blueprints of all features, in the order of the work. Modules that only listen to signals connect
when imported.
"""

from __future__ import annotations

from flask import Blueprint

from app.access import delegation_views as delegations
from app.access import views as access
from app.administration.accounts import views as accounts
from app.administration.event_log import views as event_log
from app.administration.grants import views as grants
from app.administration.hand_over import views as hand_over
from app.administration.organisation import decision_views as proposals
from app.administration.organisation import views as organisation
from app.directives.carry_over import views as carry_over
from app.directives.former_leads import views as former_leads
from app.directives.pages import handwritten_views as handwritten
from app.directives.pages import reply_views as directive_replies
from app.directives.pages import step_views as directive_steps
from app.directives.pages import views as directives
from app.directives.pages import writing_views as directive_writing
from app.directives.replies import replies_owed
from app.drafting.assembling import views as assembling
from app.drafting.editing import block_views as blocks
from app.drafting.editing import views as editing
from app.drafting.editing import wording_views as wordings
from app.drafting.editing.annexes import views as annexes
from app.drafting.editing.renewal import views as renewal
from app.drafting.editing.replacing import views as replacing
from app.drafting.jobs import views as jobs
from app.filing.attachments import views as attachments
from app.filing.contributions import views as contributions
from app.filing.core import announcements
from app.filing.department import sign_off_views as sign_off
from app.filing.department import text_comparison_views as comparison
from app.filing.department import views as filing
from app.filing.presence import views as presence
from app.filing.quarter_sheet import views as quarter_sheet
from app.filing.review import dependent_filings, filing_creation
from app.filing.review import reminder_views as reminders
from app.filing.review import send_back_views as sending_back
from app.filing.review import views as review
from app.filing.workbook import views as workbook
from app.following import views as following
from app.issuing import correction_views as corrections
from app.issuing import directive_views as document_directives
from app.issuing import register_views as register
from app.issuing import views as issuing
from app.lint import views as lint
from app.maintenance.health import views as health
from app.notices import views as notices
from app.overview import views as overview
from app.periods import calendar_views as calendar
from app.periods import unlock_request_views as unlock_requests
from app.periods import views as periods
from app.plan.assignments import target_table_views as target_tables
from app.plan.assignments import target_views as targets
from app.plan.assignments import views as assignments
from app.plan.core import views as plan
from app.plan.measure_changes import views as measure_changes
from app.plan.preview import block_views as plan_blocks
from app.plan.preview import comparison_views as plan_comparison
from app.plan.preview import duty_views as plan_duties
from app.plan.preview import revision_views as plan_revision
from app.plan.preview import views as plan_preview
from app.search import views as search
from app.wiring import queue
from app.word_list import views as word_list

LISTENERS = (filing_creation, dependent_filings, announcements, replies_owed, queue)

PLAN = (
    plan,
    plan_preview,
    plan_revision,
    plan_blocks,
    assignments,
    targets,
    target_tables,
    measure_changes,
    plan_comparison,
    plan_duties,
)

PERIODS = (periods, calendar, unlock_requests)

FILING = (
    filing,
    contributions,
    attachments,
    sign_off,
    presence,
    comparison,
    workbook,
    quarter_sheet,
    review,
    sending_back,
    reminders,
)

DIRECTIVES = (
    directives,
    directive_writing,
    handwritten,
    directive_steps,
    directive_replies,
    former_leads,
    carry_over,
)

DOCUMENTS = (
    issuing,
    assembling,
    editing,
    blocks,
    renewal,
    replacing,
    annexes,
    wordings,
    jobs,
    register,
    document_directives,
    corrections,
)

ADMINISTRATION = (organisation, proposals, accounts, grants, hand_over, event_log)

BLUEPRINTS: tuple[Blueprint, ...] = tuple(
    pages.bp
    for pages in (
        access,
        delegations,
        notices,
        *PLAN,
        *PERIODS,
        *FILING,
        *DIRECTIVES,
        following,
        *DOCUMENTS,
        word_list,
        lint,
        overview,
        search,
        *ADMINISTRATION,
        health,
    )
)
