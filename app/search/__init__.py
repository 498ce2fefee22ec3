"""Finding words in the plan, in filings, directives and documents: of each only what one may read."""
