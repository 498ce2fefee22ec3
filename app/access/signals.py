"""What others may listen to."""

from __future__ import annotations

from blinker import signal

# Sent inside the transaction, with the Delegation as sender and `by` (an Actor).
seat_delegated = signal("seat-delegated")

# Sent inside the transaction, with the Grant as sender, `by` (an Actor), `since` (from which day it holds no more) and
# `reason`.
grant_revoked = signal("grant-revoked")

# Sent while the bar is drawn, with `user` (an Actor). Answered with how much waits for them, by an entry's endpoint.
waiting_counts_asked = signal("waiting-counts-asked")
