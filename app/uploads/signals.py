"""What is asked about files; who keeps some listens."""

from __future__ import annotations

from blinker import signal

# Who keeps files in the store answers with their names by their hashes.
stored_files_asked = signal("stored-files-asked")
