"""The extension of WeasyPrint is in place, changes no layout but the filled lines, and refuses other releases."""

from typing import Any

import pytest
import weasyprint
from weasyprint.layout import inline

from reports import extension, typography
from reports.fonts import find_fonts
from reports.pdf import press
from tests.reports import samples


def places() -> list[tuple[float, float, float]]:
    """Where every box of a report lies."""
    pages = press(find_fonts()).lay_out("document.html", document=samples.REPORT).pages
    boxes: list[Any] = [box for page in pages for box in page._page_box.descendants()]
    return [(box.position_x, box.position_y, box.width) for box in boxes if isinstance(box.width, float)]


def test_the_extension_is_in_place() -> None:
    assert inline.justify_line is typography.fill_line
    assert inline.resolve_percentages is extension.resolve_lengths


def test_known_lengths_move_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    known = places()
    monkeypatch.setattr(inline, "resolve_percentages", extension.resolve_percentages)
    assert len(known) > 1000
    assert places() == known


def test_another_release_is_refused_in_a_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(RuntimeError, match=r"只核对过 WeasyPrint 70，现装的是 71\.0"):
        extension.install()
