"""Signals of the organisation."""

from __future__ import annotations

from blinker import signal

# Asked with a Department as sender before it ends; the answers are lists of sentences about its unfinished work.
department_dependents_asked = signal("department-dependents-asked")
