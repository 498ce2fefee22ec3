"""Reading a quarter as a whole, on both databases: only what the office accepted counts."""

from __future__ import annotations

from app.filing.core.life_cycle import FilingStanding, FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import MeasureStatus
from app.filing.review.filing_creation import prepare_filings
from app.overview import queries
from app.overview.cell_counts import NOT_ACCEPTED, count_lights, count_statuses, statuses_among
from app.periods.models import Period
from app.plan.core.models import Assignment
from app.plan.core.rules import AssignmentRole
from tests.clients import count_queries
from tests.databases import on_both
from tests.filing.pages import brought_to
from tests.overview.growth import grow, set_due
from tests.world import World


def reread(world: World) -> queries.QuarterOverview:
    return queries.overview_of_quarter(Period.get_by_id(world.period.id))


def test_the_map_has_the_shape_of_the_plan(world: World) -> None:
    parts = reread(world).parts
    shape = [(part.item.number, [len(row.cells) for row in part.rows]) for part in parts]
    assert shape == [("一", [2]), ("二", [2])]
    assert [cell.measure.title for part in parts for cell in part.cells] == [m.title for m in world.measures]


@on_both
def test_a_measure_has_a_light_once_its_lead_was_accepted(world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, measure=1)
    brought_to(FilingState.SIGNED_OFF, world, measure=2)
    overview = reread(world)
    assert [cell.light for cell in overview.all_cells] == [Light.GREEN, None, None, None]
    assert [cell.measure.position for cell in overview.unaccepted_cells] == [2, 3, 4]
    assert overview.waiting_count == 1
    assert overview.contributions_in_words == "未写 2 项"


def test_counts_add_up_to_all_measures(world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, measure=1)
    cells = reread(world).all_cells
    lights = {count.label: count.number for count in count_lights(cells)}
    assert lights == {"绿灯": 1, "黄灯": 0, "红灯": 0, "灰灯": 0, NOT_ACCEPTED: 3}
    assert statuses_among(cells) == (MeasureStatus.ON_TRACK,)
    statuses = count_statuses(cells, statuses_among(cells))
    assert [(count.label, count.number, count.share_percent) for count in statuses] == [
        ("正常推进", 1, 25),
        (NOT_ACCEPTED, 3, 75),
    ]


def test_shares_of_nothing_are_nothing() -> None:
    assert {count.share_percent for count in count_lights([])} == {0}


def test_what_is_not_handed_in_is_overdue_after_the_days_of_grace(world: World) -> None:
    set_due(world, days_ago=3, grace=20)
    assert reread(world).all_cells[0].standing is FilingStanding.UNREPORTED
    set_due(world, days_ago=30)
    brought_to(FilingState.SUBMITTED, world, measure=2)
    standings = [cell.standing for cell in reread(world).all_cells]
    assert standings == [
        FilingStanding.OVERDUE,
        FilingStanding.SUBMITTED,
        FilingStanding.OVERDUE,
        FilingStanding.OVERDUE,
    ]


def test_the_due_date_is_reported_in_words(world: World) -> None:
    set_due(world, days_ago=0)
    assert reread(world).due_words == "今天截止"
    Period.update(closed_at=world.period.opens_on).execute()
    assert reread(world).due_words == "填报已关闭"


@on_both
def test_departments_stand_in_their_official_order_whatever_they_did(world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, measure=3, department="城管办")
    rows = queries.rows_by_department(reread(world))
    assert [row.department.short_name for row in rows] == ["经发办", "城管办", "一居"]
    assert [(len(row.leading), row.contributed.total()) for row in rows] == [(2, 0), (2, 1), (0, 1)]
    assert [(row.handed_in_count, row.accepted_count) for row in rows] == [(0, 0), (1, 1), (0, 0)]
    assert [len(row.owed_filings) for row in rows] == [2, 1, 0]
    assert [row.contributed_in_words for row in rows] == ["", "未写 1 项", "未写 1 项"]


def test_the_present_lead_speaks_for_a_measure_that_changed_hands(world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, measure=1)
    Assignment.update(role=AssignmentRole.SUPPORT).where(Assignment.item == world.measures[0]).execute()
    new_lead = (Assignment.item == world.measures[0]) & (Assignment.department == world.departments["城管办"])
    Assignment.update(role=AssignmentRole.LEAD).where(new_lead).execute()
    cell = reread(world).all_cells[0]
    assert cell.filing
    assert (cell.lead, cell.filing.id) == (world.departments["城管办"], world.filing(1).id)
    prepare_filings(world.period)
    taken_over = world.filing(1, "城管办")
    speaking = reread(world).all_cells[0].filing
    assert speaking
    assert speaking.id == taken_over.id


def test_nobody_leads_a_measure_that_was_not_assigned(world: World) -> None:
    Assignment.delete().execute()
    cells = reread(world).all_cells
    assert {cell.lead for cell in cells} == {None}


@on_both
def test_a_fixed_number_of_queries_however_much_there_is(world: World) -> None:
    period = Period.get_by_id(world.period.id)
    assert period.plan
    with count_queries() as few:
        queries.overview_of_quarter(period)
    grow(world)
    with count_queries() as many:
        queries.overview_of_quarter(period)
    assert (len(few), len(many)) == (10, 10)
