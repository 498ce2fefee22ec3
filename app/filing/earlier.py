"""An earlier text of a filing beside the present one, for whoever has to decide what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.filing import queries
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
class Earlier:
    """A filing as it was before; the caption says when."""

    caption: str
    content: Mapping[str, str]
    percent: int | None


@dataclass(frozen=True)
class Compared:
    """The present filing against an earlier one: its texts by their label, and its completion in per cent."""

    caption: str
    texts: Mapping[str, Difference]
    percents: tuple[int | None, int | None]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing changed."""
        same_texts = all(difference.is_empty for difference in self.texts.values())
        return same_texts and self.percents[0] == self.percents[1]


@dataclass(frozen=True)
class Comparison:
    """The present text beside an earlier one. `choices` is what this filing can be compared with."""

    beside: Beside
    choices: tuple[Beside, ...]
    compared: Compared | None


def comparison(sheet: Sheet, *, wanted: str | None) -> Comparison | None:
    """Return the comparison that is wanted, else the most telling one; None for a filing without a past."""
    kept = (step.revision for step in sheet.steps if step.revision)
    found = earlier_texts(last_returned(kept), sheet.last_accepted)
    if not found:
        return None
    choices = (*found, Beside.NOTHING)
    beside = next((choice for choice in choices if choice.value == wanted), choices[0])
    earlier = found.get(beside)
    return Comparison(beside, choices, compared(earlier, sheet.content) if earlier else None)


def everything_compared(filing: Filing) -> list[Compared]:
    """Return the present filing against all that there is to compare it with, the most telling first."""
    returned = last_returned(queries.revisions(filing))
    found = earlier_texts(returned, queries.last_accepted(filing))
    content = queries.content_with(filing, {})
    return [compared(earlier, content) for earlier in found.values()]


def earlier_texts(returned: FilingRevision | None, accepted: Filing | None) -> dict[Beside, Earlier]:
    """Return what there is to compare with, the most telling first."""
    found: dict[Beside, Earlier] = {}
    if returned:
        content = returned.content
        found[Beside.RETURNED] = Earlier(f"{moment(returned.at)}退回时", content, content["percent"])
    if accepted:
        caption = f"{accepted.period.quarter.words}采用的"
        found[Beside.ACCEPTED] = Earlier(caption, texts_of(accepted), accepted.percent)
    return found


def last_returned(revisions: Iterable[FilingRevision]) -> FilingRevision | None:
    """Return the text as it stood when the filing was given back last, of revisions from the newest on."""
    return next((revision for revision in revisions if revision.state is FilingState.RETURNED), None)


def texts_of(filing: Filing) -> dict[str, str]:
    """Return the three texts of a filing by name."""
    return {name: getattr(filing, name) for name in TEXTS}


def compared(earlier: Earlier, present: FilingContent) -> Compared:
    """Return the present content against an earlier one."""
    texts = {
        label: difference(earlier.content[name], getattr(present, name)) for name, label in TEXTS.items()
    }
    return Compared(earlier.caption, texts, (earlier.percent, present.percent))
