"""A draft that cannot be printed: which block is at fault, said where it is edited; everything else goes on."""

from __future__ import annotations

import pytest
from flask import Flask

from app.authority.actor import SYSTEM
from app.drafting.core.life_cycle import JobState
from app.drafting.jobs import job_requests
from app.drafting.jobs import operations as jobs
from app.drafting.jobs.draft_printing import (
    AROUND_TEXT,
    IN_ANNEXES,
    PrintingFault,
    fault_in,
)
from reports.model import Annex, Column, OfficialDocument, Paragraph, Table
from tests.clients import log_in
from tests.drafting.draft_pages import address, page
from tests.drafting.drafts import OWN_WORDS, block_saying, drafted
from tests.world import THRESHOLDS, World

UNPRINTABLE = "走访企业32家\ue123。"


def prints(text: OfficialDocument) -> bool:
    """Take whatever does not hold a bad word."""
    annexed = [block for annex in text.annexes for block in annex.blocks]
    texts = [block.text for block in text.body if isinstance(block, Paragraph)]
    cells = [cell for block in annexed if isinstance(block, Table) for row in block.rows for cell in row]
    return not any("坏" in one for one in [text.title, *texts, *cells])


@pytest.mark.parametrize("place", [0, 1, 30, 59])
def test_the_one_block_among_many_is_found(place: int) -> None:
    body = tuple(Paragraph("坏。" if number == place else "好。") for number in range(60))
    trials: list[int] = []

    def counted(text: OfficialDocument) -> bool:
        trials.append(len(text.body))
        return prints(text)

    assert fault_in(OfficialDocument("公文", body), counted) == PrintingFault(place)
    assert len(trials) <= 14


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OfficialDocument("坏公文", (Paragraph("好。"),)), AROUND_TEXT),
        (
            OfficialDocument(
                "公文", (Paragraph("好。"),), annexes=(Annex("表", (Table((Column("列"),), (("坏",),)),)),)
            ),
            IN_ANNEXES.format(place="第 1 行（坏）"),
        ),
        (
            OfficialDocument(
                "公文",
                (Paragraph("好。"),),
                annexes=tuple(
                    Annex(
                        title,
                        (Paragraph("好。"), Table((Column("序号"), Column("举措"), Column("进展")), rows)),
                    )
                    for title, rows in (
                        ("甲", tuple((str(one), "好举措", "好") for one in range(9))),
                        (
                            "乙",
                            tuple((str(one), f"举措{one}", "坏" if one == 31 else "好") for one in range(45)),
                        ),
                    )
                ),
            ),
            IN_ANNEXES.format(place="第 32 行（31，举措31）"),
        ),
    ],
)
def test_what_lies_beside_the_text_is_named_so(text: OfficialDocument, words: str) -> None:
    assert fault_in(text, prints) == PrintingFault(words=words)


def test_where_nothing_can_be_printed_no_block_is_blamed() -> None:
    assert fault_in(OfficialDocument("公文", (Paragraph("好。"),)), lambda _text: False) == PrintingFault()


def test_the_editor_leads_to_the_block_and_prints_again_once_it_is_corrected(
    app: Flask, reported: World
) -> None:
    with app.app_context():
        draft = drafted(reported)
    office = log_in(app, reported, "office")
    row, job = block_saying(draft, OWN_WORDS), job_requests.job_of(draft).id
    page(office, f"/documents/{draft.id}/edit")
    office.post(address(row), data={"text": UNPRINTABLE, "version": str(row.version)})
    with app.app_context():
        jobs.run_job(job, thresholds=THRESHOLDS, by=SYSTEM)
    failed = job_requests.job_of(draft)
    assert (failed.state, failed.fault) == (JobState.FAILED, row.id)
    for path in ("edit", "pages"):
        shown = page(office, f"/documents/{draft.id}/{path}")
        assert failed.error in shown
        assert f'href="/documents/{draft.id}/edit#block-{row.id}"' in shown
    assert "编辑不能排版的那一段" in page(office, f"/documents/{draft.id}")
    apart = page(office, f"/documents/{draft.id}/pages", htmx=True)
    assert 'id="draft-fault" hx-swap-oob="true"' in apart
    office.post(address(row), data={"text": "走访企业32家。", "version": str(row.version + 1)})
    with app.app_context():
        jobs.run_job(job, thresholds=THRESHOLDS, by=SYSTEM)
    assert (job_requests.job_of(draft).state, job_requests.job_of(draft).fault) == (JobState.DONE, None)
    assert "版面没有更新" not in page(office, f"/documents/{draft.id}/edit")
