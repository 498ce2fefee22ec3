"""A draft whose body changes is set again without its annexes, and is the same file as if all of it were set."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from reports.kept_annexes import KeptAnnexes
from reports.model import Annex, OfficialDocument, Paragraph
from reports.pdf import PdfRenderer, render_pdf
from reports.pdf_variants import PdfVariant
from reports.text_fitting import with_short_annexes
from tests.reports import samples

UPRIGHT = replace(samples.UPWARD, annexes=(Annex("名单", (Paragraph("国" * 40),)),))
TWO = replace(samples.REPORT, annexes=(*samples.REPORT.annexes, *UPRIGHT.annexes))


def printed_whole(document: OfficialDocument, variant: PdfVariant = PdfVariant.PLAIN) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KeptAnnexes, "lay_document", lambda _self, document, lay: lay(document))
        return render_pdf(document, variant=variant)


def with_more(document: OfficialDocument, characters: int) -> OfficialDocument:
    first, *others = document.body
    return replace(document, body=(Paragraph(f"{getattr(first, 'text', '')}{'国' * characters}"), *others))


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Whether each text that is laid out meanwhile has its annexes whole."""
    found: list[bool] = []
    lay = PdfRenderer.lay_out_template

    def noted(self: PdfRenderer, template: str, **context: Any) -> Any:
        if template == "document.html":
            found.append(context["document"] != with_short_annexes(context["document"]))
        return lay(self, template, **context)

    monkeypatch.setattr(PdfRenderer, "lay_out_template", noted)
    return found


@pytest.mark.parametrize("document", [samples.REPORT, UPRIGHT, TWO], ids=["landscape", "upright", "two"])
def test_annexes_are_kept_while_the_text_takes_as_many_pages(
    document: OfficialDocument, laid: list[bool]
) -> None:
    render_pdf(document)
    laid.clear()
    changed = with_more(document, 3)
    assert render_pdf(changed) == printed_whole(changed)
    kept, whole = laid[: len(laid) // 2], laid[len(laid) // 2 :]
    assert not any(kept)
    assert any(whole)


def test_annexes_are_laid_again_behind_another_page(laid: list[bool]) -> None:
    render_pdf(UPRIGHT)
    laid.clear()
    longer = with_more(UPRIGHT, 28 * 30)
    assert render_pdf(longer) == printed_whole(longer)
    assert laid[:2] == [False, True]


def test_annexes_are_laid_again_when_anything_else_changes(laid: list[bool]) -> None:
    render_pdf(UPRIGHT)
    laid.clear()
    for changed in (
        replace(UPRIGHT, annexes=(replace(UPRIGHT.annexes[0], title="清单"),)),
        replace(UPRIGHT, title="关于进展情况的报告"),
    ):
        assert render_pdf(changed) == printed_whole(changed)
    assert laid == [True] * 4


def test_annexes_whose_boxes_were_taken_away_are_laid_again() -> None:
    render_pdf(UPRIGHT, variant=PdfVariant.ACCESSIBLE)
    changed = with_more(UPRIGHT, 3)
    assert render_pdf(changed) == printed_whole(changed)
    accessible = render_pdf(changed, variant=PdfVariant.ACCESSIBLE)
    assert accessible == printed_whole(changed, PdfVariant.ACCESSIBLE)
