"""What follows the body: list of annexes, signature, date, note, annexes (7.3.4-7)."""

from dataclasses import replace

import pytest

from reports.model import Annex, OfficialDocument, Paragraph, Signature
from tests.reports import samples
from tests.reports.ink import (
    Extent,
    page_sizes,
    page_texts,
    sheets,
)

CHARACTER = 5.556
ISSUER = "华阳路街道办事处"


def closing_lines(document: OfficialDocument) -> list[Extent]:
    """The lines of page 1 below the title, without the page number."""
    return sheets(samples.pdf(document), 1)[0].part(top=150, bottom=263).lines()


def signed(issuer: str, sealed: bool = False) -> OfficialDocument:
    return replace(samples.DOWNWARD, signature=Signature((issuer,), samples.DAY, sealed))


def test_unsealed_issuer_leaves_two_characters_and_the_date_begins_two_further() -> None:
    issuer, day = closing_lines(signed(ISSUER))[-2:]
    assert 184 - issuer.right == pytest.approx(2 * CHARACTER, abs=0.7)
    assert day.left - issuer.left == pytest.approx(2 * CHARACTER, abs=0.7)
    assert day.top - issuer.top == pytest.approx(10.447, abs=0.7)


def test_a_date_longer_than_the_issuer_stands_right_and_moves_the_issuer_left() -> None:
    issuer, day = closing_lines(signed("街道办"))[-2:]
    assert 184 - day.right == pytest.approx(2 * CHARACTER, abs=1.6)
    assert day.left - issuer.left == pytest.approx(2 * CHARACTER, abs=0.7)


@pytest.mark.parametrize("issuer", [ISSUER, "街道办"])
def test_sealed_issuer_stands_centred_above_a_date_with_four_characters_free(issuer: str) -> None:
    above, day = closing_lines(signed(issuer, sealed=True))[-2:]
    assert 184 - day.right == pytest.approx(4 * CHARACTER, abs=1.6)
    assert above.middle[0] == pytest.approx(day.middle[0], abs=0.8)


def test_sealed_signature_leaves_room_for_the_seal() -> None:
    lines = closing_lines(signed(ISSUER, sealed=True))
    assert lines[-2].top - lines[-3].top == pytest.approx(3 * 10.447, abs=0.7)


def test_note_stands_in_brackets_below_the_date() -> None:
    document = replace(samples.DOWNWARD, note="联系人：张堃")
    assert "2026年10月9日\n（联系人：张堃）" in page_texts(samples.pdf(document))[0]


@pytest.mark.parametrize("end", ["", "特此报告。"], ids=["long", "short"])
@pytest.mark.parametrize("annexes", [0, 2])
def test_two_lines_of_the_text_stay_with_the_signature(end: str, annexes: int) -> None:
    annex = Annex("推进情况表", samples.DOWNWARD.body)
    on_page_2 = []
    for lines in range(1, 12, 1 + annexes // 2):
        body = (Paragraph("国" * (28 * lines - 2)), *([Paragraph(end)] if end else []))
        document = replace(samples.UPWARD, body=body, annexes=(annex,) * annexes)
        number, page = next(
            (number, text)
            for number, text in enumerate(page_texts(samples.pdf(document)))
            if "\n2026年10月9日" in text
        )
        on_page_2.append(number)
        assert page.count("国") >= min(28 if end else 56, 28 * lines - 30)
        assert end in page
    assert any(on_page_2)


def test_single_annex_is_listed_without_number_several_with_aligned_names() -> None:
    one = replace(samples.DOWNWARD, annexes=(Annex("推进情况表", samples.DOWNWARD.body),))
    two = replace(one, annexes=(*one.annexes, Annex("推进情况表及其说明" * 4, samples.DOWNWARD.body)))
    assert "附件：推进情况表\n" in page_texts(samples.pdf(one))[0]
    assert "附件：1. 推进情况表\n" in "\n".join(page_texts(samples.pdf(two)))
    paper = replace(two, masthead=None, addressee="")
    first, second, wrapped = sheets(samples.pdf(paper), 1)[0].part(bottom=263).lines()[3:6]
    assert first.left == pytest.approx(28 + 2 * CHARACTER, abs=0.8)
    assert second.left == pytest.approx(28 + 5 * CHARACTER, abs=0.8)
    assert wrapped.left == pytest.approx(28 + 6 * CHARACTER, abs=1)


def test_the_label_and_a_work_s_title_leave_no_hole_of_a_whole_square() -> None:
    plain, quoted = (
        closing_lines(replace(samples.DOWNWARD, annexes=(Annex(title, samples.DOWNWARD.body),)))[-3].right
        for title in ("国国国", "《国国》")
    )
    assert quoted == pytest.approx(plain, abs=CHARACTER / 4)


def test_each_annex_begins_a_page_with_its_number_and_its_title_on_the_third_line() -> None:
    document = replace(samples.DOWNWARD, annexes=(Annex("推进情况表", samples.DOWNWARD.body),) * 2)
    texts = page_texts(samples.pdf(document))
    assert [text.splitlines()[0] for text in texts[1:3]] == ["附件1", "附件2"]
    number, title = sheets(samples.pdf(document), 2)[0].lines()[:2]
    assert number.left == pytest.approx(28, abs=0.8)
    assert title.middle[1] - number.middle[1] == pytest.approx(2 * 10.447, abs=1)
    assert title.middle[0] == pytest.approx(28 + 78, abs=1)


def test_a_turned_annex_has_its_page_number_at_the_foot_of_the_sheet() -> None:
    pdf = samples.pdf(samples.REPORT)
    sizes = page_sizes(pdf)
    turned = [number for number, (width, height) in enumerate(sizes, start=1) if width > height]
    assert len(turned) >= 2
    for number, sheet in zip(turned, sheets(pdf, *turned), strict=True):
        assert sizes[number - 1] == pytest.approx((297, 210), abs=0.5)
        folio = sheet.part(right=34).extent()
        assert folio.middle[0] == pytest.approx(35 - 7, abs=1)
        gap = 184 - folio.bottom if number % 2 else folio.top - 28
        assert gap == pytest.approx(4.94, abs=0.5)
