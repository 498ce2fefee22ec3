"""Signals of accounts and grants."""

from __future__ import annotations

from blinker import signal

# Sent within the transaction: the sender is the Delegation, `by` an Actor.
seat_delegated = signal("seat-delegated")

# Sent within the transaction: the sender is the Grant, `by` an Actor, `since` the first day on which it no longer
# holds, `reason` the reason.
grant_revoked = signal("grant-revoked")

# Asked with an Actor as `user` when the navigation bar is rendered; the answers are counts by an entry's endpoint.
waiting_counts_asked = signal("waiting-counts-asked")
