"""The part of a filing that a form can carry: two contents that look alike in a sheet are equal after
`carried_content`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from app.base.tables.sheet_writing import TOO_MUCH_FOR_CELL, carried_text
from app.filing.contributions.models import Contribution
from app.filing.core.content import FilingContent, Tick
from app.filing.core.merging import FILLED, fields_of_content
from app.filing.workbook.layout import ContributionAnswer

TEXTS = tuple(one.name for one in fields(FilingContent) if one.default == "")


def carried_content(
    content: FilingContent,
    commitment_ids: Iterable[int],
    indicator_ids: Iterable[int] = (),
    milestone_ids: Iterable[int] = (),
) -> FilingContent:
    """Return the content as a form holds it, with these commitments, indicators and milestones."""
    texts: dict[str, Any] = {name: carried_text(getattr(content, name)) for name in TEXTS}
    ticks = {key: content.ticks.get(key, Tick(done=False)) for key in commitment_ids}
    shown = {key: Tick(tick.done, carried_text(tick.note)) for key, tick in ticks.items()}
    keys = tuple(indicator_ids)
    values = {key: content.indicators.get(key) for key in keys}
    bases = {key: content.bases.get(key) for key in keys}
    reached = {key: content.milestones.get(key, False) for key in milestone_ids}
    return replace(content, **texts, ticks=shown, indicators=values, bases=bases, milestones=reached)


def complete_content(reported: FilingContent, present: FilingContent) -> FilingContent:
    """Return the content reported by a form, completed by what the form cannot carry or lacks."""
    kept = {name: getattr(present, name) for name in TEXTS if getattr(reported, name) == TOO_MUCH_FOR_CELL}
    ticks = dict(present.ticks)
    for key, tick in reported.ticks.items():
        before = present.ticks.get(key, tick)
        ticks[key] = Tick(tick.done, before.note) if tick.note == TOO_MUCH_FOR_CELL else tick
    values = {**present.indicators, **reported.indicators}
    bases = {**present.bases, **reported.bases}
    reached = {**present.milestones, **reported.milestones}
    return replace(reported, **kept, ticks=ticks, indicators=values, bases=bases, milestones=reached)


def carried_fields(content: FilingContent) -> dict[str, Any]:
    """Return the fields of a content by the names used in merging; a form has no mark 本项已填完."""
    return {name: value for name, value in fields_of_content(content).items() if name != FILLED}


def carried_answer(contribution: Contribution) -> ContributionAnswer:
    """Return the answer that a form carries for a contribution; a text beside 本季无需配合 is left out."""
    is_idle = contribution.is_idle
    return ContributionAnswer("" if is_idle else carried_text(contribution.text), is_idle)


def digest_of_content(content: FilingContent) -> str:
    """Return a digest of 16 hexadecimal digits of the carried content, without milestones: forms that use it are older
    than milestones.
    """
    canonical = json.dumps(replace(content, milestones={}).as_json(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
