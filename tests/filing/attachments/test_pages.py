"""The files beside a filing through the browser: choosing, refusing, handing out, removing."""

from __future__ import annotations

import errno
import io
import re
from collections.abc import Sequence
from urllib.parse import unquote

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.audit.models import Event
from app.filing.attachments import queries
from app.filing.attachments.models import Attachment
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.uploads.rules import MIB
from app.uploads.store import FileStore
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import (
    address,
    brought_to,
    inputs,
    seen,
)
from tests.uploads.files import PAGE, pdf, picture
from tests.world import World

Sent = tuple[bytes, str]
NAME = "走访记录（9月）“附 图”'%.pdf"


def place(filing: Filing) -> str:
    return address(filing, "attachments")


def send(browser: Browser, filing: Filing, *files: Sent, htmx: bool = False) -> TestResponse:
    chosen = [(io.BytesIO(content), name) for content, name in files]
    return browser.post(place(filing), data={"files": chosen}, htmx=htmx)


def attached(filing: Filing) -> Sequence[Attachment]:
    return queries.attachments_of(filing)


def test_files_are_uploaded_without_script(app: Flask, world: World) -> None:
    browser, filing = log_in(app, world, "filer"), world.filing(1)
    answer = send(browser, filing, (pdf(), NAME), (picture(), "C:\\桌面\\现场.png"))
    assert (answer.status_code, answer.location) == (303, place(filing))
    text = seen(browser.get(answer.location))
    assert "已上传 2 个文件。" in text
    assert f"{NAME} PDF 文件，1 KB · 某部门填报员，" in text
    assert "现场.png PNG 图片，1 KB" in text


def test_the_field_knows_how_much_is_taken(app: Flask, world: World) -> None:
    page = log_in(app, world, "filer").get(place(world.filing(1))).get_data(as_text=True)
    assert f'data-most-bytes="{20 * MIB}"' in page
    assert f'data-most-in-all="{100 * MIB}"' in page


def test_under_htmx_the_list_takes_its_own_place(app: Flask, world: World) -> None:
    answer = send(log_in(app, world, "filer"), world.filing(1), (pdf(), NAME), htmx=True)
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).lstrip().startswith('<section id="attachments"')
    assert "toast" in answer.headers["HX-Trigger"]


def test_what_cannot_be_taken_is_named_beside_what_was_kept(app: Flask, world: World) -> None:
    filer, wrong = log_in(app, world, "filer"), (PAGE, "<b>图</b>.png")
    answers = [send(filer, world.filing(1), *sent) for sent in ([wrong], [(pdf(), NAME), wrong])]
    assert [answer.status_code for answer in answers] == [422, 422]
    texts = [seen(answer) for answer in answers]
    assert all("“b>.png”：内容与扩展名不符" in text for text in texts)
    assert ["这次选的文件一个也没有收下" in text for text in texts] == [True, False]
    assert "已上传 1 个文件，下面的没有收下" in texts[1]
    assert NAME in texts[1]
    assert len(attached(world.filing(1))) == 1


@pytest.mark.parametrize("htmx", [False, True])
def test_nothing_chosen_is_reported(app: Flask, world: World, htmx: bool) -> None:
    answer = log_in(app, world, "filer").post(
        place(world.filing(1)), data={"files": (io.BytesIO(), "")}, htmx=htmx
    )
    assert answer.status_code == 422
    assert "没有选择文件" in seen(answer)


def test_an_upload_may_be_larger_than_other_forms(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    file = FileStorage(io.BytesIO(PAGE.ljust(app.config["MAX_CONTENT_LENGTH"])), "大.pdf")
    # Encoded here: what the test client encodes itself leaves a temporary file open.
    boundary, body = encode_multipart({"csrf_token": browser.token, "files": file})
    kind = f"multipart/form-data; boundary={boundary}"
    answer = browser.post(place(world.filing(1)), data=body, content_type=kind)
    assert answer.status_code == 422
    assert "“大.pdf”：内容与扩展名不符" in seen(answer)


def test_an_upload_beyond_the_limit_is_refused_unread(app: Flask, world: World) -> None:
    claimed, chosen = {"CONTENT_LENGTH": str(200 * MIB)}, {"files": (io.BytesIO(PAGE), "大.pdf")}
    browser = log_in(app, world, "filer")
    answer = browser.post(place(world.filing(1)), data=chosen, environ_overrides=claimed, htmx=True)
    assert answer.status_code == 413
    assert "每个不超过 20 MB，最多 10 个、共 100 MB" in seen(answer)
    assert answer.headers["HX-Retarget"] == "#problem"


def test_a_full_disk_is_reported_and_nothing_is_half_done(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    browser, filing = log_in(app, world, "filer"), world.filing(1)
    with monkeypatch.context() as disk:
        disk.setattr(FileStore, "write_file", full)
        answer = send(browser, filing, (pdf(), NAME), htmx=True)
    assert answer.status_code == 507
    assert "存储空间已满" in seen(answer)
    assert not attached(filing)
    assert not [*(app.config["SETTINGS"].instance / "attachments").rglob("*.*")]
    assert send(browser, filing, (pdf(), NAME)).status_code == 303


def test_a_file_is_handed_out_to_be_saved_and_every_time_is_on_record(app: Flask, world: World) -> None:
    send(log_in(app, world, "filer"), world.filing(1), (pdf(), NAME))
    office = log_in(app, world, "office")
    (link,) = re.findall(
        r'href="(/attachments/\d+)"', office.get(place(world.filing(1))).get_data(as_text=True)
    )
    before = Event.select().count()
    answer = office.get(link)
    assert answer.get_data() == pdf()
    assert answer.headers["Content-Length"] == str(len(pdf()))
    kind, *names = answer.headers["Content-Disposition"].split("; ")
    assert kind == "attachment"
    assert unquote(names[-1].removeprefix("filename*=UTF-8''")) == NAME
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert Event.select().count() == before + 1
    assert Event.select().order_by(Event.id.desc()).get().action == "download_attachment"


def test_a_file_is_removed_and_its_address_with_it(app: Flask, world: World) -> None:
    browser, filing = log_in(app, world, "filer"), world.filing(1)
    send(browser, filing, (pdf(), NAME))
    link = f"/attachments/{attached(filing)[0].id}"
    answer = browser.post(f"{link}/remove")
    assert (answer.status_code, answer.location) == (303, place(filing))
    assert f"已移除“{NAME}”。" in seen(browser.get(answer.location))
    assert (browser.get(link).status_code, browser.post(f"{link}/remove").status_code) == (404, 404)


def test_what_is_handed_in_offers_nothing_and_takes_nothing(app: Flask, world: World) -> None:
    browser, filing = log_in(app, world, "filer"), world.filing(1)
    send(browser, filing, (pdf(), NAME))
    brought_to(FilingState.SUBMITTED, world)
    page = browser.get(place(filing))
    assert NAME in seen(page)
    assert inputs(page).keys() == {"csrf_token"}
    for answer in (
        send(browser, filing, (picture(), "图.png"), htmx=True),
        browser.post(f"/attachments/{attached(filing)[0].id}/remove", htmx=True),
    ):
        assert answer.status_code == 409
        assert "现在是“待审签”，不能增减佐证材料" in seen(answer)
    assert [file.name for file in attached(filing)] == [NAME]


@pytest.mark.parametrize(
    ("who", "draft", "accepted", "writes"),
    [
        ("filer", 200, 200, True),
        ("head", 200, 200, True),
        ("filer:城管办", 403, 200, False),
        ("head:一居", 403, 200, False),
        ("office", 200, 200, False),
        ("leader", 403, 200, False),
        ("system_admin", 403, 403, False),
        ("security_admin", 403, 403, False),
        ("auditor", 403, 403, False),
    ],
)
def test_who_may_read_a_filing_may_read_its_files(
    app: Flask, world: World, who: str, draft: int, accepted: int, writes: bool
) -> None:
    filing = world.filing(2)
    send(log_in(app, world, "filer"), filing, (pdf(), NAME))
    link, browser = f"/attachments/{attached(filing)[0].id}", log_in(app, world, who)
    assert [browser.get(path).status_code for path in (place(filing), link)] == [draft, draft]
    assert ("files" in inputs(browser.get(place(filing)))) is writes
    if not writes:
        assert browser.post(f"{link}/remove").status_code == 403
        assert send(browser, filing, (picture(), "图.png")).status_code == 403
    brought_to(FilingState.ACCEPTED, world, measure=2)
    assert [browser.get(path).status_code for path in (place(filing), link)] == [accepted, accepted]
    assert len(attached(filing)) == 1


def test_the_lead_reads_the_files_of_contributions(app: Flask, world: World) -> None:
    page = f"/contributions/{world.contribution(1, '城管办').id}/attachments"
    own = log_in(app, world, "filer:城管办")
    own.get(page)
    answer = own.post(page, data={"files": [(io.BytesIO(pdf()), NAME)]})
    assert answer.status_code == 303
    (file,) = Attachment.select()
    lead, other = log_in(app, world, "filer"), log_in(app, world, "filer:一居")
    assert NAME in seen(lead.get(page))
    assert lead.get(f"/attachments/{file.id}").status_code == 200
    assert other.get(f"/attachments/{file.id}").status_code == 403
    assert lead.post(f"/attachments/{file.id}/remove").status_code == 403
    assert own.post(f"/attachments/{file.id}/remove").status_code == 303
    brought_to(FilingState.ACCEPTED, world)
    assert "files" not in inputs(own.get(page))


def test_a_filing_that_is_full_says_so(app: Flask, world: World) -> None:
    browser, filing = log_in(app, world, "filer"), world.filing(1)
    send(browser, filing, *((pdf(str(number)), f"{number}.pdf") for number in range(10)))
    page = browser.get(place(filing))
    assert "已满 10 个文件" in seen(page)
    assert "files" not in inputs(page)


def test_more_files_take_no_more_queries(app: Flask, world: World) -> None:
    browser, filing = log_in(app, world, "filer"), world.filing(1)
    counts = []
    for number in range(2):
        send(
            browser,
            filing,
            *((pdf(f"{number}{copy}"), f"{number}{copy}.pdf") for copy in range(1 + 3 * number)),
        )
        browser.get(place(filing))
        with count_queries() as queries_made:
            browser.get(place(filing))
        counts.append(len(queries_made))
    assert counts[0] == counts[1] <= 8


def test_the_page_of_a_filing_asks_for_its_files(app: Flask, world: World) -> None:
    page = log_in(app, world, "filer").get(address(world.filing(1))).get_data(as_text=True)
    assert f'hx-get="{place(world.filing(1))}" hx-trigger="load"' in page
