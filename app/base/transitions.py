"""A step of any life cycle: the tables stand in the features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from app.base.errors import IllegalTransition

Step = TypeVar("Step")
State = TypeVar("State")


def next_state(
    transitions: Mapping[tuple[Step, State], State], step: Step, state: State, *, refusal: str
) -> State:
    """Return where a step leads from a state. Raises IllegalTransition with `refusal` where it leads nowhere."""
    try:
        return transitions[step, state]
    except KeyError:
        raise IllegalTransition(refusal) from None
