"""How the operations of plan and periods are called, and by whom; the signs: business_calls.py."""

from __future__ import annotations

from datetime import date, timedelta

from app.access.models import Account
from app.base.clock import now, today
from app.org.models import Department
from app.periods import calendar_exceptions as calendar
from app.periods import operations as periods
from app.periods import unlock_requests
from app.periods.models import CalendarException, Unlock, UnlockRequest
from app.periods.rules import Quarter
from app.plan.assignments.measure_targets import set_measure_indicators, set_measure_milestones
from app.plan.assignments.operations import assign_measures, set_assignments, set_indicators, set_milestones
from app.plan.assignments.passing_on_duties import pass_charge_on, pass_duties_on
from app.plan.assignments.revising import RevisionTerms, WantedMeasure
from app.plan.assignments.target_tables import parse_target_table, store_target_table
from app.plan.core.operations import remove_plan, store_plan
from app.plan.importer import FrameFields, read_plan, source_from_text
from app.plan.importer.block_edits import BlockEdit, EditKind
from app.plan.measure_changes.adding import NewMeasure, add_measure
from app.plan.measure_changes.ending import end_measure
from app.plan.measure_changes.splitting import split_measure
from app.plan.preview import operations as preview
from app.plan.preview.plan_revision import revise_plan
from tests.authority.subjects import OperationCall, Subjects
from tests.world import PLAN_TEXT

TARGETS = "举措序号,季度,节点,目标值\n1,2,走访50家,50\n"


def ending(s: Subjects) -> tuple[Department, Department]:
    """Return a department and its successor."""
    return s.world.departments["经发办"], s.world.departments["城管办"]


PLAN_CALLS: dict[str, OperationCall] = {
    "plan.assignments.passing_on_duties:pass_duties_on": OperationCall(
        "S", lambda s, by: pass_duties_on(*ending(s), today(), reason="撤销", by=by)
    ),
    "plan.assignments.passing_on_duties:pass_charge_on": OperationCall(
        "S",
        lambda s, by: pass_charge_on(s.world.leader, s.world.leader, today(), reason="离任", by=by),
    ),
    "periods.calendar_exceptions:arrange_days": OperationCall(
        "O",
        lambda s, by: calendar.arrange_days(
            date(2027, 2, 5), date(2027, 2, 6), calendar.DayArrangement.OFF, "", by=by
        ),
    ),
    "periods.calendar_exceptions:import_calendar_table": OperationCall(
        "O",
        lambda s, by: calendar.import_calendar_table("日期,安排\n2027-02-05,放假\n".encode(), "a.csv", by=by),
    ),
    "periods.calendar_exceptions:remove_exception": OperationCall(
        "O", lambda s, by: calendar.remove_exception(CalendarException.get(), by=by)
    ),
    "periods.operations:open_period": OperationCall(
        "OPD", lambda s, by: periods.open_period(s.world.plan, Quarter(2026, 4), by=by)
    ),
    "periods.operations:reschedule_period": OperationCall(
        "O", lambda s, by: periods.reschedule_period(s.world.period, s.world.period.due_dates, by=by)
    ),
    "periods.operations:undo_opening": OperationCall(
        "O", lambda s, by: periods.undo_opening(s.world.period, by=by)
    ),
    "periods.operations:reopen_period": OperationCall(
        "O", lambda s, by: periods.reopen_period(s.world.period, reason="补报。", by=by)
    ),
    "plan.core.operations:remove_plan": OperationCall("O", lambda s, by: remove_plan(s.world.plan, by=by)),
    "periods.operations:close_period": OperationCall(
        "OPD", lambda s, by: periods.close_period(s.world.period, by=by)
    ),
    "periods.operations:unlock_department": OperationCall(
        "O",
        lambda s, by: periods.unlock_department(
            s.world.period,
            s.world.departments["一居"],
            until=now() + timedelta(days=1),
            reason="补改。",
            by=by,
        ),
    ),
    "periods.unlock_requests:request_unlock": OperationCall(
        "FH",
        lambda s, by: unlock_requests.request_unlock(
            s.world.period,
            s.world.departments["经发办"],
            addressee=Account.get_by_id(s.world.users["office"].account_id),
            until=today(),
            reason="补改。",
            by=by,
        ),
    ),
    "periods.unlock_requests:grant_unlock_request": OperationCall(
        "O",
        lambda s, by: unlock_requests.grant_unlock_request(
            UnlockRequest.get_by_id(s.ids["unlock_request_id"]), until=now() + timedelta(days=1), by=by
        ),
    ),
    "periods.unlock_requests:refuse_unlock_request": OperationCall(
        "O",
        lambda s, by: unlock_requests.refuse_unlock_request(
            UnlockRequest.get_by_id(s.ids["unlock_request_id"]), reason="不在范围内。", by=by
        ),
    ),
    "periods.operations:lock_department_again": OperationCall(
        "O", lambda s, by: periods.lock_department_again(Unlock.get_by_id(s.ids["unlock_id"]), by=by)
    ),
    "plan.core.operations:store_plan": OperationCall(
        "OPD",
        lambda s, by: store_plan(read_plan(PLAN_TEXT.replace("2026", "2027")), source=str(today()), by=by),
    ),
    "plan.preview.operations:start_import": OperationCall(
        "OPD",
        lambda s, by: preview.start_import(
            source_from_text(PLAN_TEXT),
            "计划.txt",
            preview.proposed_blocks(source_from_text(PLAN_TEXT)),
            by=by,
        ),
    ),
    "plan.preview.operations:edit_blocks": OperationCall(
        "OPD",
        lambda s, by: preview.edit_blocks(
            s.import_draft, BlockEdit(EditKind.DEMOTE, s.ids["start"]), by=by, version=1
        ),
    ),
    "plan.preview.operations:begin_editing": OperationCall(
        "OPD", lambda s, by: preview.begin_editing(s.import_draft, by=by, version=1)
    ),
    "plan.preview.operations:undo_edit": OperationCall(
        "OPD", lambda s, by: preview.undo_edit(s.import_draft, by=by, version=1)
    ),
    "plan.preview.operations:redo_edit": OperationCall(
        "OPD", lambda s, by: preview.redo_edit(s.import_draft, by=by, version=1)
    ),
    "plan.preview.operations:tick_question": OperationCall(
        "OPD", lambda s, by: preview.tick_question(s.import_draft, 1, checked=True, by=by)
    ),
    "plan.preview.operations:change_frame": OperationCall(
        "OPD",
        lambda s, by: preview.change_frame(
            s.import_draft, FrameFields("题", 2027), by=by, read=s.import_draft.frame_digest
        ),
    ),
    "plan.preview.operations:choose_predecessors": OperationCall(
        "OPD",
        lambda s, by: preview.choose_predecessors(
            s.import_draft, {s.ids["start"]: s.world.measures[0].id}, carries=True, by=by, version=1
        ),
    ),
    "plan.preview.operations:decide_names": OperationCall(
        "OPD", lambda s, by: preview.decide_names(s.import_draft, {"甲": "经发办"}, by=by, version=1)
    ),
    "plan.preview.operations:save_duty_rows": OperationCall(
        "OPD", lambda s, by: preview.save_duty_rows(s.import_draft, [], by=by, version=1)
    ),
    "plan.preview.operations:discard_import": OperationCall(
        "OPD", lambda s, by: preview.discard_import(s.import_draft, by=by, version=1)
    ),
    "plan.preview.operations:confirm_import": OperationCall(
        "OPD", lambda s, by: preview.confirm_import(s.import_draft, by=by, version=1)
    ),
    "plan.assignments.operations:set_assignments": OperationCall(
        "OPD", lambda s, by: set_assignments(s.world.plan, s.table, by=by)
    ),
    "plan.measure_changes.ending:end_measure": OperationCall(
        "OPD",
        lambda s, by: end_measure(
            s.world.measures[2], RevisionTerms(date(2026, 10, 1), "取消。"), merged_into=None, by=by
        ),
    ),
    "plan.preview.plan_revision:revise_plan": OperationCall(
        "OPD",
        lambda s, by: revise_plan(
            s.import_draft, RevisionTerms(date(2026, 10, 1), "修订。"), by=by, version=1
        ),
    ),
    "plan.measure_changes.adding:add_measure": OperationCall(
        "OPD",
        lambda s, by: add_measure(
            s.world.plan,
            NewMeasure(
                WantedMeasure(s.world.measures[2], title="新举措"),
                s.world.measures[2].parent,
                s.world.measures[2],
            ),
            RevisionTerms(date(2026, 10, 1), "新增。"),
            by=by,
        ),
    ),
    "plan.measure_changes.splitting:split_measure": OperationCall(
        "OPD",
        lambda s, by: split_measure(
            s.world.measures[2],
            [WantedMeasure(s.world.measures[2], title=title) for title in ("一", "二")],
            RevisionTerms(date(2026, 10, 1), "拆分。"),
            by=by,
        ),
    ),
    "plan.assignments.measure_targets:set_measure_indicators": OperationCall(
        "OPD", lambda s, by: set_measure_indicators(s.world.measures[0], [], by=by)
    ),
    "plan.assignments.measure_targets:set_measure_milestones": OperationCall(
        "OPD", lambda s, by: set_measure_milestones(s.world.measures[0], [], by=by)
    ),
    "plan.assignments.operations:assign_measures": OperationCall(
        "OPD",
        lambda s, by: assign_measures(
            s.world.plan,
            [WantedMeasure(s.world.measures[0], yearly_target="100家")],
            RevisionTerms(date(2026, 5, 1)),
            source="测试",
            by=by,
        ),
    ),
    "plan.assignments.target_tables:store_target_table": OperationCall(
        "OPD",
        lambda s, by: store_target_table(
            s.world.plan, parse_target_table(TARGETS.encode(), "表.csv"), RevisionTerms(), by=by
        ),
    ),
    "plan.assignments.operations:set_milestones": OperationCall(
        "OPD", lambda s, by: set_milestones(s.world.plan, s.table, by=by)
    ),
    "plan.assignments.operations:set_indicators": OperationCall(
        "OPD", lambda s, by: set_indicators(s.world.plan, s.table, by=by)
    ),
}
