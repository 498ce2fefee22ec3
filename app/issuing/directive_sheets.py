"""Printing the processing sheet of a directive (督办单) on demand; nothing of it is stored."""

from __future__ import annotations

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.days import day_with_weekday, written_day
from app.composition.directive_sheet import DirectiveSheetFacts, compose_directive_sheet
from app.composition.facts import ReplyFacts
from app.directives.core.models import Directive
from app.drafting.jobs.web_printer import current_printer
from app.printing.formats import PrintedFile


def print_directive_sheet(directive: Directive, *, is_blank: bool, by: Actor) -> PrintedFile:
    """Print the sheet of a directive with its history, or `is_blank` to be filled in by hand, and record for whom.

    Raises NotAllowed, and what printing raises.
    """
    require(by, Action.READ_DIRECTIVE, directive)
    note = f"{written_day(now())}由{by.person}从系统打印"
    document = compose_directive_sheet(sheet_facts(directive), is_blank=is_blank, note=note)
    printed = current_printer().print_document(document)
    about = directive.number_words if directive.is_confidential else f"{directive.number_words}，督办单"
    record_event(
        EventKind.PRINT_DIRECTIVE_SHEET,
        directive,
        by=by,
        summary=about,
        detail={"version": directive.version},
    )
    return printed


def sheet_facts(directive: Directive) -> DirectiveSheetFacts:
    """Return the facts of a directive that its sheet shows."""
    main = directive.main_addressee
    supports = [one.department.short_name for one in directive.addressees if not one.is_main]
    return DirectiveSheetFacts(
        number=directive.number_words,
        kind=directive.kind.label,
        author=directive.author,
        given_on=directive.created_at.date(),
        about="、".join(one.words for one in directive.subjects),
        text=directive.text,
        main=main.department.short_name if main else "",
        supports=tuple(supports),
        due_words=day_with_weekday(directive.due_on) if directive.due_on else "未定期限",
        feedback=directive.feedback.label if directive.asks_for_reply else "不用回复",
        replies=tuple(
            ReplyFacts(one.department.short_name, one.text, one.at.date()) for one in directive.replies
        ),
        outcome=directive.closing.closing_words if directive.closing else "",
        is_confidential=bool(directive.is_confidential),
    )
