"""What others may listen to."""

from __future__ import annotations

from blinker import signal

# Sent inside the transaction after every step of the life cycle, with the Filing as sender; `action` is the step, `by`
# the User who took it.
filing_moved = signal("filing-moved")

# Asked with the ids of filings as `filing_ids`; who knows what is attached to them answers with its names by these ids.
evidence_names_asked = signal("evidence-names-asked")

# Asked with an Actor as `user`; who knows of something that this person has to do for a department beside its filings
# answers with OwnDuty values.
own_duties_asked = signal("own-duties-asked")
