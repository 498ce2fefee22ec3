"""Every operation on directives, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from app.authority.actor import SYSTEM, Actor
from app.base.clock import clock_stopped_at
from app.directives.core import operations
from app.directives.core.content import DIRECTIVE_LENGTH, REPLY_LENGTH
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.models import Directive
from app.directives.former_leads.operations import hand_over_to_leads, handover_in_plan
from app.directives.replies.operations import reply_to_directive
from app.directives.steps import operations as steps
from app.filing.attachments.models import Attachment
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.core.operations import save_filing
from app.org.models import Leader
from app.periods.operations import close_period
from app.plan.assignments.operations import set_assignments
from app.plan.core.models import Assignment
from app.plan.core.rules import AssignmentRole
from app.uploads.rules import FileKind
from tests.directives.writing import (
    reload_directive,
    replied_directive,
    sample_content,
    target_of,
    written_directive,
)
from tests.plan.tables import table
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import THRESHOLDS, World, full_content

MOMENT = datetime(2026, 9, 14, 9, 30)
FILING_BEGUN = datetime(2026, 9, 22, 9, 30)


class DirectiveCalls:
    """Operations on directives of a world, ready to be called."""

    def __init__(self, world: World) -> None:
        self.world, self.users = world, world.users

    def write(self, by: str, *addressees: str, **changes: object) -> Callable[[], Directive]:
        content = sample_content(self.world, *addressees, **changes)
        return partial(operations.write_directive, target_of(self.world, 1), content, by=self.users[by])

    def reply(self, directive: Directive, name: str, by: str, text: str = " 已办结。 ") -> Callable[[], None]:
        stored = reload_directive(directive)
        department = self.world.departments[name]
        values = {"department": department, "by": self.users[by], "version": stored.version}
        return partial(reply_to_directive, stored, text, **values)

    def step(
        self, operation: Callable[..., Any], directive: Directive, *words: str, by: str, **values: Any
    ) -> Callable[[], Any]:
        stored = reload_directive(directive)
        version = stored.version - values.pop("late", 0)
        return partial(operation, stored, *words, by=self.users[by], version=version, **values)

    def close(self, directive: Directive, by: str, late: int = 0) -> Callable[[], None]:
        return self.step(steps.close_directive, directive, by=by, late=late, word="同意销号。")


def test_each_operation_changes_what_it_names_and_nothing_else(world: World, tmp_path: Path) -> None:
    found, calls = changes_beside(__file__), DirectiveCalls(world)
    with clock_stopped_at(MOMENT):
        first, second = write_them(found, calls)
        ask_and_answer(found, calls, first, second)
        send_back_and_close(found, calls, first)
    hand_on(found, world, tmp_path)
    remind_by_itself(found, world)
    found.compare()


def write_them(found: RecordedChanges, calls: DirectiveCalls) -> tuple[Directive, Directive]:
    write, reply, close = calls.write, calls.reply, calls.close
    other = Leader.create(name="李示例", post="主任", position=2)
    first = found.record("write", write("leader", "经发办", "城管办", due_on=date(2026, 9, 30)))
    second = found.record("enter for a leader", write("office", "经发办", leader=other))
    found.record("enter", write("office", "一居", kind=DirectiveKind.NOTED, text="已阅。"))
    found.record("write nothing", write("leader", text=" "))
    found.record("write too much", write("leader", text="长" * (DIRECTIVE_LENGTH + 1)))
    found.record("due yesterday", write("leader", due_on=MOMENT.date() - timedelta(days=1)))
    found.record("due in years", write("leader", due_on=date(2029, 1, 1)))
    found.record("close unanswered", close(first, "leader"))
    found.record("reply nothing", reply(first, "经发办", "head", " "))
    found.record("reply too much", reply(first, "经发办", "head", "长" * (REPLY_LENGTH + 1)))
    found.record("reply for another", reply(first, "城管办", "head"))
    found.record("reply unasked", reply(second, "城管办", "head:城管办"))
    return first, second


def ask_and_answer(
    found: RecordedChanges, calls: DirectiveCalls, first: Directive, second: Directive
) -> None:
    step, reply, users = calls.step, calls.reply, calls.users
    found.record("receive", partial(steps.receive_directives, [reload_directive(first)], by=users["filer"]))
    found.record("supplement", step(steps.supplement_directive, first, "再补一句。", by="leader"))
    late = {"reason": "等资料。", "progress": "办了一半。"}
    more_time = partial(step, steps.request_extension, first, by="head", **late)
    found.record("ask for an earlier day", more_time(to=date(2026, 9, 20)))
    found.record("ask for more time", more_time(to=date(2026, 10, 17)))
    found.record("ask for more time again", more_time(to=date(2026, 10, 17)))
    found.record("refuse more time", step(steps.refuse_extension, first, "抓紧。", by="leader"))
    found.record("ask for more time once more", more_time(to=date(2026, 10, 17)))
    found.record("grant more time", step(steps.grant_extension, first, by="leader"))
    found.record("remind", partial(steps.remind_addressees, reload_directive(first), by=users["office"]))
    found.record("reply", reply(first, "城管办", "head:城管办"))
    found.record("reply once more", reply(first, "城管办", "head:城管办"))
    found.record("withdraw what was answered", step(steps.withdraw_directive, first, "写错。", by="leader"))
    found.record("withdraw", step(steps.withdraw_directive, second, "写错。", by="leader"))
    found.record("withdraw another's", step(steps.withdraw_directive, second, "写错。", by="office"))


def send_back_and_close(found: RecordedChanges, calls: DirectiveCalls, first: Directive) -> None:
    step, reply, close = calls.step, calls.reply, calls.close
    found.record("reply of the main department", reply(first, "经发办", "head"))
    found.record("close as filer", close(first, "filer"))
    found.record("close what was changed", close(first, "leader", late=1))
    found.record("propose closing", step(steps.propose_closing, first, "已核。", by="office"))
    again = {"by": "leader", "day": date(2026, 10, 31)}
    found.record("send back", step(steps.send_back_directive, first, "不够。", **again))
    found.record("reply after it came back", reply(first, "经发办", "head"))
    found.record("close without his word", close(first, "office"))
    found.record("close", close(first, "leader"))
    found.record("close again", close(first, "leader"))
    found.record("reply to a closed one", reply(first, "经发办", "head"))
    found.record("reopen", step(steps.reopen_directive, first, "又有问题。", **again))


@clock_stopped_at(FILING_BEGUN)
def hand_on(found: RecordedChanges, world: World, folder: Path) -> None:
    """Hand on what the former leads of measures 1 to 4 have in hand, in every state that it may have."""
    plan, office = world.plan, world.users["office"]
    begin_work(world)
    rows = ("1,,城管办,一居,,", "2,,一居,,,", "3,,一居,,,", "4,,经发办,,,")
    set_assignments(
        plan, table(folder, "举措序号,举措,牵头部门,配合部门,分管领导,年度目标", *rows), by=office
    )
    write_oneself(world)

    def hand_over(
        filings: Collection[int], addressees: Collection[int] = (), by: Actor = office
    ) -> Callable[[], int]:
        return lambda: hand_over_to_leads(plan, filings, addressees, by=by)

    returned = world.filing(2)
    for state in (FilingState.SUBMITTED, FilingState.RETURNED):
        Filing.update(state=state, submitted_at=FILING_BEGUN).where(Filing.id == returned.id).execute()
        found.record(f"list with one that is {state}", lambda: listed_words(world))
    begun, sent_back, kept, evidenced = (one.filing.id for one in handover_in_plan(plan).filings)
    first, *others = (one.addressee.id for one in handover_in_plan(plan).addressees)
    found.record("hand on nothing", hand_over([]))
    found.record("hand on as filer", hand_over([begun], by=world.users["filer"]))
    found.record("hand on what the lead wrote itself", hand_over([begun, kept]))
    found.record("hand on what it has evidence for", hand_over([evidenced]))
    found.record("hand on a filing that is gone", hand_over([999]))
    found.record("hand on a directive that is gone", hand_over([begun], [999]))
    found.record("hand on a filing", hand_over([begun]))
    found.record("hand on a directive", hand_over([], [first]))
    found.record("hand on all else", hand_over([sent_back, sent_back], others))
    found.record("hand on again", hand_over([begun]))
    found.record("list what is left", lambda: listed_words(world))
    unled = (Assignment.item == world.measures[2]) & (Assignment.role == AssignmentRole.LEAD)
    Assignment.delete().where(unled).execute()
    found.record("list where a measure has no lead", lambda: listed_words(world))
    close_period(world.period, by=office)
    found.record("list what is left of a closed quarter", lambda: listed_words(world))


def remind_by_itself(found: RecordedChanges, world: World) -> None:
    """Go through the days around a due date, on each as early as nobody is to be reminded, and twice in the morning."""
    with clock_stopped_at(FILING_BEGUN):
        written_directive(world, "城管办", "一居", measure=2, due_on=date(2026, 10, 16))
        written_directive(world, "城管办", measure=2)
    for day in (date(2026, 10, day) for day in (12, 13, 16, 19, 22, 23)):
        for name, hour in (("before work", 7), ("in the morning", 9), ("once more", 10)):
            with clock_stopped_at(datetime.combine(day, time(hour))):
                found.record(f"{day} {name}", partial(operations.remind_of_due_directives, by=SYSTEM))
    given = {"by": world.users["office"]}
    found.record("remind by itself as office", partial(operations.remind_of_due_directives, **given))


def listed_words(world: World) -> tuple[str, ...]:
    found = handover_in_plan(world.plan)
    filings = (
        f"{one.filing.measure.position} {one.filing.department.short_name}→{one.lead.short_name} {one.obstacle}"
        for one in found.filings
    )
    addressees = (
        f"{one.directive.text} {one.addressee.department.short_name}→{one.lead.short_name}"
        for one in found.addressees
    )
    return (*filings, *addressees, f"empty: {found.is_empty}")


def begin_work(world: World) -> None:
    """Let the leads write in every filing, and the leader to all of them."""
    for number, name in ((1, "经发办"), (2, "经发办"), (3, "城管办"), (4, "城管办")):
        write_in(world, number, name)
    for number, text, names in (
        (1, "给两个部门。", ("经发办", "城管办")),
        (1, "给一个部门。", ("经发办",)),
        (2, "已经销号。", ("经发办",)),
        (3, "已经回复。", ("城管办",)),
        (1, "给配合部门。", ("一居",)),
    ):
        write = replied_directive if text.startswith("已经") else written_directive
        directive = write(world, *names, measure=number, text=text)
        if text == "已经销号。":
            steps.close_directive(directive, by=world.users["leader"], version=directive.version)


def write_oneself(world: World) -> None:
    """Let the new leads of measures 3 and 4 have words, and evidence, of their own."""
    write_in(world, 3, "一居")
    own = world.filing(4, "经发办")
    values = {"name": "图.png", "kind": FileKind.PNG, "size": 9, "sha256": "0" * 64, "uploaded_by": "某人"}
    Attachment.create(filing=own, **values)


def write_in(world: World, number: int, name: str) -> None:
    filing = world.filing(number, name)
    by = world.users[f"filer:{name}"]
    save_filing(filing, full_content(), by=by, version=filing.version, thresholds=THRESHOLDS)
