"""Filtering the measures of a quarter by the address: ``?light=red&forecast=cannot``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from werkzeug.datastructures import MultiDict

from app.authority.actor import Actor
from app.base.errors import BadInput
from app.base.labels import LabelledEnum
from app.base.text import parse_number, quoted_input
from app.filing.core.life_cycle import FilingStanding
from app.filing.core.lights import Light
from app.following.queries import FollowedSubjects, followed_by
from app.org.models import Leader
from app.overview.cell_counts import (
    FORECAST_KEYS,
    NOT_ACCEPTED,
    NOT_LIT,
    CountOfTotal,
    count_changes,
    count_forecasts,
    count_lights,
    count_standings,
)
from app.overview.measure_cells import (
    MeasureCell,
)
from app.overview.rules import HomeScope, StandingChange

Member = TypeVar("Member", bound=LabelledEnum)


OVERVIEW_SCOPES = (HomeScope.ALL, HomeScope.FOLLOWED)


class FilterField(NamedTuple):
    """An address argument: the label of each value, and the measures it selects."""

    label: str
    words: Mapping[str, str]
    value_of: Callable[[MeasureCell], str]


def words_of(members: type[Member]) -> dict[str, str]:
    return {one.value: one.label for one in members}


def light_value(cell: MeasureCell) -> str:
    return cell.light.value if cell.light else NOT_LIT


def forecast_value(cell: MeasureCell) -> str:
    return next((value for value, one in FORECAST_KEYS.items() if one is cell.forecast), "")


def change_value(cell: MeasureCell) -> str:
    return cell.change.value if cell.change else ""


def standing_value(cell: MeasureCell) -> str:
    return cell.standing.value


FIELDS: Mapping[str, FilterField] = {
    "light": FilterField("亮灯", words_of(Light) | {NOT_LIT: NOT_ACCEPTED}, light_value),
    "forecast": FilterField(
        "年底预计", {value: f"预计{one.label}" for value, one in FORECAST_KEYS.items()}, forecast_value
    ),
    "change": FilterField("变化", words_of(StandingChange), change_value),
    "standing": FilterField("报送情况", words_of(FilingStanding), standing_value),
}


@dataclass(frozen=True)
class CellFilter:
    """The filter in the address: any of the values of every argument. `leader` is in charge of the measures; `followed`
    are those that the reader follows.
    """

    values: Mapping[str, tuple[str, ...]]
    leader: Leader | None = None
    followed: FollowedSubjects | None = None

    @property
    def is_set(self) -> bool:
        return bool(self.values or self.leader or self.followed)

    @property
    def words(self) -> str:
        """Return the filter as a page title says it: 红灯、黄灯，比上季度变差."""
        found = [
            "、".join(FIELDS[name].words[value] for value in values) for name, values in self.values.items()
        ]
        whose = [f"{self.leader.name}分管"] if self.leader else []
        return "，".join([*whose, *([HomeScope.FOLLOWED.label] if self.followed else []), *found])

    @property
    def arguments(self) -> dict[str, object]:
        """Return the filter as address arguments."""
        chosen: dict[str, object] = {name: list(values) for name, values in self.values.items()}
        chosen |= {"leader": self.leader.id} if self.leader else {}
        return chosen | ({"scope": HomeScope.FOLLOWED.value} if self.followed else {})

    def besides(self, name: str) -> CellFilter:
        """Return the arguments other than one field."""
        return replace(self, values={field: found for field, found in self.values.items() if field != name})

    def lets_through(self, cell: MeasureCell) -> bool:
        if self.leader and cell.measure.leader_id != self.leader.id:
            return False
        if self.followed and not covers_cell(self.followed, cell):
            return False
        return all(FIELDS[name].value_of(cell) in values for name, values in self.values.items())


class FilterCounts(NamedTuple):
    """The number of measures for each value of each argument, with the other arguments applied."""

    lights: tuple[CountOfTotal, ...]
    forecasts: tuple[CountOfTotal, ...]
    changes: tuple[CountOfTotal, ...]
    standings: tuple[CountOfTotal, ...]


def counts_of_filter(chosen: CellFilter, cells: Sequence[MeasureCell]) -> FilterCounts:
    def among(field: str) -> list[MeasureCell]:
        others = chosen.besides(field)
        return list(filter(others.lets_through, cells) if others.is_set else cells)

    return FilterCounts(
        count_lights(among("light")),
        count_forecasts(among("forecast")),
        count_changes(among("change")),
        count_standings([cell.standing for cell in among("standing")]),
    )


def covers_cell(followed: FollowedSubjects, cell: MeasureCell) -> bool:
    return followed.covers_measure(cell.measure.id, cell.lead.id if cell.lead else None)


def read_filter(
    args: MultiDict[str, str], find_leader: Callable[[int], Leader | None], reader: Actor
) -> CellFilter:
    """Return the filter in an address. Raises BadInput for an unknown value."""
    values = {name: tuple(filter(None, args.getlist(name))) for name in FIELDS}
    chosen = {name: found for name, found in values.items() if found}
    for name, found in chosen.items():
        field = FIELDS[name]
        if unknown := next((one for one in found if one not in field.words), None):
            known = "、".join(field.words.values())
            raise BadInput(f"没有“{field.label}”为{quoted_input(unknown)}的筛选，请在总览里选{known}。")
    written = args.get("leader", "")
    leader = find_leader(parse_number(written) or 0) if written else None
    if written and leader is None:
        raise BadInput(f"没有编号为{quoted_input(written)}的领导，请从总览里选择。")
    scope = read_home_scope(args.get("scope", ""), scopes=OVERVIEW_SCOPES)
    return CellFilter(chosen, leader, followed_by(reader.account_id) if scope is HomeScope.FOLLOWED else None)


def read_home_scope(
    written: str, *, scopes: Sequence[HomeScope], usual: HomeScope = HomeScope.ALL
) -> HomeScope:
    """Return the scope in an address. Raises BadInput for an unknown one."""
    if written and written not in scopes:
        known = "、".join(one.label for one in scopes)
        raise BadInput(f"没有{quoted_input(written)}这个范围，请在页面上方选{known}。")
    return HomeScope(written) if written else usual
