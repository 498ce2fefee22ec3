"""What may be done to a document in which state, as the full product."""

from __future__ import annotations

from itertools import product

import pytest

from app.authority.policy import Action
from app.base.errors import IllegalTransition
from app.drafting.core.rules import ACTION_WORDS, DocumentState, JobStep, next_document_state

DRAFTS = (DocumentState.ASSEMBLED, DocumentState.EDITING)
ALLOWED = {
    Action.EDIT_DOCUMENT: (DRAFTS, DocumentState.EDITING),
    Action.ISSUE_DOCUMENT: (DRAFTS, DocumentState.ISSUING),
    Action.DISCARD_DOCUMENT: (DRAFTS, DocumentState.DISCARDED),
    Action.CORRECT_DOCUMENT: ((DocumentState.ISSUED,), DocumentState.ISSUED),
}


@pytest.mark.parametrize(("action", "state"), [*product(ALLOWED, DocumentState)])
def test_each_action_leads_from_its_states_only(action: Action, state: DocumentState) -> None:
    states, then = ALLOWED[action]
    if state in states:
        assert next_document_state(action, state) is then
        return
    with pytest.raises(IllegalTransition, match=f"“{state.label}”，不能{ACTION_WORDS[action]}"):
        next_document_state(action, state)


def test_a_job_is_so_far_when_a_step_begins() -> None:
    assert [step.percent for step in JobStep] == [10, 30, 50]
