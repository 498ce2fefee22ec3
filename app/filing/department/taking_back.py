"""Taking back a submission or a signature (撤回) before it is decided on."""

from __future__ import annotations

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.days import moment_with_weekday
from app.base.errors import IllegalTransition
from app.filing.core import kept_texts
from app.filing.core.life_cycle import (
    INSTEAD_OF_TAKING_BACK,
    ReturnKind,
    action_words,
    can_happen,
    steps_of_taking_back,
)
from app.filing.core.models import Filing
from app.filing.core.operations import move_filing


@transaction
def take_back_filing(filing: Filing, *, by: Actor, version: int) -> None:
    """Take back a submitted filing: it is a draft again, or returned with its former reason.

    Raises NotAllowed, StaleVersion, IllegalTransition naming who has decided already and when.
    """
    require(by, Action.TAKE_BACK_FILING, filing)
    steps = steps_of_taking_back(filing.state, needs_sign_off=filing.department.needs_sign_off)
    if not steps:
        raise came_too_late(filing)
    for action in steps[:-1]:
        take_back_signature(filing, action, by=by, version=version)
        version = filing.version
    given_back = kept_texts.last_returned(filing)
    filing.submitted_at = None
    if given_back:
        filing.returned_reason = given_back.reason
        filing.return_kind = given_back.return_kind or ReturnKind.CORRECT
    move_filing(filing, steps[-1], by=by, version=version, came_back=given_back is not None)


@transaction
def take_back_sign_off(filing: Filing, *, by: Actor, version: int) -> None:
    """Take back the head's signature: the filing waits for one again.

    Raises NotAllowed, StaleVersion, IllegalTransition naming who has decided already and when.
    """
    require(by, Action.TAKE_BACK_SIGN_OFF, filing)
    if not can_happen(Action.TAKE_BACK_SIGN_OFF, filing.state):
        raise came_too_late(filing)
    take_back_signature(filing, Action.TAKE_BACK_SIGN_OFF, by=by, version=version)


def take_back_signature(filing: Filing, action: Action, *, by: Actor, version: int) -> None:
    filing.signed_off_at, filing.signed_off_by = None, ""
    move_filing(filing, action, by=by, version=version)


def came_too_late(filing: Filing) -> IllegalTransition:
    """Return the refusal that says who decided and when, and what can be done now."""
    last = kept_texts.last_step(filing)
    done = ""
    if last:
        words = action_words(Action(last.action), last.return_kind)
        done = f"{last.person}（{last.seat}）已于{moment_with_weekday(last.at)}{words}，"
    now_words = f"现在是“{filing.shown_state.label}”。{INSTEAD_OF_TAKING_BACK[filing.state]}"
    return IllegalTransition(f"没有撤回：{done}{now_words}")
