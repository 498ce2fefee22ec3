"""What others may listen to, or answer."""

from __future__ import annotations

from blinker import signal

# Sent inside the transaction, with the Plan as sender and `by` (an Actor).
assignments_changed = signal("assignments-changed")

# Asked before an Indicator's way of making a year changes, with the new `rule`; who keeps what was filed on it
# answers with a sentence about what would become of that, or with nothing.
cumulation_changing = signal("cumulation-changing")

# Sent before a measure (a PlanItem) ends, with the day `on`; who listens answers with a sentence that says what still
# hangs on it then, or with nothing.
measure_ending = signal("measure-ending")

# Asked with a Plan before a revision changes something from a day `on`; who knows the quarters answers with a sentence
# that names closed ones that it would change, or with nothing.
closed_quarters_asked = signal("closed-quarters-asked")

# Asked by pages whose address names no year; who knows the quarters answers with the Plan at hand, or None.
plan_at_hand_asked = signal("plan-at-hand-asked")

# Sent inside the transaction in which a draft is stored, with the Plan as sender, the `draft`, its stored `measures` by
# where each begins in the text, and `by`; once it is assigned.
plan_confirmed = signal("plan-confirmed")

# Asked with a Plan as sender before it is removed; those who hold something of it answer with DependentRows.
plan_dependents_asked = signal("plan-dependents-asked")

# Sent inside the transaction, with the Plan as sender and `by`, before it is deleted: what keeps it was refused.
plan_removed = signal("plan-removed")
