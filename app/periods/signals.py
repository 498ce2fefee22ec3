"""What others may listen to."""

from __future__ import annotations

from blinker import signal

# Sent inside the transaction, with the Period as sender and `by` (an Actor).
period_opened = signal("period-opened")
