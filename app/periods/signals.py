"""What others may listen to, or answer."""

from __future__ import annotations

from blinker import signal

# Sent inside the transaction, with the Period as sender and `by` (an Actor).
period_opened = signal("period-opened")

# Asked with the ids of quarters as `period_ids`; who knows the filings answers with AcceptedShares by these ids.
accepted_shares_asked = signal("accepted-shares-asked")

# Asked with a Period as sender before its opening is undone; answered with DependentRows.
period_dependents_asked = signal("period-dependents-asked")

# Asked with the ids of quarters as `period_ids`; answered with the ids of those that cannot be undone any more.
kept_periods_asked = signal("kept-periods-asked")

# Sent inside the transaction, with the Period as sender and `by`, before it is deleted: what keeps it was refused.
period_withdrawn = signal("period-withdrawn")
