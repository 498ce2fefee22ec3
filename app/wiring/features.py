"""Every feature's pages, in the order in which the work flows; the modules that only listen connect on import."""

from __future__ import annotations

from flask import Blueprint

from app.access import delegation_views as deputies
from app.access import views as access
from app.administration.accounts import views as accounts
from app.administration.grants import views as grants
from app.administration.hand_over import views as hand_over
from app.administration.organisation import decision_views as proposals
from app.administration.organisation import views as organisation
from app.directives.carry_over import views as carry_over_views
from app.directives.former_leads import views as lead_handover_views
from app.directives.pages import handwritten_views as handwritten
from app.directives.pages import reply_views as directive_replies
from app.directives.pages import step_views as directive_steps
from app.directives.pages import views as directives
from app.directives.pages import writing_views as directive_writing
from app.directives.replies import replies_owed
from app.drafting.assembling import views as assembling_views
from app.drafting.editing import block_views, wording_views
from app.drafting.editing import views as editing_views
from app.drafting.editing.annexes import views as annex_views
from app.drafting.editing.renewal import views as renewal_views
from app.drafting.editing.replacing import views as replacing_views
from app.drafting.jobs import views as pages_views
from app.filing.attachments import views as attachments
from app.filing.contributions import views as contributions
from app.filing.core import announcements
from app.filing.department import sign_off_views as sign_off
from app.filing.department import text_comparison_views
from app.filing.department import views as filing
from app.filing.presence import views as presence
from app.filing.quarter_sheet import views as quarter_sheet
from app.filing.review import (
    dependent_filings,
    filing_creation,
)
from app.filing.review import (
    reminder_views as reminders_views,
)
from app.filing.review import (
    send_back_views as sending_back,
)
from app.filing.review import (
    views as review,
)
from app.filing.workbook import views as workbook
from app.following import views as following
from app.issuing import correction_views, directive_views, register_views
from app.issuing import views as documents
from app.lint import views as lint
from app.maintenance.health import views as health
from app.notices import views as notices
from app.overview import views as overview
from app.periods import calendar_views, unlock_request_views
from app.periods import views as periods
from app.plan.assignments import ending_views as ending
from app.plan.assignments import target_table_views as target_tables
from app.plan.assignments import target_views as targets
from app.plan.assignments import views as assignments
from app.plan.core import views as plan
from app.plan.new_measures import addition_views as additions
from app.plan.preview import block_views as plan_blocks
from app.plan.preview import comparison_views
from app.plan.preview import duty_views as plan_duties
from app.plan.preview import revision_views as plan_revision
from app.plan.preview import views as plan_preview
from app.search import views as search
from app.wiring import queue
from app.word_list import views as word_list

LISTENERS = (filing_creation, dependent_filings, announcements, replies_owed, queue)

FILING = (
    filing,
    contributions,
    attachments,
    sign_off,
    presence,
    text_comparison_views,
    workbook,
    quarter_sheet,
    review,
    sending_back,
    reminders_views,
)

DOCUMENTS = (
    documents,
    assembling_views,
    editing_views,
    block_views,
    renewal_views,
    replacing_views,
    annex_views,
    wording_views,
    pages_views,
    register_views,
    directive_views,
    correction_views,
)

BLUEPRINTS: tuple[Blueprint, ...] = tuple(
    pages.bp
    for pages in (
        access,
        deputies,
        notices,
        plan,
        plan_preview,
        plan_revision,
        plan_blocks,
        assignments,
        targets,
        target_tables,
        ending,
        additions,
        comparison_views,
        plan_duties,
        periods,
        calendar_views,
        unlock_request_views,
        *FILING,
        directives,
        directive_writing,
        handwritten,
        directive_steps,
        directive_replies,
        lead_handover_views,
        carry_over_views,
        following,
        *DOCUMENTS,
        word_list,
        lint,
        overview,
        search,
        organisation,
        proposals,
        accounts,
        grants,
        hand_over,
        health,
    )
)
