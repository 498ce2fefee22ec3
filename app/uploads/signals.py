"""Signals of stored files."""

from __future__ import annotations

from blinker import signal

# Asked by the clean-up of the store; the answers are the names of the files that a feature needs, by hash.
stored_files_asked = signal("stored-files-asked")
