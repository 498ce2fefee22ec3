"""Signals of documents."""

from __future__ import annotations

from blinker import signal

# Sent within the transaction that stores its files: the sender is the Document.
document_issued = signal("document-issued")
# Sent after the transaction: the sender is the RenderJob, which a worker may take now. `is_urgent`: somebody is
# waiting, so it comes before jobs that were requested in bulk.
job_requested = signal("job-requested")
# Sent after the transaction: the sender is the Verification.
verification_requested = signal("verification-requested")
