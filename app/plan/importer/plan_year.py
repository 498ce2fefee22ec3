"""The year of a plan: the one that its title or its parts plan for, None where there is none or more than one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from app.plan.importer.part_kinds import year_in_titles
from app.plan.importer.plan_frame import YEAR_IN_TEXT, year_value

_HAN_DIGITS = "〇零○一二三四五六七八九十"
_PLANNED = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[二一][〇零○九][{_HAN_DIGITS}]{{2}})\s*年?度?[^年]{{0,24}}?"
    r"(?:工作)?(?:计划|要点|安排|打算|思路|部署|工作报告|任务|方案|清单|举措|措施|意见|目标)"
)
_RANGE = re.compile(r"(?:19|20)\d\d\s?年?\s?[-—–－~～至到一]{1,2}\s?(?:19|20)\d\d\s?年?")
_YEARLY = re.compile("年度|工作计划|工作要点|工作安排|工作报告|重点工作|工作思路|工作打算")
_LAST_MONTH = 6  # a plan that is issued later is rather one for the year after


def find_plan_year(
    title: str, part_titles: Iterable[str] = (), day: date | None = None, meeting: date | None = None
) -> int | None:
    """The year that the title plans for, else the parts, else the day of issue or of the meeting early in a year."""
    without_ranges = _RANGE.sub("", title)
    if without_ranges != title and not YEAR_IN_TEXT.search(without_ranges):
        return None
    planned = {year_value(found["year"]) for found in _PLANNED.finditer(without_ranges)}
    years = planned or {year_value(found["year"]) for found in YEAR_IN_TEXT.finditer(without_ranges)}
    if years:
        return max(years)
    from_parts = year_in_titles(part_titles)
    if from_parts:
        return from_parts
    early = next((one for one in (meeting, day) if one and one.month <= _LAST_MONTH), None)
    return early.year if early and _YEARLY.search("".join(title.split())) else None
