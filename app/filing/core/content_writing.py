"""Storing the content of a filing. The page saves itself often: rows that do not change are not written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from peewee import ModelSelect

from app.authority.actor import Actor
from app.base.clock import now
from app.base.statements import prepared
from app.filing.core.content import FIELD_LABELS, NOTHING_FILED, FilingContent
from app.filing.core.lights import LightThresholds
from app.filing.core.models import CommitmentTick, Filing, IndicatorValue, MilestoneTick

PartModel = type[CommitmentTick] | type[MilestoneTick] | type[IndicatorValue]
PartValues = Mapping[str, Any]


@prepared
def ticks_of_filing(filing_id: int) -> ModelSelect[CommitmentTick]:
    return CommitmentTick.select().where(CommitmentTick.filing == filing_id)


@prepared
def milestones_of_filing(filing_id: int) -> ModelSelect[MilestoneTick]:
    return MilestoneTick.select().where(MilestoneTick.filing == filing_id)


@prepared
def values_of_filing(filing_id: int) -> ModelSelect[IndicatorValue]:
    return IndicatorValue.select().where(IndicatorValue.filing == filing_id)


STORED_PARTS: Mapping[PartModel, Callable[[int], Iterable[Any]]] = {
    CommitmentTick: ticks_of_filing,
    MilestoneTick: milestones_of_filing,
    IndicatorValue: values_of_filing,
}


def write_content(filing: Filing, content: FilingContent, *, by: Actor, thresholds: LightThresholds) -> None:
    """Store the content with its ticks and values; the light is computed unless the content overrides it."""
    for name in FIELD_LABELS:
        setattr(filing, name, getattr(content, name))
    filing.light = content.light or content.computed_light(filing.period.quarter, thresholds)
    filing.light_reason = content.light_reason if content.light else ""
    filing.updated_at, filing.updated_by = now(), by.person
    ticks = {key: {"done": tick.done, "note": tick.note} for key, tick in content.ticks.items()}
    write_parts(filing, CommitmentTick, "commitment", ticks, drops_others=True)
    reached = {key: {"reached": is_reached} for key, is_reached in content.milestones.items()}
    write_parts(filing, MilestoneTick, "milestone", reached)
    filed = {key: content.filed_number(key) for key in content.indicators}
    values = {
        key: None if number == NOTHING_FILED else {"value": number.value, "base": number.base}
        for key, number in filed.items()
    }
    write_parts(filing, IndicatorValue, "indicator", values)


def write_parts(
    filing: Filing,
    model: PartModel,
    part: str,
    wanted: Mapping[int, PartValues | None],
    *,
    drops_others: bool = False,
) -> None:
    """Make the rows of a filing match `wanted`, by part id; None means no row.

    drops_others: delete the rows of parts that are not named; otherwise they are left unchanged.
    """
    stored = {row.__data__[part]: row for row in STORED_PARTS[model](filing.id)}
    others = dict.fromkeys(stored) if drops_others else {}
    for part_id, values in (others | dict(wanted)).items():
        row = stored.get(part_id)
        if values is None:
            if row is not None:
                row.delete_instance()
        elif row is None:
            model.create(filing=filing, **{part: part_id}, **values)
        elif any(getattr(row, name) != value for name, value in values.items()):
            model.update(dict(values)).where(model.id == row.id).execute()
