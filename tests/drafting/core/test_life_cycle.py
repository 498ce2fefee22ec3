"""What may be done to a document in which state, as the full product."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from app.authority.policy import Action
from app.base.clock import clock_stopped_at, now
from app.base.errors import IllegalTransition
from app.drafting.core.life_cycle import (
    ACTION_WORDS,
    DocumentState,
    JobStep,
    next_document_state,
)
from app.drafting.jobs import job_requests
from app.drafting.jobs import operations as jobs
from app.drafting.jobs.operations import ATTEMPTS, LEASE
from tests.drafting.sample_documents import assembled
from tests.world import World

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


@pytest.mark.usefixtures("in_app")
def test_a_document_waits_three_quarters_of_a_minute_for_a_worker_and_is_tried_three_times(
    reported: World,
) -> None:
    job_id, begun = job_requests.job_of(assembled(reported)).id, now()

    def is_taken_after(seconds: int) -> bool:
        with clock_stopped_at(begun + timedelta(seconds=seconds)):
            return jobs.take_lease(job_id) is not None

    taken = [is_taken_after(seconds) for seconds in (0, 45, 46, 91, 92, 137, 138)]
    assert taken == [True, False, True, False, True, False, False]


def test_a_job_is_so_far_when_a_step_begins() -> None:
    assert [step.percent for step in JobStep] == [10, 30, 50]


def test_a_job_is_tried_so_often_and_so_long() -> None:
    assert (3, timedelta(seconds=45)) == (ATTEMPTS, LEASE)
