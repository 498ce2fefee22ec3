"""What others may listen to."""

from __future__ import annotations

from blinker import signal

# Sent inside the transaction, with the Delegation as sender and `by` (an Actor).
seat_delegated = signal("seat-delegated")
