"""The extension of WeasyPrint's line layout."""

import pytest
import weasyprint
from weasyprint.layout import inline

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


def test_the_extension_is_in_place() -> None:
    assert inline.justify_line is typography.fill_line


def test_another_release_is_refused_in_a_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(RuntimeError, match=r"只核对过 WeasyPrint 70，现装的是 71\.0"):
        typography.install()
