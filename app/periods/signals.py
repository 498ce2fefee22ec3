"""Signals of quarters."""

from __future__ import annotations

from blinker import signal

# Sent within the transaction: the sender is the Period, `by` an Actor.
period_opened = signal("period-opened")

# Asked with `period_ids`; the answers are AcceptedShare values by period id.
accepted_shares_asked = signal("accepted-shares-asked")

# Asked with a Period as sender before its opening is undone; the answers are lists of DependentRows.
period_dependents_asked = signal("period-dependents-asked")

# Asked with `period_ids`; the answers are the ids of the quarters whose opening can no longer be undone.
kept_periods_asked = signal("kept-periods-asked")

# Sent within the transaction before a Period, the sender, is deleted; whatever prevents that was asked for before.
period_withdrawn = signal("period-withdrawn")
