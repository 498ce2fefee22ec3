"""Signals of filings."""

from __future__ import annotations

from blinker import signal

# Sent within the transaction after every step of a filing's life cycle: the sender is the Filing, `action` the step,
# `by` the Actor who took it.
filing_moved = signal("filing-moved")

# Asked with `filing_ids`; the answers are the names of attached files by filing id.
evidence_names_asked = signal("evidence-names-asked")

# Asked with an Actor as `user`; the answers are lists of OwnDuty: what this person has to do for a department besides
# its filings.
own_duties_asked = signal("own-duties-asked")
