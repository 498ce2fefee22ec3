"""What others may listen to."""

from __future__ import annotations

from blinker import signal

# Sent inside the transaction, with the Plan as sender and `by` (an Actor).
assignments_changed = signal("assignments-changed")
