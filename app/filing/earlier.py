"""An earlier text of a filing beside the present one, for whoever has to decide what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.filing.content import FilingContent
from app.filing.differences import Difference, difference
from app.filing.models import Filing, FilingRevision
from app.filing.rules import FilingState
from app.filing.sheet import Sheet
from app.labels import Labelled
from app.web.filters import moment

TEXTS = {"progress": "进展情况", "problems": "存在问题", "next_steps": "下一步计划"}


class Beside(Labelled):
    """What may stand beside the present text."""

    RETURNED = "returned", "与退回时对照"
    ACCEPTED = "accepted", "与以前采用的对照"
    NOTHING = "nothing", "只看本次"


@dataclass(frozen=True)
class Comparison:
    """The present text beside an earlier one. `choices` is what this filing can be compared with."""

    beside: Beside
    choices: tuple[Beside, ...]
    caption: str
    texts: Mapping[str, Difference]


def comparison(sheet: Sheet, *, wanted: str | None) -> Comparison | None:
    """Return the comparison that is wanted, else the most telling one; None for a filing without a past."""
    earlier = earlier_texts(sheet)
    if not earlier:
        return None
    choices = (*earlier, Beside.NOTHING)
    beside = next((choice for choice in choices if choice.value == wanted), choices[0])
    caption, content = earlier.get(beside, ("", None))
    return Comparison(beside, choices, caption, between(content, sheet.content) if content else {})


def earlier_texts(sheet: Sheet) -> dict[Beside, tuple[str, Mapping[str, str]]]:
    """Return what there is to compare with, the most telling first, each with its caption."""
    found: dict[Beside, tuple[str, Mapping[str, str]]] = {}
    returned, accepted = last_returned(sheet), sheet.last_accepted
    if returned:
        found[Beside.RETURNED] = f"{moment(returned.at)}退回时", returned.content
    if accepted:
        found[Beside.ACCEPTED] = f"{accepted.period.quarter.words}采用的", texts_of(accepted)
    return found


def last_returned(sheet: Sheet) -> FilingRevision | None:
    """Return the text as it stood when the filing was given back last."""
    kept = (step.revision for step in sheet.steps if step.revision)
    return next((revision for revision in kept if revision.state is FilingState.RETURNED), None)


def texts_of(filing: Filing) -> dict[str, str]:
    """Return the three texts of a filing by name."""
    return {name: getattr(filing, name) for name in TEXTS}


def between(earlier: Mapping[str, str], present: FilingContent) -> dict[str, Difference]:
    """Return the differences by the label of the text."""
    return {label: difference(earlier[name], getattr(present, name)) for name, label in TEXTS.items()}
