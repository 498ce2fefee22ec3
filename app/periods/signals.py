"""What others may listen to, or answer."""

from __future__ import annotations

from blinker import signal

# Sent inside the transaction, with the Period as sender and `by` (an Actor).
period_opened = signal("period-opened")

# Asked with the ids of quarters as `period_ids`; who knows the filings answers with AcceptedShares by these ids.
accepted_shares_asked = signal("accepted-shares-asked")
