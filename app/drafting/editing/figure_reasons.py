"""Reasons why figures of a draft differ from its facts; with a reason, they are no longer reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import IllegalTransition, StaleVersion, raise_field_problems
from app.base.text import text_problem
from app.composition.facts import DocumentFacts
from app.drafting.core.changed_figures import ChangedFigure, changed_figures
from app.drafting.core.models import DocumentBlock
from app.drafting.core.queries import next_state_of
from app.drafting.editing.models import FigureReason

FIGURE_REASON_LENGTH = 200


@dataclass(frozen=True)
class ExplainedFigure:
    figure: ChangedFigure
    reason: FigureReason


@transaction
def explain_figures(row: DocumentBlock, reason: str, *, by: Actor, version: int) -> None:
    """Store the reason why a block has figures that its facts do not have.

    Raises NotAllowed, IllegalTransition, FieldProblems, and StaleVersion with the present block.
    """
    require(by, Action.EDIT_DOCUMENT)
    next_state_of(row.document, Action.EDIT_DOCUMENT)
    if row.version != version:
        raise StaleVersion(row)
    figure = changed_figure_of(row)
    if figure is None:
        raise IllegalTransition("这一段的数字、名称与填报数据一致，不用写明理由。")
    reason = reason.strip()
    problem = text_problem(
        reason, "理由", FIGURE_REASON_LENGTH, when_empty="请写明数字为什么与填报数据不同。"
    )
    raise_field_problems({"reason": problem})
    exchanged = {"written": list(figure.written), "known": list(figure.known)}
    FigureReason.create(block=row, reason=reason, given_by=by.person, **exchanged)
    detail = {"block": row.id, "reason": reason, **exchanged}
    record_event(EventKind.EXPLAIN_FIGURES, row.document, by=by, summary=row.document.title, detail=detail)


def changed_figure_of(row: DocumentBlock) -> ChangedFigure | None:
    """Return the figures of a block that its facts do not have; None if there are none."""
    facts = DocumentFacts.from_json(row.document.facts) if row.document.facts else None
    return next(changed_figures([row], facts), None)


def reasons_given(blocks: Iterable[int]) -> list[FigureReason]:
    """Return all reasons given for figures of blocks (by id), newest first."""
    query = FigureReason.select().where(FigureReason.block.in_(tuple(blocks)))
    return list(query.order_by(FigureReason.given_at.desc(), FigureReason.id.desc()))


def explained_figures(figures: Sequence[ChangedFigure]) -> tuple[ExplainedFigure, ...]:
    """Return the figures for which a reason was given. One query; none if there are no figures."""
    given = reasons_given(figure.row.id for figure in figures) if figures else []
    found = ((figure, reason_for(figure, given)) for figure in figures)
    return tuple(ExplainedFigure(figure, reason) for figure, reason in found if reason)


def reason_for(figure: ChangedFigure, given: Iterable[FigureReason]) -> FigureReason | None:
    """Return the newest reason given for exactly these figures; None if there is none."""
    wanted = figure.row.id, list(figure.written), list(figure.known)
    return next((one for one in given if (one.block_id, one.written, one.known) == wanted), None)
