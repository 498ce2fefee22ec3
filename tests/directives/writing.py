"""What the tests of directives share: a directive as a leader writes it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.base.clock import today
from app.directives.core import operations, queries
from app.directives.core.content import DirectiveContent, DirectiveTarget
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.models import Directive
from app.directives.core.subjects import DirectiveSubject
from app.directives.replies.operations import reply_to_directive
from app.org.models import Leader
from app.plan.core.models import PlanItem
from tests.world import World

WORDS = "请抓紧办理，月底前报结果。"


def sample_content(
    world: World,
    *addressees: str,
    text: str = WORDS,
    kind: DirectiveKind = DirectiveKind.INSTRUCTION,
    due_on: date | None = None,
    leader: Leader | None = None,
    is_confidential: bool = False,
) -> DirectiveContent:
    """Return what is written, addressed to departments by short name, 主办 first (经发办 when none is named)."""
    main, *supports = (world.departments[name] for name in addressees or ("经发办",))
    return DirectiveContent(
        kind, text, main, tuple(supports), due_on=due_on, leader=leader, is_confidential=is_confidential
    )


def written_directive(world: World, *addressees: str, measure: int = 1, **changes: Any) -> Directive:
    """Return a directive that the leader has written on a measure."""
    directive = operations.write_directive(
        target_of(world, measure), sample_content(world, *addressees, **changes), by=world.users["leader"]
    )
    return reload_directive(directive)


def target_of(world: World, *measures: int) -> DirectiveTarget:
    """Return the measures with those positions (from 1), as what a directive is written on."""
    return DirectiveTarget(tuple(world.measures[number - 1] for number in measures))


def bare_directive(measure: PlanItem, **values: Any) -> Directive:
    """Return a directive on a measure as it is stored, addressed to nobody, of which no operation knows."""
    year = today().year
    numbered = {"number_year": year, "number": queries.last_number(year, is_confidential=False) + 1}
    directive = Directive.create(**numbered, **values)
    DirectiveSubject.create(directive=directive, measure=measure)
    return directive


def replied_directive(world: World, *addressees: str, text: str = "已办结。", **changes: Any) -> Directive:
    """Return a directive that every addressee has answered."""
    directive = written_directive(world, *addressees, **changes)
    for name in reversed(addressees or ("经发办",)):  # 主办 answers last, and for all
        reply_to_directive(
            directive,
            text,
            department=world.departments[name],
            by=world.users[f"head:{name}"],
            version=directive.version,
        )
        directive = reload_directive(directive)
    return directive


def reload_directive(directive: Directive) -> Directive:
    """Return a directive as it stands in the base."""
    stored = queries.directive_by_id(directive.id)
    assert stored is not None
    return stored


def make_overdue(directive: Directive, *, days: int = 7) -> None:
    """Let the due date of a directive have gone by."""
    late = today() - timedelta(days=days)
    Directive.update(due_on=late).where(Directive.id == directive.id).execute()
