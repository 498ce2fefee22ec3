"""What the office expects of a measure's year, beside its department's word."""

from __future__ import annotations

import pytest
from flask import Flask

from app.audit.models import Event
from app.authority.policy import Action
from app.base.errors import FieldProblems, IllegalTransition
from app.filing.core.life_cycle import FilingState
from app.filing.core.measure_status import Forecast
from app.filing.review.forecast_assessments import assess_forecast, assessment_on
from tests.clients import log_in
from tests.databases import on_both
from tests.filing.pages import brought_to, seen
from tests.world import World

REASON = "两道审批还没有批下来。"


@on_both
def test_both_words_stand_side_by_side_and_neither_overwrites(world: World) -> None:
    filing, office = brought_to(FilingState.SIGNED_OFF, world), world.users["office"]
    assess_forecast(filing, Forecast.DIFFICULT, "先看一看。", by=office)
    assess_forecast(filing, Forecast.CANNOT_FINISH, REASON, by=office)
    kept = assessment_on(filing)
    assert kept
    assert (kept.forecast, kept.reason, kept.person) == (Forecast.CANNOT_FINISH, REASON, office.person)
    assert world.filing(1).forecast is Forecast.CAN_FINISH
    logged = Event.select().where(Event.action == Action.ASSESS_FORECAST).order_by(Event.id)
    assert [(one.summary, one.reason) for one in logged] == [
        ("办公室研判：有困难但能完成", "先看一看。"),
        ("办公室研判：不能完成", REASON),
    ]


def test_all_that_is_missing_is_named_at_once_and_a_draft_is_not_assessed(world: World) -> None:
    filing, office = brought_to(FilingState.SUBMITTED, world), world.users["office"]
    with pytest.raises(FieldProblems) as refusal:
        assess_forecast(filing, None, " ", by=office)
    assert refusal.value.fields == {"forecast": "请选择办公室研判。", "reason": "请写明研判理由。"}
    with pytest.raises(FieldProblems):
        assess_forecast(filing, Forecast.DIFFICULT, "长" * 201, by=office)
    with pytest.raises(IllegalTransition, match="还没有报送"):
        assess_forecast(brought_to(FilingState.DRAFT, world, 2), Forecast.DIFFICULT, REASON, by=office)


def test_the_office_writes_it_while_reviewing_and_leaders_read_it(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.ACCEPTED, world)
    office, leader = log_in(app, world, "office"), log_in(app, world, "leader")
    address = f"/review/{filing.id}/assessment"
    assert f'hx-get="{address}"' in office.get(f"/review/{filing.id}").text
    refused = office.post(address, data={"forecast": "cannot_finish", "reason": ""})
    assert (refused.status_code, "请写明研判理由。" in seen(refused)) == (422, True)
    answer = office.post(address, data={"forecast": "cannot_finish", "reason": REASON})
    assert answer.location == f"/review/{filing.id}"
    shown = seen(office.get(address))
    assert f"部门预计：能够完成。办公室研判： 不能完成 。理由：{REASON}".replace(" ", "") in shown.replace(
        " ", ""
    )
    assert "办公室研判：不能完成" in seen(leader.get("/overview"))
    measure = f"/measures/{world.measures[0].id}"
    assert f"办公室研判 不能完成 {REASON}".replace(" ", "") in seen(leader.get(measure)).replace(" ", "")
    assert "办公室研判" not in seen(log_in(app, world, "filer").get(measure))
