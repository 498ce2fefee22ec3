"""Which quarter a page is about: the one that its address names, ``?period=2026Q2``, else the current one."""

from __future__ import annotations

from flask import request

from app.base.errors import NotFound
from app.periods.models import Period
from app.periods.queries import current_period, period_by_code


def chosen_period() -> Period | None:
    """Return the quarter; None where none was opened yet. Raises BadInput for one that there is not."""
    code = request.args.get("period")
    return period_by_code(code) if code else current_period()


def require_chosen_period() -> Period:
    """Return the quarter. Raises NotFound where none was opened yet, BadInput."""
    period = chosen_period()
    if period is None:
        raise NotFound("还没有开启任何季度的填报。街道办公室开启一个季度以后再来。")
    return period
