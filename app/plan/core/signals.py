"""Signals of plans."""

from __future__ import annotations

from blinker import signal

# Sent within the transaction: the sender is the Plan, `by` an Actor.
assignments_changed = signal("assignments-changed")

# Asked with an Indicator as sender before its cumulation changes to `rule`; the answers are sentences about the effect
# on filed numbers, or "".
cumulation_changing = signal("cumulation-changing")

# Asked with a measure (PlanItem) as sender before it ends on the day `on`; the answers are sentences about what
# prevents that, or "".
measure_ending = signal("measure-ending")

# Asked with a Plan as sender before a revision that holds from the day `on`; the answers are sentences naming the
# closed quarters that it would change, or "".
closed_quarters_asked = signal("closed-quarters-asked")

# Asked by pages whose address names no year; the answer is the current Plan, or None.
current_plan_asked = signal("current-plan-asked")

# Sent within the transaction that stores a draft, after its assignments: the sender is the Plan, `draft` the draft,
# `measures` the stored measures by where each begins in the text, `by` an Actor.
plan_confirmed = signal("plan-confirmed")

# Asked with a Plan as sender before it is removed; the answers are lists of DependentRows.
plan_dependents_asked = signal("plan-dependents-asked")

# Sent within the transaction before a Plan, the sender, is deleted; whatever prevents that was asked for before.
plan_removed = signal("plan-removed")
