"""What is written in a directive, as one plain value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.base.days import DayRange
from app.base.text import text_problem
from app.directives.life_cycle import DirectiveKind
from app.org.models import Department, Leader

DIRECTIVE_LENGTH = REPLY_LENGTH = 2000


@dataclass(frozen=True)
class DirectiveContent:
    """A directive's words. `leader` is on whose behalf the office enters them; None for the office's own."""

    kind: DirectiveKind
    text: str
    addressees: tuple[Department, ...]
    due_on: date | None = None
    leader: Leader | None = None


def writing_problems(
    content: DirectiveContent, responsible: tuple[Department, ...], *, today: date, plan_year: int
) -> dict[str, str]:
    """Return, by field, why a directive cannot be issued to those responsible for its measure."""
    problems = {
        "text": text_problem(content.text.strip(), "内容", DIRECTIVE_LENGTH, when_empty="请写明批示内容。")
    }
    if not responsible:
        problems["addressees"] = "这项举措还没有牵头部门，无法交办。请先由街道办公室导入责任分工。"
    elif not content.addressees:
        problems["addressees"] = "请至少选择一个承办部门。"
    elif not set(content.addressees) <= set(responsible):
        problems["addressees"] = "承办部门只能是这项举措的牵头或配合部门，请重新选择。"
    if content.due_on is not None and content.due_on < today:
        problems["due_on"] = "办理期限不能早于今天，请重新选择。"
    elif content.due_on is not None:
        problems["due_on"] = due_problem(content.due_on, plan_year)
    return problems


def due_problem(due_on: date, plan_year: int) -> str:
    """Return what is wrong with a due date that has nothing to do with a plan, or nothing."""
    return DayRange.of_years(plan_year, plan_year + 1).problem_of_day(due_on, "办理期限")
