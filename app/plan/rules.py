"""What a plan is made of."""

from __future__ import annotations

from app.labels import Labelled


class ItemKind(Labelled):
    """The levels of a plan's tree. A plan may leave out sections: depth is data, not schema."""

    PART = "part", "部分"
    SECTION = "section", "专项"
    MEASURE = "measure", "举措"
    COMMITMENT = "commitment", "任务"


class AssignmentRole(Labelled):
    """How a department answers for a measure. Every measure has exactly one lead."""

    LEAD = "lead", "牵头"
    SUPPORT = "support", "配合"
