"""What the office does beside the filings: reminding by hand and by itself, phrases at hand, its own expectation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from datetime import date, datetime, time
from functools import partial

from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at
from app.filing.contributions.models import Contribution
from app.filing.contributions.rules import ContributionState
from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.measure_status import Forecast
from app.filing.review.forecast_assessments import assess_forecast
from app.filing.review.models import ASSESSMENT_LENGTH, PHRASE_LENGTH
from app.filing.review.reminders import REMINDER_LENGTH, remind_departments, remind_due, usual_reminder_text
from app.filing.review.return_phrases import (
    add_phrase,
    find_phrase,
    phrases_by_kind,
    reason_with_phrases,
    remove_phrase,
)
from app.periods.operations import close_period
from tests.filing.pages import brought_to
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import World

BEGIN = datetime(2026, 9, 24, 9, 30)


def test_each_step_changes_what_it_names_and_nothing_else(world: World) -> None:
    with clock_stopped_at(BEGIN):
        brought_to(FilingState.SIGNED_OFF, world)
        Contribution.update(state=ContributionState.NOT_NEEDED).where(
            Contribution.department == world.departments["一居"]
        ).execute()
    found = changes_beside(__file__)
    with clock_stopped_at(BEGIN):
        keep_phrases(found, world)
        assess(found, world)
        remind_by_hand(found, world)
    remind_by_itself(found, world)
    with clock_stopped_at(BEGIN):
        close_period(world.period, by=world.users["office"])
        found.record("remind when it is closed", reminding(world, "请抓紧。", "经发办"))
    found.compare()


def keep_phrases(found: RecordedChanges, world: World) -> None:
    def add(kind: ReturnKind, text: str, by: str = "office") -> Callable[[], object]:
        return partial(add_phrase, kind, text, by=world.users[by])

    kinds = list(ReturnKind)
    first = found.record("add a phrase", add(kinds[0], " 请补数字。 "))
    second = found.record("add it for another kind", add(kinds[1], "请补数字。"))
    found.record("add it again", add(kinds[0], "请补数字。"))
    found.record("add no phrase", add(kinds[0], " "))
    found.record("add a long phrase", add(kinds[0], "长" * (PHRASE_LENGTH + 1)))
    found.record("add a phrase as filer", add(kinds[0], "请写清。", "filer"))
    third = found.record("add another", add(kinds[0], "请写清。"))
    assert [[one.id for one in rows] for rows in phrases_by_kind().values()][:2] == [
        [first.id, third.id],
        [second.id],
    ]
    given = phrases_by_kind()[kinds[0]]
    assert (
        reason_with_phrases(given, {str(third.id), str(first.id)}, " 另外。 ") == "请补数字。请写清。另外。"
    )
    assert reason_with_phrases(given, {str(third.id)}, "") == "请写清。"
    found.record("remove a phrase as filer", partial(remove_phrase, first, by=world.users["filer"]))
    found.record("remove a phrase", partial(remove_phrase, first, by=world.users["office"]))
    assert (find_phrase(first.id), find_phrase(third.id)) == (None, third)


def assess(found: RecordedChanges, world: World) -> None:
    def expect(
        forecast: Forecast | None, reason: str, measure: int = 1, by: str = "office"
    ) -> Callable[[], None]:
        return partial(assess_forecast, world.filing(measure), forecast, reason, by=world.users[by])

    found.record("expect nothing for no reason", expect(None, " "))
    found.record("expect at length", expect(Forecast.DIFFICULT, "长" * (ASSESSMENT_LENGTH + 1)))
    found.record("expect as filer", expect(Forecast.DIFFICULT, "进度偏慢。", by="filer"))
    found.record("expect of what is not handed in", expect(Forecast.DIFFICULT, "进度偏慢。", 2))
    found.record("expect", expect(Forecast.DIFFICULT, " 进度偏慢。 "))
    found.record("expect otherwise", expect(Forecast.CAN_FINISH, "已赶上。"))


def reminding(
    world: World, text: str, *names: str, key: str = "first", by: str = "office"
) -> Callable[[], tuple[object, ...]]:
    ids = {world.departments[name].id for name in names}

    def remind() -> tuple[object, ...]:
        given = {"department_ids": ids, "key": key, "by": world.users[by]}
        return astuple(remind_departments(world.period, text, **given))

    return remind


def remind_by_hand(found: RecordedChanges, world: World) -> None:
    found.record("remind nobody", reminding(world, " "))
    found.record("remind at length", reminding(world, "长" * (REMINDER_LENGTH + 1), "经发办"))
    found.record("remind as filer", reminding(world, "请抓紧。", "经发办", by="filer"))
    found.record("remind who owes nothing", reminding(world, "请抓紧。", "一居"))
    found.record("remind two", reminding(world, f" {usual_reminder_text(world.period)} ", "经发办", "一居"))
    found.record("remind by the same click", reminding(world, "请抓紧。", "经发办"))
    found.record("remind by another click", reminding(world, "请抓紧。", "经发办", "城管办", key="second"))


def remind_by_itself(found: RecordedChanges, world: World) -> None:
    """Go through the days around a quarter's end; twice on each, and once as early as nobody is to be reminded."""
    days = (date(2026, 9, 20), date(2026, 9, 30), date(2026, 10, 15), date(2026, 10, 23))
    dates = world.period.due_dates
    for day in sorted({*days, dates.opens_on, dates.department_due}):
        for name, hour in (("before work", 7), ("in the morning", 9), ("once more", 10)):
            with clock_stopped_at(datetime.combine(day, time(hour))):
                found.record(f"{day} {name}", partial(remind_due, by=SYSTEM))
    found.record("remind by itself as office", partial(remind_due, by=world.users["office"]))
