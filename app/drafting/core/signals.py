"""What others may listen to."""

from __future__ import annotations

from blinker import signal

# Sent within the transaction in which its files are stored, with the Document as sender.
document_issued = signal("document-issued")
# Sent after the transaction, with the RenderJob as sender: a worker may take it now. `is_urgent`: whether somebody
# waits for this one; it goes before those of which many were asked for at once.
job_requested = signal("job-requested")
# Sent after the transaction, with the Verification as sender.
verification_requested = signal("verification-requested")
