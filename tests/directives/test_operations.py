"""Writing, answering and closing directives, on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.audit.queries import events_of_subject, verify_chain
from app.authority.policy import Action
from app.base.clock import clock_stopped_at, today
from app.base.errors import (
    FieldProblems,
    IllegalTransition,
    NotAllowed,
    StaleVersion,
)
from app.directives.core import operations
from app.directives.core.life_cycle import AddresseeRole, DirectiveKind, DirectiveState
from app.directives.core.models import Directive, DirectiveReply
from app.directives.replies.operations import reply_to_directive
from app.directives.steps import operations as steps
from app.plan.core.models import Assignment
from tests.databases import on_both
from tests.directives.writing import (
    WORDS,
    reload_directive,
    replied_directive,
    sample_content,
    target_of,
    written_directive,
)
from tests.world import World

WORKDAY = datetime(2026, 10, 9, 9, 0)


@on_both
def test_a_directive_goes_from_written_to_closed_and_every_step_is_on_record(world: World) -> None:
    directive = replied_directive(world)
    assert (directive.author, directive.entered_by, directive.leader) == ("某街道领导", "", world.leader)
    assert directive.state is DirectiveState.REPLIED
    assert [reply.text for reply in directive.replies] == ["已办结。"]
    steps.close_directive(directive, word="同意销号。", by=world.users["leader"], version=directive.version)
    stored = reload_directive(directive)
    assert stored.state is DirectiveState.CLOSED
    assert stored.closed_at is not None
    assert stored.closing is not None
    assert (stored.closing.person, stored.closing.text) == ("某街道领导", "同意销号。")
    assert [event.action for event in events_of_subject(stored)] == [
        Action.WRITE_DIRECTIVE,
        Action.REPLY_TO_DIRECTIVE,
        Action.CLOSE_DIRECTIVE,
    ]
    assert verify_chain() is None


def test_it_stays_open_until_the_department_that_answers_for_all_has_answered(world: World) -> None:
    directive = written_directive(world, "经发办", "城管办", "一居")
    department, head = world.departments["城管办"], world.users["head:城管办"]
    reply_to_directive(directive, "我办已办。", department=department, by=head, version=1)
    stored = reload_directive(directive)
    assert stored.state is DirectiveState.OPEN
    assert stored.unanswered_ids == {world.departments[name].id for name in ("经发办", "一居")}
    main = {"department": world.departments["经发办"], "by": world.users["head:经发办"]}
    reply_to_directive(stored, "办了一半。", **main, version=2, is_final=False)
    assert reload_directive(directive).state is DirectiveState.OPEN
    reply_to_directive(reload_directive(directive), "都已办。", **main, version=3)
    stored = reload_directive(directive)
    assert stored.state is DirectiveState.REPLIED
    assert stored.unanswered_supports == ("一居",)


def test_the_office_enters_a_leaders_words_and_both_names_are_kept(world: World) -> None:
    office = world.users["office"]
    directive = operations.write_directive(
        target_of(world, 3), sample_content(world, "城管办", leader=world.leader), by=office
    )
    assert (directive.author, directive.entered_by) == ("周示例", office.person)
    own = operations.write_directive(target_of(world, 3), sample_content(world, "城管办"), by=office)
    assert (own.leader_id, own.author, own.entered_by) == (None, office.seat, office.person)


def test_what_is_merely_noted_asks_for_no_answer(world: World) -> None:
    directive = written_directive(world, kind=DirectiveKind.NOTED)
    assert (directive.state, directive.closed_at) == (DirectiveState.NOTED, None)
    assert directive.addressees_in_words == "主办经发办"


@on_both
def test_an_answer_to_a_directive_that_moved_meanwhile_is_refused_whole(world: World) -> None:
    directive = written_directive(world, "经发办", "城管办")
    slow = reload_directive(directive)
    reply_to_directive(
        directive,
        "先到。",
        department=world.departments["经发办"],
        by=world.users["head:经发办"],
        version=1,
    )
    with pytest.raises(StaleVersion):
        reply_to_directive(
            slow, "后到。", department=world.departments["城管办"], by=world.users["head:城管办"], version=1
        )
    assert [reply.text for reply in reload_directive(directive).replies] == ["先到。"]


@pytest.mark.parametrize("who", ["filer:城管办", "office", "leader", "auditor"])
def test_only_an_addressee_answers_and_only_for_itself(world: World, who: str) -> None:
    directive = written_directive(world)
    with pytest.raises(NotAllowed):
        reply_to_directive(
            directive, "代答。", department=world.departments["经发办"], by=world.users[who], version=1
        )
    assert DirectiveReply.select().count() == 0


@pytest.mark.parametrize("who", ["filer", "head", "system_admin", "security_admin", "auditor"])
def test_only_leaders_and_the_office_write_and_close(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        operations.write_directive(target_of(world, 1), sample_content(world), by=world.users[who])
    assert Directive.select().count() == 0
    directive = replied_directive(world)
    with pytest.raises(NotAllowed):
        steps.close_directive(directive, by=world.users[who], version=directive.version)


def test_what_the_office_gave_itself_it_closes_without_a_proposal(world: World) -> None:
    office, content = world.users["office"], sample_content(world)
    own = operations.write_directive(target_of(world, 1), content, by=office)
    department, head = world.departments["经发办"], world.users["head"]
    reply_to_directive(reload_directive(own), "已办结。", department=department, by=head, version=1)
    with pytest.raises(IllegalTransition, match="可以直接销号"):
        steps.propose_closing(own, "已核。", by=office, version=2)


def test_an_unanswered_directive_cannot_be_closed(world: World) -> None:
    with pytest.raises(IllegalTransition, match="待办理"):
        steps.close_directive(written_directive(world), by=world.users["leader"], version=1)


@pytest.mark.parametrize(
    ("addressees", "changes", "field"),
    [
        (("经发办",), {"text": "  \n"}, "text"),
        (("经发办",), {"text": "字" * 2001}, "text"),
        (("经发办",), {"due_on": WORKDAY.date() - timedelta(days=1)}, "due_on"),
        (("经发办", "经发办"), {}, "supports"),
        (("经发办",), {"kind": DirectiveKind.NOTED, "due_on": WORKDAY.date()}, "due_on"),
    ],
)
def test_what_cannot_be_handed_out_is_refused_at_its_field(
    world: World, addressees: tuple[str, ...], changes: dict[str, Any], field: str
) -> None:
    with clock_stopped_at(WORKDAY), pytest.raises(FieldProblems) as refusal:
        written_directive(world, *addressees, **changes)
    assert list(refusal.value.fields) == [field]
    assert Directive.select().count() == 0


def test_text_of_just_the_limit_and_a_due_date_of_today_are_taken(world: World) -> None:
    with clock_stopped_at(WORKDAY):
        directive = written_directive(world, text="字" * 2000, due_on=today())
        assert (len(directive.text), directive.due_on, directive.is_overdue) == (2000, today(), False)


def test_a_due_date_on_a_day_off_moves_to_the_next_working_day(world: World) -> None:
    with clock_stopped_at(WORKDAY):
        directive = written_directive(world, due_on=date(2026, 10, 31))
    assert directive.due_on == date(2026, 11, 2)


@on_both
def test_directives_are_numbered_by_year_and_confidential_ones_by_themselves(world: World) -> None:
    numbers = []
    for moment, is_confidential in (
        (datetime(2026, 12, 31, 9, 0), False),
        (datetime(2026, 12, 31, 10, 0), True),
        (datetime(2026, 12, 31, 11, 0), False),
        (datetime(2027, 1, 4, 9, 0), False),
    ):
        with clock_stopped_at(moment):
            numbers.append(written_directive(world, is_confidential=is_confidential).number_words)
    assert numbers == ["批示〔2026〕1号", "密批〔2026〕1号", "批示〔2026〕2号", "批示〔2027〕1号"]


def test_a_department_outside_the_duty_can_be_added_and_is_marked(world: World) -> None:
    directive = written_directive(world, "城管办", "经发办", measure=2)
    assert [(one.department.short_name, one.role, one.is_added) for one in directive.addressees] == [
        ("城管办", AddresseeRole.MAIN, True),
        ("经发办", AddresseeRole.SUPPORT, False),
    ]


def test_a_measure_that_nobody_leads_cannot_be_instructed_upon(world: World) -> None:
    Assignment.delete().where(Assignment.item == world.measures[3]).execute()
    with pytest.raises(FieldProblems, match="请先改正") as refusal:
        written_directive(world, "城管办", measure=4)
    assert "还没有牵头部门" in refusal.value.fields["main"]


def test_the_words_stand_as_written(world: World) -> None:
    assert written_directive(world).text == WORDS


def test_without_a_date_there_is_nothing_to_extend() -> None:
    assert "不用申请延期" in steps.extension_problem(Directive(due_on=None), None)


@pytest.mark.parametrize(
    ("how", "day", "wrong"),
    [
        ("电" * 50, date(2026, 9, 14), set()),
        ("电" * 51, date(2026, 9, 1), {"further"}),
        ("", date(2026, 8, 31), {"further", "day"}),
        ("电话", date(2026, 9, 15), {"day"}),
        ("电话", None, {"day"}),
    ],
)
def test_how_and_when_a_leader_agreed_is_stated(how: str, day: date | None, wrong: set[str]) -> None:
    directive = Directive(created_at=datetime(2026, 9, 1, 8))
    with clock_stopped_at(datetime(2026, 9, 14, 9, 30)):
        found = steps.stated_problems(steps.StatedWord(how, day), directive)
    assert {name for name, sentence in found.items() if sentence} == wrong
