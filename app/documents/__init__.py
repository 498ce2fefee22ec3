"""Official documents: assembling them from accepted filings, rendering in the worker, issuing."""
