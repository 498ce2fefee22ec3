"""Reading drafts of plans: each page in a fixed number of queries."""

from __future__ import annotations

from typing import NamedTuple

from app.plan.core.models import Plan
from app.plan.core.queries import obstacles_of_stored, plan_of_year
from app.plan.importer import PlanDraft
from app.plan.preview.models import ImportDraft, ImportEdit
from app.plan.preview.rules import obstacles_in


class OfferedEdits(NamedTuple):
    """The edit that can be undone, and the one that can be redone."""

    done: ImportEdit | None
    undone: ImportEdit | None


def find_import(import_id: int) -> ImportDraft | None:
    return ImportDraft.get_or_none(ImportDraft.id == import_id)


def waiting_imports() -> list[ImportDraft]:
    """Return the drafts without their texts, the latest change first."""
    columns = (ImportDraft.id, ImportDraft.name, ImportDraft.title, ImportDraft.version)
    changed = (ImportDraft.created_by, ImportDraft.updated_at, ImportDraft.updated_by)
    order = (ImportDraft.updated_at.desc(), ImportDraft.id.desc())
    return list(ImportDraft.select(*columns, *changed).order_by(*order))


def plan_beside(draft: ImportDraft) -> Plan | None:
    """Return the plan that a draft is compared with: the plan it revises, else last year's."""
    return draft.revised_plan or (plan_of_year(draft.year - 1) if draft.year else None)


def offered_edits(draft: ImportDraft) -> OfferedEdits:
    """Return the edit that can be undone and the one that can be redone: one query."""
    places = [draft.edits_done, draft.edits_done + 1]
    rows = ImportEdit.select().where((ImportEdit.draft == draft) & ImportEdit.position.in_(places))
    found = {row.position: row for row in rows}
    return OfferedEdits(found.get(places[0]), found.get(places[1]))


def edits_since(draft: ImportDraft, version: int) -> list[ImportEdit]:
    """Return the edits of a draft since a version, in order."""
    later = (ImportEdit.draft == draft) & (ImportEdit.draft_version > version)
    return list(ImportEdit.select().where(later).order_by(ImportEdit.position))


def obstacles_to(plan: PlanDraft, source: str) -> list[str]:
    """Return what prevents a draft from being stored, each with what to do: one query."""
    return obstacles_in(plan) + obstacles_of_stored(plan.year, plan.title, source)
