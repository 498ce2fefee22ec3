"""One operation after the other, on either database: none acts on what another will change, none blocks another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from app.audit.queries import events_of_subject, verify_chain
from app.authority.policy import Action
from app.base.database import database, transaction
from app.base.errors import IllegalTransition
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.life_cycle import DirectiveState
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from tests.concurrency.service import Service
from tests.concurrency.visitor import Visitor
from tests.databases import on_both
from tests.directives.writing import reload_directive, replied_directive
from tests.filing.pages import brought_to
from tests.world import World

PARALLEL = 4


def at_once(actions: Sequence[Callable[[], object]]) -> list[object]:
    """Do all actions at the same moment, each with a connection of its own; return what they returned or raised."""
    start = threading.Barrier(len(actions))

    def do(action: Callable[[], object]) -> object:
        with database.connection_context():
            start.wait()
            try:
                return action()
            except Exception as error:
                return error

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(do, actions))


@on_both
def test_an_operation_begins_when_the_one_before_has_ended(world: World) -> None:
    under_way: list[int] = []

    @transaction
    def action() -> int:
        under_way.append(1)
        time.sleep(0.05)
        count = len(under_way)
        under_way.clear()
        return count

    assert at_once([action] * PARALLEL) == [1] * PARALLEL


@on_both
def test_batches_in_opposite_orders_do_not_block_each_other(world: World) -> None:
    head = world.users["head"]
    filings = [brought_to(FilingState.SUBMITTED, world, measure) for measure in (1, 2)]
    read = [(filing.id, filing.version) for filing in filings]

    def sign_off(order: Sequence[tuple[int, int]]) -> None:
        fresh = [(type(filings[0]).get_by_id(number), version) for number, version in order]
        operations.sign_off_filings(fresh, by=head)

    orders = [read, read[::-1]] * (PARALLEL // 2)
    outcomes = at_once([lambda order=order: sign_off(order) for order in orders])
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, IllegalTransition) for outcome in outcomes) == PARALLEL - 1
    signed = [
        event
        for filing in filings
        for event in events_of_subject(filing)
        if event.action == Action.SIGN_OFF_FILING
    ]
    assert len(signed) == len(filings)
    assert verify_chain() is None


@on_both
def test_of_twenty_who_close_a_directive_at_once_one_does(service: Service, world: World) -> None:
    directive = replied_directive(world)
    leader = Visitor(service.address, world.users["leader"].username).log_in()
    leader.get(f"/directives/{directive.key}")
    form = {"version": str(directive.version), "text": "同意销号。"}
    with ThreadPoolExecutor(20) as crowd:
        answers = list(
            crowd.map(lambda _: leader.post(f"/directives/{directive.key}/close", **form), range(20))
        )
    assert sorted(answer.status for answer in answers) == [303, *[409] * 19]
    stored = reload_directive(directive)
    assert (stored.state, stored.version) == (DirectiveState.CLOSED, directive.version + 1)
    closed = [one for one in events_of_subject(stored) if one.action == Action.CLOSE_DIRECTIVE]
    assert (len(closed), DirectiveStep.select().count()) == (1, 1)
    assert verify_chain() is None
