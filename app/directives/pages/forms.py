"""The form for writing a directive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput

from app.base.clock import today
from app.base.days import any_year, day_in_year, day_with_weekday
from app.base.labels import LabelledEnum
from app.base.text import plain_text
from app.directives.core.content import DIRECTIVE_LENGTH, DirectiveContent, DirectiveTarget, writing_problems
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.time_limits import DirectiveUrgency, FeedbackRhythm, due_date_of
from app.org.models import Department, Leader
from app.periods.calendar import CHINA, WorkCalendar
from app.plan.core.models import PlanItem
from app.plan.core.queries import ResponsibleDepartments
from app.web.forms import (
    Chosen,
    DayField,
    MarkedLimit,
    MarkedRequired,
    OfferedRadioField,
    RowSelectField,
    parse_row_id,
    write_further_problems,
    write_problems,
)

OFFICE_ITSELF = 0
OTHERS = "不在责任分工内的部门"
NO_LEAD = "这项举措还没有牵头部门，请先由街道办公室导入责任分工。"
# What a directive says where nothing else is chosen.
USUAL: Mapping[str, LabelledEnum] = {
    "kind": DirectiveKind.INSTRUCTION,
    "urgency": DirectiveUrgency.USUAL,
    "feedback": FeedbackRhythm.ONCE,
}


@dataclass(frozen=True)
class DirectivePlace:
    """What the form offers: addressees, leaders, measures, and the days that a directive may be due.

    leaders: on whose behalf the office may write; None if a leader writes himself. offered: further measures that it
    may be about; chosen: those ticked at first. submit, back: where the form is sent, and where to return to.
    """

    responsible: ResponsibleDepartments
    others: tuple[Department, ...]
    leaders: tuple[Leader, ...] | None
    in_charge: int | None
    today: date
    plan_year: int
    target: DirectiveTarget
    submit: str
    back: str
    offered: tuple[PlanItem, ...] = ()
    chosen: tuple[int, ...] = ()
    next_filing_due: date | None = None
    calendar: WorkCalendar = field(default=CHINA)

    @property
    def title(self) -> str:
        """Return what the directive is about, for the page's heading."""
        target = self.target
        quarter = f"（{target.filing.period.quarter.short_words}填报）" if target.filing else ""
        return target.document.title if target.document else f"{target.titles}{quarter}"

    @property
    def lead_problem(self) -> str:
        """Return why nobody can be addressed yet, or ""."""
        return NO_LEAD if self.target.measures and self.responsible.lead is None else ""

    @property
    def departments(self) -> dict[int, Department]:
        return {one.id: one for one in (*self.responsible.lead_and_supports, *self.others)}

    def due_date(self, urgency: DirectiveUrgency, chosen: date | None = None) -> date | None:
        return due_date_of(
            urgency,
            self.today,
            chosen=chosen,
            next_filing_due=self.next_filing_due,
            calendar=self.calendar,
        )

    def urgency_label(self, urgency: DirectiveUrgency) -> str:
        return urgency_with_day(urgency, self.due_date(urgency), self.today)


def urgency_with_day(urgency: DirectiveUrgency, day: date | None, today: date) -> str:
    """Return the urgency with the due date that follows from it: 急件（5 天）：10月14日."""
    return f"{urgency.label}：{day_in_year(day, today)}" if day else str(urgency.label)


@dataclass(frozen=True)
class UsualDirective:
    """A directive on a measure of which only the text is written; all other fields have their defaults.

    is_entered: the office enters it, for the leader in charge if there is one.
    """

    measure: PlanItem
    lead: Department | None
    is_entered: bool
    calendar: WorkCalendar

    @property
    def sent(self) -> dict[str, object]:
        """Return the default values of the fields besides the text."""
        found: dict[str, object] = {name: one.value for name, one in USUAL.items()}
        if self.lead:
            found["main"] = self.lead.id
        if self.is_entered:
            found["leader"] = self.measure.leader_id or OFFICE_ITSELF
        return found

    @property
    def words(self) -> str:
        """Return the defaults in words: 主办：经济发展办公室；期限：一般（15 天）：12月15日."""
        if self.lead is None:
            return NO_LEAD
        urgency = DirectiveUrgency(USUAL["urgency"])
        due_on = due_date_of(urgency, today(), calendar=self.calendar)
        found = [f"主办：{self.lead.name}", f"期限：{urgency_with_day(urgency, due_on, today())}"]
        if self.is_entered:
            leader = self.measure.leader
            found.append(f"代{leader.name_and_post}录入" if leader else "以街道办公室名义")
        return "；".join(found)


class DirectiveForm(FlaskForm):
    """The form of a directive. The office also chooses on whose behalf it writes."""

    leader = RowSelectField("代哪位领导录入", [Chosen()])
    kind = OfferedRadioField("类别", [Chosen()], offered=DirectiveKind)
    text = TextAreaField(
        "内容", [DataRequired("请写明批示内容。"), MarkedLimit(DIRECTIVE_LENGTH)], filters=[plain_text]
    )
    measures = SelectMultipleField(
        "涉及的举措", coerce=parse_row_id, option_widget=CheckboxInput(), validate_choice=False
    )
    main = RowSelectField("主办部门", [Chosen()], id="main-department")
    supports = SelectMultipleField(
        "协办部门", coerce=parse_row_id, option_widget=CheckboxInput(), validate_choice=False
    )
    others = SelectMultipleField(
        f"协办部门（{OTHERS}）", coerce=parse_row_id, option_widget=CheckboxInput(), validate_choice=False
    )
    urgency = OfferedRadioField("办理期限", [MarkedRequired()], offered=DirectiveUrgency)
    due_on = DayField("指定日期", [Optional()], within=any_year, description="选“指定日期”时填写")
    feedback = OfferedRadioField("反馈", [MarkedRequired()], offered=FeedbackRhythm)
    is_confidential = BooleanField(
        "只给主办、协办部门负责人和街道办公室看（单独编号，不在公开的列表、计数和公文中出现）"
    )
    is_of_leader = False  # whether the office itself cannot be its author

    def __init__(self, place: DirectivePlace) -> None:
        """Offer the addressees and, to the office, the leaders."""
        lead = place.responsible.lead.id if place.responsible.lead else None
        in_charge = place.in_charge or OFFICE_ITSELF
        super().__init__(data={**USUAL, "main": lead, "leader": in_charge, "measures": place.chosen})
        self.place = place
        self.leaders = {leader.id: leader for leader in place.leaders or ()}
        own = [
            (row.id, addressee_label(row, place.responsible)) for row in place.responsible.lead_and_supports
        ]
        foreign = [(row.id, row.name) for row in place.others]
        self.main.choices = {"责任分工": own, OTHERS: foreign} if own else [("", "请选择"), *foreign]
        self.supports.choices, self.others.choices = own, foreign
        if not own:
            self.others.label.text = "协办部门"
        if place.offered:
            self.measures.choices = [(one.id, f"{one.position}. {one.title}") for one in place.offered]
            self.measures.label.text = "同时涉及的举措" if place.target.measures else "涉及的举措"
        else:
            del self.measures
        self.urgency.choices = {one.value: place.urgency_label(one) for one in DirectiveUrgency}
        if place.leaders is None:
            del self.leader
        else:
            named = [(leader.id, leader.name_and_post) for leader in place.leaders]
            itself = (OFFICE_ITSELF, "不代领导，以街道办公室名义")
            self.leader.choices = [("", "请选择"), *named] if self.is_of_leader else [*named, itself]

    def validate_main(self, field: RowSelectField) -> None:
        if not field.raw_data:
            raise ValidationError("请选择主办部门。")
        if len(set(field.raw_data)) > 1:
            raise ValidationError("主办部门只能有一个，请重新选择。")

    def validate_supports(self, _field: SelectMultipleField) -> None:
        """Refuse departments that are not offered, or no longer."""
        if not set(self.support_ids) <= self.place.departments.keys():
            raise ValidationError("部门刚刚有变化，请重新选择协办部门。")

    def validate_measures(self, field: SelectMultipleField) -> None:
        """Refuse measures that are not offered, or no longer."""
        if not set(field.data or ()) <= {one.id for one in self.place.offered}:
            raise ValidationError("举措刚刚有变化，请重新选择涉及的举措。")

    @property
    def target(self) -> DirectiveTarget:
        """Return what it is about, with the ticked measures, in the plan's order."""
        ticked = set(self.measures.data or ()) if "measures" in self else set()
        chosen = [one for one in self.place.offered if one.id in ticked]
        measures = sorted([*self.place.target.measures, *chosen], key=lambda one: one.sequence)
        return replace(self.place.target, measures=tuple(measures))

    @property
    def support_ids(self) -> list[int]:
        return [*(self.supports.data or ()), *(self.others.data or ())]

    def find_problems(self) -> bool:
        """Write every problem, of the form and of the rules, beside its field; return whether there is any.

        A due date on a day off is moved to the next working day in the form, and the user is asked to send it again.
        """
        self.validate()
        place = self.place
        found = writing_problems(self.directive_content(), today=place.today, plan_year=place.plan_year)
        found |= {name: words for name, words in self.due_problems.items() if words}
        write_further_problems(self, found)
        typed = self.due_on.data
        if typed and not self.due_on.errors and not place.calendar.works_on(typed):
            moved = place.calendar.working_day_from(typed)
            self.due_on.data, self.due_on.raw_data = moved, [moved.isoformat()]
            moved_words = (
                f"{day_with_weekday(typed)}不是工作日，已顺延到{day_with_weekday(moved)}。请核对后再次发出。"
            )
            write_problems(self, {"due_on": moved_words})
        if not self.supports.choices:  # any department is chosen in the other field
            self.others.errors, self.supports.errors = [*self.others.errors, *self.supports.errors], []
        return bool(self.errors)

    @property
    def due_problems(self) -> dict[str, str]:
        """Return, by field, why the urgency and the chosen date do not fit together."""
        is_noted, urgency = self.kind.data is DirectiveKind.NOTED, self.urgency.data
        if is_noted:
            return {}
        if self.due_on.data is not None and urgency is not DirectiveUrgency.DAY:
            return {"due_on": "填了日期，请在“办理期限”里选“指定日期”，或者清空日期。"}
        if urgency is DirectiveUrgency.DAY and self.due_on.data is None:
            return {"due_on": "请填写日期，或者改选别的期限。"}
        if urgency is DirectiveUrgency.WITH_FILING and self.place.next_filing_due is None:
            return {"urgency": "本年度没有下一次季度填报了，请改选别的期限。"}
        return {}

    def directive_content(self) -> DirectiveContent:
        """Return the content as far as it can be read."""
        chosen = self.leader.data if "leader" in self else OFFICE_ITSELF
        departments, kind = self.place.departments, self.kind.data or DirectiveKind.INSTRUCTION
        is_noted, urgency = kind is DirectiveKind.NOTED, self.urgency.data or DirectiveUrgency.DAY
        computed = None if is_noted else self.place.due_date(urgency)
        return DirectiveContent(
            kind=kind,
            text=self.text.data or "",
            main=departments.get(self.main.data),
            supports=tuple(departments[number] for number in self.support_ids if number in departments),
            due_on=self.due_on.data or computed,
            leader=self.leaders.get(chosen),
            is_confidential=bool(self.is_confidential.data),
            feedback=FeedbackRhythm.ONCE if is_noted else self.feedback.data or FeedbackRhythm.ONCE,
        )


def addressee_label(department: Department, responsible: ResponsibleDepartments) -> str:
    """Return a department's name with its role in the measure."""
    return f"{department.name}（{'牵头' if department == responsible.lead else '配合'}）"


def departments_besides(
    responsible: ResponsibleDepartments, everybody: Iterable[Department]
) -> tuple[Department, ...]:
    return tuple(one for one in everybody if one not in responsible.lead_and_supports)
