"""Lost updates: many people save the same filings at once through the served system."""

from __future__ import annotations

from tests.concurrency.service import Service
from tests.concurrency.writers import Outcome, account_for, run
from tests.databases import on_both
from tests.world import World


@on_both
def test_every_acknowledged_word_is_there_or_was_taken_out_by_somebody_who_had_read_it(
    service: Service, world: World
) -> None:
    attempts = run(service.address, world, writers=6, filings=2, rounds=2)
    acknowledged = [attempt for attempt in attempts if attempt.outcome is Outcome.ACKNOWLEDGED]
    assert len(acknowledged) == 6 * 2 * 2 + 1
    assert any(attempt.outcome is Outcome.STALE for attempt in attempts)
    account_for(attempts)
