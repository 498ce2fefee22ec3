"""Every step in a filing's life, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from app.base.clock import clock_stopped_at
from app.filing.core import operations
from app.filing.core.content import FilingContent, Tick
from app.filing.core.life_cycle import ReturnKind
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.models import Filing
from app.filing.core.operations import SendingBack
from app.periods.operations import close_period
from app.plan.core.queries import commitments_of_measure
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import THRESHOLDS, World, full_content

MOMENT = datetime(2026, 9, 24, 9, 30)
LATE = FilingContent(
    "尚未启动。", "征收滞后。", "四季度启动。", 20, MeasureStatus.LAGGING, "征收未完", Forecast.DIFFICULT
)


def test_each_step_changes_what_it_names_and_nothing_else(world: World) -> None:
    found = changes_beside(__file__)
    with clock_stopped_at(MOMENT):
        walk_one_filing(found, world)
        walk_one_without_sign_off(found, world)
        walk_several(found, world)
    found.compare()


def step(
    world: World,
    operation: Callable[..., Any],
    measure: int,
    by: str,
    *given: object,
    late: int = 0,
    **more: object,
) -> Callable[[], Any]:
    """Return a step at the version that the filing has when it is taken."""
    unit = "一居" if by.endswith("一居") else "经发办" if measure < 3 else "城管办"

    def take() -> Any:
        filing = world.filing(measure, unit)
        return operation(filing, *given, by=world.users[by], version=filing.version - late, **more)

    return take


def walk_one_filing(found: RecordedChanges, world: World) -> None:
    one = partial(step, world)
    save = partial(one, operations.save_filing, thresholds=THRESHOLDS)
    task = commitments_of_measure(world.measures[0])[0]
    content = replace(full_content(), ticks={task.id: Tick(True, "已建名单")})
    found.record("submit a blank one", one(operations.submit_filing, 1, "filer"))
    found.record("save", save(1, "filer", content))
    found.record("save a late one", save(2, "filer", LATE, filled=True))
    found.record(
        "save with a light", save(2, "head", replace(LATE, light=Light.YELLOW, light_reason="已排期"))
    )
    found.record(
        "save too much", save(1, "filer", replace(content, progress="长" * 10_001, percent=2_000_000))
    )
    found.record("save what was changed", save(1, "filer", content, late=1))
    found.record("save as another", save(1, "filer:城管办", content))
    found.record("submit", one(operations.submit_filing, 1, "filer"))
    found.record("save what was submitted", save(1, "filer", content))
    found.record("return without reason", one(operations.return_filing, 1, "head", reason=" "))
    found.record("return", one(operations.return_filing, 1, "head", reason=" 请补数据 "))
    found.record("submit again", one(operations.submit_filing, 1, "head"))
    found.record("sign off as filer", one(operations.sign_off_filing, 1, "filer"))
    found.record("sign off", one(operations.sign_off_filing, 1, "head"))
    found.record("send back at length", one(operations.send_back_filing, 1, "office", reason="长" * 201))
    supplement = {"reason": "请补佐证", "kind": ReturnKind.SUPPLEMENT}
    found.record("send back", one(operations.send_back_filing, 1, "office", **supplement))
    handed_in = one(
        operations.save_and_submit, 1, "head", full_content("补充后。", 80), thresholds=THRESHOLDS
    )
    found.record("save and submit", handed_in)
    found.record("accept unsigned", one(operations.accept_filing, 1, "office"))
    found.record("sign off again", one(operations.sign_off_filing, 1, "head"))
    found.record("accept as head", one(operations.accept_filing, 1, "head"))
    found.record("accept", one(operations.accept_filing, 1, "office"))
    found.record("reopen without reason", one(operations.reopen_filing, 1, "office", reason=""))
    found.record("reopen", one(operations.reopen_filing, 1, "office", reason="数字有误"))


def walk_one_without_sign_off(found: RecordedChanges, world: World) -> None:
    own, content = world.departments["一居"], full_content("已走访。")
    Filing.create(period=world.period, measure=world.measures[0], department=own, lead=own)
    unsigned = step(world, operations.save_and_submit, 1, "filer:一居", content, thresholds=THRESHOLDS)
    found.record("submit where nobody signs off", unsigned)


def walk_several(found: RecordedChanges, world: World) -> None:
    def read(*measures: int, late: int = 0) -> list[tuple[Filing, int]]:
        filings = [world.filing(number, "经发办" if number < 3 else "城管办") for number in measures]
        return [(filing, filing.version - late) for filing in filings]

    def send_back(*reasons: str, by: str = "office") -> None:
        decisions = [
            SendingBack(filing, version, reason)
            for (filing, version), reason in zip(read(1, 2), reasons, strict=True)
        ]
        operations.send_back_filings(decisions, by=world.users[by])

    users = world.users
    found.record("submit several", lambda: operations.submit_filings(read(1, 2), by=users["filer"]))
    found.record("submit one of them again", lambda: operations.submit_filings(read(2), by=users["filer"]))
    found.record(
        "submit a blank among them", lambda: operations.submit_filings(read(3, 4), by=users["filer:城管办"])
    )
    found.record(
        "sign off changed ones", lambda: operations.sign_off_filings(read(1, 2, late=1), by=users["head"])
    )
    found.record("sign off several", lambda: operations.sign_off_filings(read(1, 2), by=users["head"]))
    found.record("send several back without reasons", lambda: send_back("", "长" * 201))
    found.record("send several back as head", lambda: send_back("甲", "乙", by="head"))
    found.record("send several back", lambda: send_back(" 甲 ", "乙"))
    for name, number in (("first", 1), ("second", 2)):
        submit = step(world, operations.submit_filing, number, "head")
        found.record(f"submit the {name} once more", submit)
        found.record(
            f"sign off the {name} once more", step(world, operations.sign_off_filing, number, "head")
        )
    found.record(
        "accept changed ones", lambda: operations.accept_filings(read(1, 2, late=1), by=users["office"])
    )
    found.record("accept several", lambda: operations.accept_filings(read(1, 2), by=users["office"]))
    close_period(world.period, by=users["office"])
    saved = step(world, operations.save_filing, 3, "filer:城管办", full_content(), thresholds=THRESHOLDS)
    found.record("save in a closed quarter", saved)
