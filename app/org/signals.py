"""What others may listen to."""

from __future__ import annotations

from blinker import signal

# Sent before a Department, the sender, is ended; who listens returns sentences that say what still hangs on it.
department_dependents_asked = signal("department-dependents-asked")
