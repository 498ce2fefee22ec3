"""Forms of older programs, which have no marks: what their rows were when they were downloaded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.filing.core.content import FilingContent
from app.filing.core.merging import marks_of
from app.filing.workbook.carried import carried_fields, digest_of_content
from app.filing.workbook.layout import RowKey
from app.filing.workbook.proposal import marks_of_row
from app.filing.workbook.reading import ReportedFiling

NOW = FilingContent(progress="已走访企业30家。", percent=50)
READ = FilingContent(progress="已走访企业20家。", percent=50)
FILLED = {"progress": READ.progress}


@pytest.mark.parametrize(
    ("key", "marks"),
    [
        (RowKey("2026Q3", 1, 1, digest_of_content(NOW), {"progress": "0" * 12}), {"progress": "0" * 12}),
        (RowKey("2026Q3", 1, 1, digest_of_content(READ)), marks_of(FILLED)),
        (RowKey("2026Q3", 1, 1, digest_of_content(NOW)), marks_of(carried_fields(NOW))),
        (RowKey("2026Q3", 1, 1, digest_of_content(replace(NOW, percent=40))), {"progress": ""}),
    ],
    ids=["with marks", "as it was", "as it is", "as it is no more"],
)
def test_a_row_without_marks_is_known_by_the_digest_of_its_text(key: RowKey, marks: dict[str, str]) -> None:
    assert marks_of_row(ReportedFiling(2, key, READ), FILLED, NOW) == marks
