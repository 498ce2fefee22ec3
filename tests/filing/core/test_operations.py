"""A filing's way through its life, on both databases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.audit.queries import events_of_subject, verify_chain
from app.authority.actor import SAMPLE_LOADER
from app.authority.policy import Action
from app.base.errors import (
    FieldProblems,
    IllegalTransition,
    NotAllowed,
    StaleVersion,
)
from app.filing.core import content_reading, operations
from app.filing.core.content import FilingContent, Tick
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.merging import WrittenFiling
from app.periods.operations import close_period
from app.plan.core.models import Indicator, Milestone
from app.plan.core.queries import commitments_of_measure
from app.plan.core.rules import CumulationRule
from tests.clients import count_queries
from tests.databases import on_both
from tests.filing.pages import brought_to, revisions_of, ticks_of
from tests.world import THRESHOLDS, World, full_content


@on_both
def test_a_filing_goes_from_draft_to_accepted_and_every_step_is_on_record(world: World) -> None:
    filing = world.filing(1)
    operations.save_filing(
        filing, full_content(), by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    operations.submit_filing(filing, by=world.users["filer"], version=filing.version)
    operations.sign_off_filing(filing, by=world.users["head"], version=filing.version)
    operations.accept_filing(filing, by=world.users["office"], version=filing.version)

    stored = world.filing(1)
    assert stored.state is FilingState.ACCEPTED
    assert stored.light is Light.GREEN
    assert [event.action for event in events_of_subject(stored)] == [
        Action.WRITE_FILING,
        Action.SUBMIT_FILING,
        Action.SIGN_OFF_FILING,
        Action.ACCEPT_FILING,
    ]
    assert [revision.action for revision in revisions_of(stored)] == ["accept", "sign_off", "submit"]
    assert verify_chain() is None


@on_both
def test_what_is_saved_is_what_is_read(world: World) -> None:
    filing, by = world.filing(1), world.users["filer"]
    commitment = commitments_of_measure(filing.measure)[0].id
    count, share, left = (
        Indicator.create(
            measure=filing.measure,
            name=name,
            unit=unit,
            yearly_target=100,
            cumulation_rule=rule,
            position=place,
        )
        for place, (name, unit, rule) in enumerate(
            [
                ("走访企业", "家", CumulationRule.SUM),
                ("按期办结率", "%", CumulationRule.RATIO),
                ("签约", "家", CumulationRule.SUM),
            ],
            start=1,
        )
    )
    first = replace(
        full_content(),
        light=Light.YELLOW,
        light_reason="有两家未定。",
        ticks={commitment: Tick(done=True, note="已完成。")},
        indicators={count.id: Decimal(32), share.id: Decimal(9), left.id: Decimal(4)},
        bases={share.id: Decimal(10)},
    )
    numbers: dict[int, Decimal | None] = {count.id: None, share.id: Decimal(8)}
    second = replace(first, ticks={commitment: Tick(done=False)}, indicators=numbers)
    kept = {share.id: Decimal(8), left.id: Decimal(4)}  # emptied, changed, not named
    for content, read in ((first, first), (second, replace(second, indicators=kept))):
        stored = world.filing(1)
        operations.save_filing(stored, content, by=by, version=stored.version, thresholds=THRESHOLDS)
        assert content_reading.content_of_filing(world.filing(1)) == read


@on_both
def test_a_stale_save_is_refused_and_shows_what_stands_there_now(world: World) -> None:
    mine, theirs = world.filing(1), world.filing(1)
    operations.save_filing(
        theirs,
        full_content("先到的文字。"),
        by=world.users["head"],
        version=theirs.version,
        thresholds=THRESHOLDS,
    )
    with pytest.raises(StaleVersion) as refusal:
        operations.save_filing(
            mine,
            full_content("后到的文字。"),
            by=world.users["filer"],
            version=mine.version,
            thresholds=THRESHOLDS,
        )
    assert refusal.value.current.progress == "先到的文字。"
    assert world.filing(1).progress == "先到的文字。"


@on_both
def test_nothing_is_half_done_when_a_step_is_refused(world: World) -> None:
    filing = world.filing(1)
    with pytest.raises(IllegalTransition):
        operations.accept_filing(filing, by=world.users["office"], version=filing.version)
    stored = world.filing(1)
    assert (stored.state, stored.version, stored.accepted_at) == (FilingState.DRAFT, 1, None)
    assert events_of_subject(stored) == []


def test_another_departments_filing_cannot_be_written(world: World) -> None:
    filing = world.filing(1)
    with pytest.raises(NotAllowed):
        operations.save_filing(
            filing,
            full_content(),
            by=world.users["filer:城管办"],
            version=filing.version,
            thresholds=THRESHOLDS,
        )
    assert world.filing(1).is_blank


@on_both
def test_saving_and_submitting_is_one_operation(world: World) -> None:
    filing, lacking = world.filing(1), replace(full_content(), forecast=None)
    with pytest.raises(FieldProblems) as refusal:
        operations.save_and_submit(filing, lacking, by=world.users["filer"], version=1, thresholds=THRESHOLDS)
    assert refusal.value.fields.keys() == {"forecast"}
    assert (world.filing(1).is_blank, world.filing(1).version, events_of_subject(filing)) == (True, 1, [])
    operations.save_and_submit(
        world.filing(1), full_content(), by=world.users["filer"], version=1, thresholds=THRESHOLDS
    )
    assert (world.filing(1).state, world.filing(1).version) == (FilingState.SUBMITTED, 3)


@on_both
def test_a_batch_is_signed_off_whole_or_not_at_all(world: World) -> None:
    read = []
    for filing in (world.filing(1), world.filing(2)):
        operations.save_and_submit(
            filing, full_content(), by=world.users["filer"], version=1, thresholds=THRESHOLDS
        )
        read.append((filing, filing.version))
    stale = [read[0], (read[1][0], 2)]
    with pytest.raises(IllegalTransition, match="一份也没有审签。经发办“打通转化链条”"):
        operations.sign_off_filings(stale, by=world.users["head"])
    assert world.filing(1).state is FilingState.SUBMITTED
    operations.sign_off_filings([(world.filing(n), 3) for n in (1, 2)], by=world.users["head"])
    assert {world.filing(n).state for n in (1, 2)} == {FilingState.SIGNED_OFF}
    assert verify_chain() is None


@on_both
def test_ticks_follow_the_last_save(world: World) -> None:
    filing, head = world.filing(1), world.users["head"]
    first, second = commitments_of_measure(filing.measure)[:2]
    for ticks in ({first.id: Tick(True)}, {first.id: Tick(False, "推迟"), second.id: Tick(True)}):
        operations.save_filing(
            filing,
            replace(full_content(), ticks=ticks),
            by=head,
            version=filing.version,
            thresholds=THRESHOLDS,
        )
    assert ticks_of(world.filing(1)) == {first.id: Tick(False, "推迟"), second.id: Tick(True)}


def test_a_save_touches_no_tick_and_no_number_that_stands_already(world: World) -> None:
    filing, head = world.filing(1), world.users["head"]
    indicator = Indicator.create(
        measure=filing.measure, name="走访企业", unit="家", yearly_target=Decimal(10), position=0
    )
    milestone = Milestone.create(item=filing.measure, quarter=3, text="签约一批")
    first, second = commitments_of_measure(filing.measure)[:2]
    content = replace(
        full_content(),
        ticks={first.id: Tick(True), second.id: Tick(False)},
        indicators={indicator.id: Decimal(5)},
        milestones={milestone.id: True},
    )

    def written_by(content: FilingContent) -> list[str]:
        with count_queries() as asked:
            operations.save_filing(filing, content, by=head, version=filing.version, thresholds=THRESHOLDS)
        parts = "commitment_tick", "indicator_value", "milestone_tick"
        changes = [one for one in asked if not one.startswith("SELECT")]
        return [part for part in parts if any(f'"{part}"' in one for one in changes)]

    assert written_by(content) == ["commitment_tick", "indicator_value", "milestone_tick"]
    assert written_by(replace(content, progress="又走访了一家。")) == []
    assert written_by(replace(content, milestones={milestone.id: False})) == ["milestone_tick"]
    content = replace(content, milestones={milestone.id: False})
    assert written_by(replace(content, indicators={indicator.id: None})) == ["indicator_value"]
    assert content_reading.content_of_filing(world.filing(1)) == replace(content, indicators={})


def test_a_unit_without_sign_off_says_so_on_record(world: World) -> None:
    world.let_lead(4, "一居")
    filing = world.filing(4, "一居")
    operations.save_and_submit(
        filing, full_content(), by=world.users["filer:一居"], version=1, thresholds=THRESHOLDS
    )
    last = events_of_subject(filing)[-1]
    assert (last.action, last.reason) == (Action.SIGN_OFF_FILING, "本部门免审签")
    assert world.filing(4, "一居").signed_off_by == world.users["filer:一居"].person


def test_a_closed_quarter_takes_nothing_more(world: World) -> None:
    close_period(world.period, by=SAMPLE_LOADER)
    with pytest.raises(IllegalTransition, match="2026年第三季度的填报已关闭，不能保存"):
        operations.save_filing(
            world.filing(1), full_content(), by=world.users["filer"], version=1, thresholds=THRESHOLDS
        )


def test_a_light_without_an_override_follows_the_number_again(world: World) -> None:
    filing, by = world.filing(1), world.users["filer"]
    overridden = replace(full_content(), light=Light.RED, light_reason="资金尚未到位。")
    operations.save_filing(filing, overridden, by=by, version=1, thresholds=THRESHOLDS)
    assert content_reading.content_of_filing(world.filing(1)).light is Light.RED
    operations.save_filing(world.filing(1), full_content(), by=by, version=2, thresholds=THRESHOLDS)
    stored = world.filing(1)
    assert (stored.light, stored.light_reason) == (Light.GREEN, "")


@pytest.mark.parametrize(("length", "is_wrong"), [(0, True), (1, False), (200, False), (201, True)])
def test_a_reason_for_giving_back_is_no_longer_than_people_read(length: int, is_wrong: bool) -> None:
    assert bool(operations.return_reason_problem("长" * length, Action.RETURN_FILING)) is is_wrong


def test_what_is_handed_in_takes_no_words_even_where_none_can_be_kept(world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    content = replace(content_reading.content_of_filing(filing), percent=-1)
    written = WrittenFiling(content, filled=False, version=filing.version)
    with pytest.raises(IllegalTransition):
        operations.save_written(filing, written, by=world.users["filer"], thresholds=THRESHOLDS)


@pytest.mark.parametrize(("changes", "counted"), [({"percent": -1}, 0), ({}, 1)])
def test_what_cannot_be_kept_leaves_a_filing_as_it_is(
    world: World, changes: dict[str, int], counted: int
) -> None:
    filing = brought_to(FilingState.DRAFT, world)
    content = replace(content_reading.content_of_filing(filing), **changes)
    written = WrittenFiling(content, filled=False, version=filing.version)
    saved = operations.save_written(filing, written, by=world.users["filer"], thresholds=THRESHOLDS)
    assert (saved.filing.version, set(saved.problems)) == (filing.version + counted, set(changes))
