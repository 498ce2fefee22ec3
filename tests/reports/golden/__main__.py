"""Writes the golden documents again."""

import json

from tests.reports.golden import (
    DIGESTS,
    DOCUMENTS,
    digests,
    keep,
)

for name in DOCUMENTS:
    keep(name)
DIGESTS.write_text(json.dumps(digests(), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
