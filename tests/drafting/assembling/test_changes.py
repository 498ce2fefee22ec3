"""What it changes to have a document assembled, of every sort of order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from app.composition.particulars import Particulars
from app.composition.rules import DocumentKind, TextFullness
from app.composition.scope import DocumentScope, ScopeSpan
from app.drafting.assembling.operations import assemble_batch, assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.models import Document
from tests.drafting.sample_documents import PARTICULARS
from tests.recorded_changes import changes_beside
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_app")


def test_an_order_makes_a_document_and_a_job_or_nothing(reported: World) -> None:
    found = changes_beside(__file__, datetime(2026, 10, 9, 9, 30))
    quarter = reported.period.quarter
    order = AssemblyRequest(DocumentKind.QUARTERLY, reported.plan, DocumentScope(quarter))

    def assemble(given: Particulars = PARTICULARS, **changes: Any) -> Callable[[], Document]:
        by = reported.users["office"]
        return lambda: assemble_document(replace(order, **changes), given, by=by)

    found.record("report", assemble())
    found.record("report in short", assemble(fullness=TextFullness.CONCISE))
    found.record(
        "paper that is never in short", assemble(kind=DocumentKind.SUPERVISION, fullness=TextFullness.CONCISE)
    )
    found.record("year", assemble(kind=DocumentKind.YEARLY, scope=DocumentScope(quarter, ScopeSpan.YEAR)))
    found.record("year of a quarter", assemble(kind=DocumentKind.YEARLY))
    paper = DocumentKind.DEPARTMENT
    found.record("department", assemble(kind=paper, department=reported.departments["城管办"]))
    found.record("department that is not named", assemble(kind=paper))
    found.record("leader", assemble(kind=DocumentKind.READING_SHEET, leader=reported.leader))
    found.record(
        "one for each department",
        lambda: assemble_batch(replace(order, kind=paper), PARTICULARS, by=reported.users["office"]),
    )
    found.record(
        "one for each of a report", lambda: assemble_batch(order, PARTICULARS, by=reported.users["office"])
    )
    found.record("no word", assemble(replace(PARTICULARS, word="")))
    found.record("day that is far off", assemble(replace(PARTICULARS, dated=date(2036, 1, 1))))
    found.compare()
