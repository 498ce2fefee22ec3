"""One step in a life cycle; the tables of transitions are in the features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from app.base.errors import IllegalTransition

Step = TypeVar("Step")
State = TypeVar("State")


def next_state(
    transitions: Mapping[tuple[Step, State], State], step: Step, state: State, *, refusal: str
) -> State:
    """Return the state that a step leads to. Raises IllegalTransition with `refusal` if the step is not possible."""
    try:
        return transitions[step, state]
    except KeyError:
        raise IllegalTransition(refusal) from None
