"""A text that a notice issues (印发): behind the signature, without the mark of an annex."""

from dataclasses import replace

import pytest

from reports.model import Enclosure, Heading, Paragraph
from tests.reports import samples
from tests.reports.every_form import ANNEXES, DOWNWARD, OFFICE
from tests.reports.ink import page_texts, sheets

LINE = 10.447
PLAN = Enclosure(
    "华阳路街道2026年工作计划",
    (
        Paragraph("为做好全年工作，制定本计划。"),
        Heading(1, "优化营商环境", number=3),
        Paragraph("新增落地企业30家。", head=Heading(3, "夯实“蓄水池”。", number=19)),
    ),
    byline=OFFICE,
)
NOTICE = replace(DOWNWARD, enclosure=PLAN, annexes=ANNEXES[:1])


def test_the_issued_text_follows_the_signature_on_a_page_of_its_own() -> None:
    notice, plan, annex = page_texts(samples.pdf(NOTICE))[:3]
    assert "2026年10月9日" in notice
    assert plan.startswith(f"{PLAN.title}\n{OFFICE}\n为做好")
    assert annex.startswith("附件\n")


def test_the_issued_plan_carries_no_annex_mark() -> None:
    notice, plan = page_texts(samples.pdf(NOTICE))[:2]
    assert PLAN.title not in notice
    assert "附件" not in plan


def test_its_headings_keep_their_own_numbers() -> None:
    plan = page_texts(samples.pdf(NOTICE))[1]
    assert "三、优化营商环境" in plan
    assert "19.夯实“蓄水池”。新增" in plan


@pytest.mark.parametrize("byline", [OFFICE, ""])
def test_title_and_byline_are_centred_and_one_line_is_free_before_the_text(byline: str) -> None:
    document = replace(NOTICE, enclosure=replace(PLAN, byline=byline))
    lines = sheets(samples.pdf(document), 2)[0].part(bottom=263).lines()
    heads, first = lines[: 2 if byline else 1], lines[2 if byline else 1]
    for line in heads:
        assert line.middle[0] == pytest.approx(28 + 78, abs=1)
    assert first.middle[1] - heads[-1].middle[1] == pytest.approx(2 * LINE, abs=1.2)
    if byline:
        assert heads[1].middle[1] - heads[0].middle[1] == pytest.approx(LINE, abs=1)
