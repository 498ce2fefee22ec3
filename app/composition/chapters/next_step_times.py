"""When the departments' next steps are due: the first coming month that they name, otherwise the quarter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.composition.facts import AcceptedReport
from app.periods.rules import QUARTER_WORDS, Quarter

MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")
QUARTER_NAMES = {words.removeprefix("第"): number for number, words in QUARTER_WORDS.items()}
QUARTER_NAME = re.compile("|".join(QUARTER_NAMES))
UNNAMED = (0, 0)
LAST_MONTH = 12
FIRST_PLACE = re.compile("(?<=项)(?=在|分别在)")
NO_TIME = "没有写明后续月份或者季度"


def first_time(text: str, after: Quarter) -> tuple[int, int]:
    """Return the first quarter and month after `after` that a text names.

    The month is 0 if only the quarter is named; UNNAMED if neither is.
    """
    months = [int(month) for month in MONTH.findall(text) if int(month) > after.last_day.month]
    if months:
        return (min(months) + 2) // 3, min(months)
    quarters = [
        number for name in QUARTER_NAME.findall(text) if (number := QUARTER_NAMES[name]) > after.number
    ]
    return (min(quarters), 0) if quarters else UNNAMED


def times_words(reports: Sequence[AcceptedReport], after: Quarter, *, asks: bool) -> str:
    """Return when the next steps of several reports are due: 中，2项最近的节点在10月，1项在11月.

    The words follow the count of reports.
    asks: whether reports that name no time are also counted and asked for it, so that the counts add up.
    """
    counts = Counter(first_time(report.next_steps, after) for report in reports)
    unnamed = counts.pop(UNNAMED, 0)
    if unnamed == len(reports):
        return f"均{NO_TIME}，要尽快明确" if asks else ""
    rest = f"；{NO_TIME}的{unnamed}项，要尽快明确" if asks and unnamed else ""
    times = sorted(counts, key=lambda time: (time[0], time[1] or LAST_MONTH + 1))
    if len(times) == 1 and not unnamed:
        return f"最近的节点均{time_name(*times[0])}"
    entries = {time: f"{counts[time]}项{time_name(*time, beside=times)}" for time in times}
    alone = [time for time in times if time[1] and counts[time] == 1]
    if len(alone) > 1:
        entries[alone[0]] = f"{len(alone)}项分别在{'、'.join(f'{month}月' for _, month in alone)}"
    if len(alone) == len(reports):
        return f"最近的节点{entries[alone[0]].removeprefix(f'{len(alone)}项')}"
    words = "，".join(entries[time] for time in times if time not in alone[1:])
    return f"中，{FIRST_PLACE.sub('最近的节点', words, count=1)}{rest}"


def time_name(quarter: int, month: int, *, beside: Sequence[tuple[int, int]] = ()) -> str:
    """Return 在10月 or 在第四季度; 只写明第四季度 if `beside` also holds one of its months."""
    if month:
        return f"在{month}月"
    is_less = any(other == quarter and one for other, one in beside)
    return f"{'只写明' if is_less else '在'}{QUARTER_WORDS[quarter]}"
