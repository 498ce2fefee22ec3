"""What others may listen to, or answer."""

from __future__ import annotations

from blinker import signal

# Sent inside the transaction, with the Plan as sender and `by` (an Actor).
assignments_changed = signal("assignments-changed")

# Asked by pages whose address names no year; who knows the quarters answers with the Plan at hand, or None.
plan_at_hand_asked = signal("plan-at-hand-asked")
