"""Everything that can stand around a text, from the form to the frozen file: each mark is where the standard has it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.authority.actor import SYSTEM
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document, RenderJob
from app.drafting.jobs import operations as jobs
from app.org.models import Issuer
from app.printing.render_pool import Printer
from tests.clients import Browser, log_in
from tests.drafting.draft_pages import describing
from tests.drafting.drafts import block_saying, drafted, unprinted
from tests.reports.ink import TextLine, text_lines
from tests.world import THRESHOLDS, World

PARTY, ADMINISTRATION = "中共示例街道工作委员会", "示例街道办事处"
TYPED = {
    "span": "quarter",
    "fullness": "full",
    "issuer": f"{PARTY}、{ADMINISTRATION}",
    "recipient": "示例区人民政府",
    "signer": "王玥、林知远",
    "dated": "2026-10-09",
    "copies_to": "区委办公室，区政府办公室",
    "word": "示街工委",
    "copy_number": "7",
    "secrecy": "机密★1年",
    "urgency": "加急",
    "sealed": "y",
    "note": "联系人：周示例",
}
LEFT, RIGHT, CHARACTER, LINE = 28.0, 184.0, 156 / 28, 225 / 22  # mm
EDITED = "二季度以来走访企业三十二家。"


@pytest.fixture
def office(app: Flask, reported: World) -> Browser:
    Issuer.create(name=PARTY, word="示街工委", position=1)
    Issuer.update(word="示街", position=2).where(Issuer.name == ADMINISTRATION).execute()
    return log_in(app, reported, "office")


def run(printer: Printer = unprinted) -> None:
    """Do what the worker would."""
    jobs.run_job(RenderJob.get().id, printer, thresholds=THRESHOLDS, by=SYSTEM)


def opened(client: Browser, path: str) -> str:
    """Return what tells a form's page that nothing was changed since it was opened."""
    found = re.search(r'name="opened" type="hidden" value="([^"]+)"', client.get(path).get_data(as_text=True))
    assert found
    return found[1]


def line(lines: list[TextLine], words: str) -> TextLine:
    """Return the only line that begins with these words, spaces aside."""
    (found,) = (one for one in lines if one.words.replace(" ", "").startswith(words))
    return found


def test_another_organs_word_is_refused_beside_its_field(office: Browser, reported: World) -> None:
    typed = TYPED | {"period": str(reported.period.id), "word": "示街"}
    answer = office.post("/documents/new/quarterly", data=typed)
    assert answer.status_code == 422
    assert "主办机关是中共示例街道工作委员会，发文机关代字请填“示街工委”。" in answer.get_data(as_text=True)
    assert not Document.select().exists()


def test_marks_alone_name_no_issuer_and_no_signer(office: Browser, reported: World) -> None:
    """Neither for a new document nor in a draft, where there would be no host whose word could be looked up."""
    draft = drafted(reported)
    nobody = {"issuer": "、", "signer": "；，。"}
    new = TYPED | {"period": str(reported.period.id)}
    for path, typed in (
        ("/documents/new/quarterly", new),
        (f"/documents/{draft.id}/particulars", describing(office, draft)),
    ):
        answer = office.post(path, data=typed | nobody)
        assert answer.status_code == 422
        for what in ("发文机关", "签发人"):
            assert f"请写明{what}，不能只写标点。" in answer.text


@pytest.fixture
def lines(office: Browser, reported: World) -> list[TextLine]:
    """The lines of what the office assembled, described again, edited and issued."""
    assert (
        office.post("/documents/new/quarterly", data=TYPED | {"period": str(reported.period.id)}).status_code
        == 303
    )
    run()
    draft = Document.get()
    path = f"/documents/{draft.id}/particulars"
    changes = {"title": draft.title, "urgency": "特急", "opened": opened(office, path)}
    assert office.post(path, data=TYPED | changes).status_code == 303
    row = block_saying(draft, "已走访企业32家，形成线索12条。")
    sent = office.post(f"/documents/blocks/{row.id}", data={"text": EDITED, "version": str(row.version)})
    assert sent.status_code in (200, 303)
    run()
    version = str(Document.get().version)
    assert (
        office.post(f"/documents/{draft.id}/issue", data={"version": version, "unseen": "1"}).status_code
        == 303
    )
    run(jobs.render_in_process)
    issued = Document.get()
    assert (issued.state, issued.number) == (DocumentState.ISSUED, "示街工委〔2026〕1号")
    return text_lines(office.get(f"/documents/{draft.id}/file.pdf").data)


def test_what_was_filled_in_stands_in_the_issued_file(lines: list[TextLine]) -> None:
    assert any(EDITED in one.words for one in lines)
    first = [one for one in lines if one.page == 1]
    marks = [line(first, words) for words in ("000007", "机密★1年", "特急", PARTY, f"{ADMINISTRATION}文件")]
    assert [one.left for one in marks[:3]] == pytest.approx([LEFT] * 3, abs=0.3)
    assert [one.foot for one in marks] == sorted((one.foot for one in marks), reverse=True)
    number = line(first, "示街工委〔2026〕1号签发人：王玥林知远")
    assert (number.left, number.right) == pytest.approx((LEFT + CHARACTER, RIGHT - CHARACTER), abs=0.3)
    assert line(first, "示例区人民政府：").foot < number.foot < marks[-1].foot

    signed, day = line(lines, f"{PARTY}{ADMINISTRATION}"), line(lines, "2026年10月9日")
    assert signed.page == day.page
    assert signed.foot - day.foot == pytest.approx(LINE, abs=0.5)
    assert RIGHT - day.right == pytest.approx(4 * CHARACTER, abs=0.5)
    words = ("（联系人：周示例）", "抄送：区委办公室，区政府办公室。", "示例街道党政办公室2026年10月9日印发")
    note, copies, imprint = (line(lines, one) for one in words)
    assert day.page <= note.page <= copies.page == imprint.page == max(one.page for one in lines)
