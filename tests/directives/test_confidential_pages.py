"""Every page for whom a confidential directive is not: byte for byte as if it were not there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from app.authority.roles import Role
from app.base.clock import clock_stopped_at, now, today
from app.directives.core.models import Directive
from app.directives.steps.operations import remind_addressees, request_extension, supplement_directive
from app.filing.core.life_cycle import FilingState
from app.notices.models import Notice
from app.org.models import Leader
from app.plan.measure_changes.ending import obstacles_to_ending
from tests.clients import log_in
from tests.directives.writing import WORDS, reload_directive, replied_directive, written_directive
from tests.filing.pages import brought_to
from tests.security.walk import Subjects, pages_for
from tests.web.subjects import one_of_everything, path_to
from tests.world import World, add_user

SECRET = "此件只给负责人看，勿外传。"
SIGNS = {"filer": "F", "leader:other": "L", "head:一居": "h"}
TOKENS = re.compile(r'(csrf_token" value="|"X-CSRFToken": "|name="once" value=")[^"]+')
STEPS = (
    "",
    "/sheet.pdf",
    "/close",
    "/reply",
    "/reply/save",
    "/extension",
    "/remind",
    "/send-back",
    "/supplement",
    "/withdraw",
)
READING = ("", "/sheet.pdf")
# What the routes alone do not ask for: words of it, its measure, its leader, its state.
FURTHER = (
    "/search?q=勿外传",
    "/directives?scope=all",
    "/directives?scope=all&state=unsettled",
    "/directives?scope=all&words=勿外传",
    "/directives?scope=all&leader={leader_id}",
    "/directives/register.xlsx?scope=all",
    "/overview?by=department",
    "/brief?leader={leader_id}",
    "/brief?department={main_id}",
)


@pytest.fixture
def subjects(app: Flask, world: World) -> Subjects:
    """Return one of everything, and a leader who has nothing to do with any of it."""
    other = Leader.create(name="吴示例", post="副主任（分管城管）", position=2)
    world.users["leader:other"] = add_user("leader-9", Role.LEADER, leader=other)
    return {**one_of_everything(app, world), "main_id": world.departments["经发办"].id}


def write_secrets(world: World) -> list[Directive]:
    """Write confidential directives that stand as they may: asked for more time and overdue, and answered."""
    open_one = written_directive(
        world, "经发办", "城管办", measure=2, text=SECRET, is_confidential=True, due_on=today()
    )
    office, head = world.users["office"], world.users["head"]
    asked = {"reason": "等资料。", "progress": "在办。", "by": head, "version": open_one.version}
    request_extension(open_one, today() + timedelta(days=9), **asked)  # type: ignore[arg-type]
    supplement = {"by": world.users["leader"], "version": reload_directive(open_one).version}
    supplement_directive(open_one, SECRET, **supplement)  # type: ignore[arg-type]
    remind_addressees(reload_directive(open_one), by=office)
    Directive.update(due_on=today() - timedelta(days=7)).where(Directive.id == open_one.id).execute()
    return [open_one, replied_directive(world, "城管办", "经发办", text="已按要求办。", is_confidential=True)]


def shown_in(answer: TestResponse) -> str:
    """Return an answer as it is seen: the cells of a workbook, anything else as it is but for its tokens."""
    if answer.mimetype == "application/pdf":
        return str(answer.status_code)
    if not answer.mimetype.endswith("sheet"):
        return str(answer.status_code) + TOKENS.sub(r"\1", answer.get_data().decode(errors="replace"))
    book = load_workbook(io.BytesIO(answer.data))
    return repr([[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets])


def asked_for(client: FlaskClient, who: str, subjects: Subjects, next_id: int) -> Iterator[tuple[str, str]]:
    """Yield every answer that somebody gets: of the pages of his role, and of a directive that is not for him."""
    ways = [path_to(route, subjects) for route in pages_for(SIGNS[who])]
    ways += [path.format(**subjects) for path in FURTHER]
    for path in ways:
        yield path, shown_in(client.get(path))
    for key in (f"{today().year}-m1", f"{today().year}-m2", str(next_id), str(next_id + 1)):
        for step in STEPS:
            answer = client.open(f"/directives/{key}{step}", method="GET" if step in READING else "POST")
            yield f"{step} {key}", shown_in(answer)


@pytest.mark.parametrize("who", SIGNS)
def test_every_page_is_as_if_there_were_none(app: Flask, world: World, subjects: Subjects, who: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # what is sent is refused for who sends it, not for a token
    next_id = Directive.select().count() + 1
    with clock_stopped_at(now()):
        browser = log_in(app, world, who)
        client = FlaskClient(app)
        client._cookies = browser._cookies
        dict(asked_for(client, who, subjects, next_id))  # what is opened for the first time is received
        before = dict(asked_for(client, who, subjects, next_id))
        written = write_secrets(world)
        assert [one.id for one in written] == [next_id, next_id + 1]
        after = dict(asked_for(client, who, subjects, next_id))
    assert len(before) > 60
    assert [path for path, shown in after.items() if shown != before[path]] == []


@pytest.mark.parametrize("who", ["leader:other", "filer"])
def test_none_is_missed_between_two_others(app: Flask, world: World, subjects: Subjects, who: str) -> None:
    """What is written after a confidential one looks as if that had not been written: no number leaves a gap."""
    browser, filing = log_in(app, world, who), brought_to(FilingState.DRAFT, world)
    paths = ("/", "/directives?scope=all", f"/measures/{world.measures[0].id}", "/search?q=月底前")
    paths += (f"/directives/for-filing/{filing.id}",) if who == "filer" else ()

    def shown_of_one_more() -> dict[str, str]:
        shared = replied_directive(world, "经发办")
        Notice.delete().execute()  # of these every account has some that others cannot count
        own = (*paths, f"/directives/{shared.key}")
        return {path: shown_in(browser.get(path)) for path in (*own, *own)}  # the second time, once received

    with clock_stopped_at(now()):
        before = shown_of_one_more()
        Directive.get(Directive.text == WORDS).delete_instance(recursive=True)
        write_secrets(world)
        assert shown_of_one_more() == before
    assert f"{today().year}-" in before["/directives?scope=all"]


def test_the_office_alone_is_kept_from_ending_a_measure_by_one(world: World) -> None:
    written_directive(world, is_confidential=True)
    assert list(obstacles_to_ending(world.measures[0], today())) != []
