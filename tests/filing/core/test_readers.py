"""Who reads what of a filing: its text, what was kept with each step, why it came back, what is attached to it.

First the policy table as the full product of roles, departments and states; then the pages, over one long life.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from itertools import product

import pytest
from flask import Flask

from app.authority.actor import Actor, HeldGrant
from app.authority.permits import PolicySubject
from app.authority.policy import Action, is_allowed
from app.authority.roles import Role
from app.filing.attachments import operations as attachments
from app.filing.attachments.models import Attachment
from app.filing.core import operations
from app.filing.core.life_cycle import HANDED_IN, FilingState
from app.filing.core.models import Filing, FilingRevision
from app.filing.department.taking_back import take_back_filing
from app.uploads.inspection import SentFile
from app.uploads.rules import FileQuota
from app.uploads.store import FileStore
from tests.clients import Browser, log_in
from tests.filing.pages import revisions_of
from tests.uploads.files import pdf
from tests.world import THRESHOLDS, World, full_content

OWN, LEAD, OTHER = 1, 2, 3
PLACES = {OWN: "own", LEAD: "lead", OTHER: "other"}
ACCEPTED_AT = datetime(2026, 10, 8, 9)

# "handed_in": what was handed in and not given back since, no draft.
# "accepted": where the office has accepted the filing, what it accepted; nothing from before, beside or after.
READERS = """
                own   lead  other     reasons_own reasons_lead reasons_other
filer           all   all   accepted  all         all          -
head            all   all   accepted  all         all          -
office          all   all   all       all         all          all
leader          handed_in handed_in handed_in all all      all
system_admin    -     -     -         -           -            -
security_admin  -     -     -         -           -            -
auditor         -     -     -         -           -            -
"""
COLUMNS, *ROWS = (line.split() for line in READERS.strip().splitlines())
RIGHTS = {name: dict(zip(COLUMNS, cells, strict=True)) for name, *cells in ROWS}


def filing_in(state: FilingState) -> Filing:
    accepted_at = ACCEPTED_AT if state is FilingState.ACCEPTED else None
    return Filing(department=OWN, lead=LEAD, state=state, version=9, accepted_at=accepted_at)


def holder(role: Role, department: int) -> Actor:
    departmental = role in (Role.FILER, Role.HEAD)
    return Actor(1, "某人", role.label, grants=(HeldGrant(role, department if departmental else None),))


def expect(
    role: Role,
    department: int,
    action: Action,
    subject: PolicySubject,
    *,
    accepted: bool,
    handed_in: bool,
) -> None:
    """Hold the policy table to the grid; `accepted`: the subject is what the office accepted."""
    column = PLACES[department]
    if action is Action.READ_RETURN_REASON:
        column = f"reasons_{column}"
    right = RIGHTS[role.value][column]
    expected = {"all": True, "accepted": accepted, "handed_in": handed_in}.get(right, False)
    assert is_allowed(holder(role, department), action, subject) == expected, (role, department, action)


WHO = pytest.mark.parametrize(("role", "department"), list(product(Role, PLACES)))


@WHO
def test_a_filing_and_why_it_came_back(role: Role, department: int) -> None:
    for state in FilingState:
        known = {"accepted": state is FilingState.ACCEPTED, "handed_in": state in HANDED_IN}
        expect(role, department, Action.READ_FILING, filing_in(state), **known)
        expect(role, department, Action.READ_RETURN_REASON, filing_in(state), **known)


@WHO
def test_each_kept_text_by_its_own_state_the_filing_s_and_whether_it_still_stands(
    role: Role, department: int
) -> None:
    for now, then, version in product(FilingState, FilingState, (3, 9)):
        revision = FilingRevision(filing=filing_in(now), state=then, version=version)
        accepted = (now, then, version) == (FilingState.ACCEPTED, FilingState.ACCEPTED, 9)
        handed_in = then in HANDED_IN
        expect(role, department, Action.READ_REVISION, revision, accepted=accepted, handed_in=handed_in)


@WHO
def test_each_attachment_by_when_it_came_and_went(role: Role, department: int) -> None:
    day = timedelta(days=1)
    for now, came, went in product(FilingState, (-day, day), (None, -day, day)):
        attachment = Attachment(
            filing=filing_in(now),
            uploaded_at=ACCEPTED_AT + came,
            removed_at=None if went is None else ACCEPTED_AT + went,
        )
        accepted = (now, came, went) == (FilingState.ACCEPTED, -day, None)
        handed_in = now in HANDED_IN
        expect(role, department, Action.READ_ATTACHMENT, attachment, accepted=accepted, handed_in=handed_in)


# Over the pages: 城管办 led measure 1, which 经发办 leads now; 一居 has nothing to do with it.
FILER, HEAD, OFFICE, OWNER_DEPARTMENT = "filer:城管办", "head:城管办", "office", "城管办"
TIED = (FILER, HEAD, "filer", OFFICE, "leader")
STRANGERS = ("filer:一居", "head:一居")
OUTSIDERS = ("system_admin", "security_admin", "auditor")


class Life:
    """One filing's life, every text and every reason of which can be told from all others."""

    def __init__(self, app: Flask, world: World) -> None:
        self.world, self.texts, self.reasons = world, list[str](), list[str]()
        self.store = FileStore(str(app.config["SETTINGS"].instance / "attachments"))
        own, lead = world.departments[OWNER_DEPARTMENT], world.departments["经发办"]
        Filing.create(period=world.period, measure=world.measures[0], department=own, lead=lead)

    @property
    def filing(self) -> Filing:
        return self.world.filing(1, OWNER_DEPARTMENT)

    def reason(self) -> str:
        self.reasons.append(f"理由之{len(self.reasons)}，请改。")
        return self.reasons[-1]

    def hand_in(self) -> None:
        """Hand in a text that nobody wrote before."""
        number, filing = len(self.texts), self.filing
        self.texts.append(f"整治了{100 + number}处。")
        content = full_content(self.texts[-1], percent=40 + number)
        operations.save_and_submit(
            filing, content, by=self.world.users[FILER], version=filing.version, thresholds=THRESHOLDS
        )

    def write_draft(self, text: str) -> None:
        filing = self.filing
        content = full_content(text)
        by = self.world.users[FILER]
        operations.save_filing(filing, content, by=by, version=filing.version, thresholds=THRESHOLDS)

    def attach(self, name: str) -> Attachment:
        upload = SentFile(name, BytesIO(pdf() + name.encode()))
        quota = FileQuota(10**6, 10, 10**7)
        by = self.world.users[FILER]
        added = attachments.add_attachments(self.filing, [upload], by=by, quota=quota, store=self.store)
        return added.kept[0]

    def accept(self) -> None:
        filing = self.filing
        operations.sign_off_filing(filing, by=self.world.users[HEAD], version=filing.version)
        operations.accept_filing(filing, by=self.world.users[OFFICE], version=filing.version)

    def live(self) -> None:
        """Have it returned within, sent back and accepted, with a file that was taken away and one that stayed."""
        self.hand_in()
        filing = self.filing
        operations.return_filing(
            filing, by=self.world.users[HEAD], version=filing.version, reason=self.reason()
        )
        attachments.remove_attachment(self.attach("撤下的.pdf"), by=self.world.users[FILER])
        self.hand_in()
        filing = self.filing
        operations.sign_off_filing(filing, by=self.world.users[HEAD], version=filing.version)
        operations.send_back_filing(
            filing, by=self.world.users[OFFICE], version=filing.version, reason=self.reason()
        )
        self.attach("采用的.pdf")
        self.hand_in()
        self.accept()

    def reopen(self) -> None:
        filing = self.filing
        operations.reopen_filing(
            filing, by=self.world.users[OFFICE], version=filing.version, reason=self.reason()
        )


def places(life: Life) -> list[str]:
    """Return the addresses at which anything of a filing may be read."""
    filing, measure = life.filing, life.world.measures[0]
    kept = [f"/filings/{filing.id}/kept/{one.version}" for one in revisions_of(filing)]
    files = [f"/attachments/{one.id}" for one in Attachment.select()]
    return [
        *kept,
        *files,
        f"/filings/{filing.id}",
        f"/filings/{filing.id}/attachments",
        f"/filings/{filing.id}/differences",
        f"/directives/for-filing/{filing.id}",
        f"/filings/{life.world.filing(1).id}",
        f"/measures/{measure.id}",
        f"/measures/{measure.id}/steps",
        f"/directives/on-measure/{measure.id}",
        "/plan",
        "/notices",
        "/filings",
        "/filings/check",
    ]


def read_by(browser: Browser, life: Life) -> dict[str, str]:
    """Return what a reader gets, by the address; what is refused or not there is left out."""
    answers = {place: browser.get(place, buffered=True) for place in places(life)}
    return {
        place: answer.get_data(as_text=True)
        if answer.mimetype == "text/html"
        else answer.headers["Content-Disposition"]
        for place, answer in answers.items()
        if answer.status_code == 200
    }


def revision_places(life: Life, *, accepted_only: bool) -> set[str]:
    """Return the addresses of its kept texts, all or that of the accepted one."""
    filing = life.filing
    return {
        f"/filings/{filing.id}/kept/{one.version}"
        for one in revisions_of(filing)
        if not accepted_only or one.version == filing.version
    }


def words_in(shown: dict[str, str], words: list[str]) -> set[str]:
    """Return which of some words a reader gets to see anywhere, marks of a difference aside."""
    everything = "".join(text.replace("<ins>", "").replace("</ins>", "") for text in shown.values())
    return {word for word in words if word in everything}


def kept_places(shown: dict[str, str]) -> set[str]:
    return {place for place in shown if "/kept/" in place}


@pytest.fixture
def life(app: Flask, world: World) -> Life:
    return Life(app, world)


@pytest.mark.parametrize("who", STRANGERS)
def test_another_department_reads_the_accepted_text_and_nothing_that_went_before(
    app: Flask, world: World, life: Life, who: str
) -> None:
    life.live()
    browser = log_in(app, world, who)
    shown = read_by(browser, life)
    assert kept_places(shown) == revision_places(life, accepted_only=True)
    assert words_in(shown, life.texts) == {life.texts[-1]}
    assert words_in(shown, life.reasons) == set()
    files = {place: head for place, head in shown.items() if place.startswith("/attachments/")}
    assert len(files) == 1
    assert words_in(shown, ["40%", "41%"]) == set()
    listed = shown[f"/filings/{life.filing.id}/attachments"]
    assert ("采用的.pdf" in listed, "撤下的.pdf" in listed) == (True, False)

    # What was accepted is the department's own again as soon as the office has reopened it …
    life.reopen()
    shown = read_by(browser, life)
    assert kept_places(shown) == set()
    assert not any(place.startswith("/attachments/") for place in shown)
    assert words_in(shown, [*life.texts, *life.reasons, "采用的.pdf"]) == set()

    # … and of two texts that were accepted one after the other, only the one that stands is for everyone.
    life.hand_in()
    life.accept()
    shown = read_by(browser, life)
    assert kept_places(shown) == revision_places(life, accepted_only=True)
    assert words_in(shown, [*life.texts, *life.reasons]) == {life.texts[-1]}


@pytest.mark.parametrize("who", TIED)
def test_those_who_work_on_it_read_every_text_and_every_reason(
    app: Flask, world: World, life: Life, who: str
) -> None:
    life.live()
    life.reopen()
    shown = read_by(log_in(app, world, who), life)
    assert kept_places(shown) == revision_places(life, accepted_only=False)
    assert words_in(shown, life.texts) == set(life.texts)
    assert words_in(shown, life.reasons) == set(life.reasons)


def test_a_leader_never_reads_a_draft(app: Flask, world: World, life: Life) -> None:
    """Of a draft he learns only that it is one; what was handed in before and came back, he may still read."""
    leader = log_in(app, world, "leader")
    life.write_draft("整治了半")
    assert words_in(read_by(leader, life), ["整治了半"]) == set()
    assert leader.get(f"/filings/{life.filing.id}").status_code == 403
    life.hand_in()
    assert words_in(read_by(leader, life), life.texts) == set(life.texts)
    filing = life.filing
    take_back_filing(filing, by=world.users[FILER], version=filing.version)
    life.write_draft("整治了另外半")
    assert words_in(read_by(leader, life), ["整治了半", "整治了另外半"]) == set()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_administrators_read_nothing_of_it(app: Flask, world: World, life: Life, who: str) -> None:
    life.live()
    shown = read_by(log_in(app, world, who), life)
    assert set(shown) <= {"/notices"}


def test_a_comparison_tells_nothing_of_a_text_that_its_reader_may_not_read(
    app: Flask, world: World, life: Life
) -> None:
    life.live()
    accepted = f"/filings/{life.filing.id}/kept/{life.filing.version}"
    own, stranger = log_in(app, world, FILER), log_in(app, world, "filer:一居")
    assert "时相同。" in own.get(accepted).text
    assert "时相同。" not in stranger.get(accepted).text
    assert "没有以前的内容可以对照" in stranger.get(f"/filings/{life.filing.id}/differences").text
