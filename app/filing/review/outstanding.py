"""What a quarter still lacks, department by department: what is not handed in, and what waits for a signature."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.filing.core.rules import HANDED_IN, FilingState
from app.filing.review.queries import Brief, briefs
from app.periods.models import Period


@dataclass(frozen=True)
class Outstanding:
    """What one department still owes in a quarter, in the plan's order."""

    department_id: int
    department: str
    missing: tuple[Brief, ...]
    unsigned: tuple[Brief, ...]

    @property
    def in_words(self) -> str:
        """Return how many and which, a line for each sort."""
        sorts = (("未提交", self.missing), ("待部门负责人审签", self.unsigned))
        return "\n".join(f"{label} {len(owed)} 项：{listed(owed)}。" for label, owed in sorts if owed)


def outstanding(period: Period) -> list[Outstanding]:
    """Return every department that owes something in a quarter, in their official order."""
    owed: dict[int, list[Brief]] = {}
    for brief in sorted(briefs(period), key=lambda brief: (brief.position, brief.department_id)):
        if brief.state not in (FilingState.SIGNED_OFF, FilingState.ACCEPTED):
            owed.setdefault(brief.department_id, []).append(brief)
    return [
        Outstanding(
            department_id=department_id,
            department=filings[0].department,
            missing=tuple(brief for brief in filings if brief.state not in HANDED_IN),
            unsigned=tuple(brief for brief in filings if brief.state in HANDED_IN),
        )
        for department_id, filings in owed.items()
    ]


def listed(owed: Iterable[Brief]) -> str:
    """Return the measures of filings in one line: ``3.夯实招商基础（已退回）、7.…``."""
    return "、".join(
        f"{brief.number}.{brief.title}"
        + (f"（{brief.state.label}）" if brief.state is FilingState.RETURNED else "")
        for brief in owed
    )
