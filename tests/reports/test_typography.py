"""The extension of WeasyPrint's line layout."""

import pytest

from reports import typography


@pytest.mark.parametrize(
    ("before", "after", "gap"),
    [
        ("国", "家", True),
        ("国", "2", True),
        ("2", "0", False),
        ("—", "—", False),
        ("…", "…", False),
        ("a", " ", True),
        ("（", "一", True),
    ],
)
def test_gaps_open_between_hanzi_but_not_inside_words_and_long_marks(
    before: str, after: str, gap: bool
) -> None:
    assert typography.opens(before, after) is gap
