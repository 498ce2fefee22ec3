"""Every kind of document on paper passes every gate: in full and concise, as a file and as a letter, where it may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.composition.facts import DocumentFacts, MeasureFacts, PlanFacts
from app.composition.kinds import compose_document, spec_of
from app.composition.particulars import Particulars
from app.composition.published_wording import read_publication
from app.composition.rules import (
    DocumentForm,
    DocumentKind,
    TextFullness,
)
from app.composition.scope import read_scope
from tests.composition.contents import DOWNWARD, DUE, each
from tests.drafting.sample_documents import PARTICULARS, quarter_facts
from tests.reports.gates import GATES, Printed, printed
from tests.reports.samples import PROGRESS
from tests.world import PLAN_TEXT


def variants() -> Iterator[tuple[DocumentKind, TextFullness, DocumentForm]]:
    """Yield each kind in each fullness and form that it may have."""
    for kind in DocumentKind:
        spec = spec_of(kind)
        fullnesses = tuple(TextFullness) if spec.may_abridge else (TextFullness.FULL,)
        forms = tuple(DocumentForm) if spec.is_numbered and not spec.goes_upward else (DocumentForm.FILE,)
        yield from ((kind, fullness, form) for fullness in fullnesses for form in forms)


def reported_at_length(measure: MeasureFacts) -> MeasureFacts:
    """Return a measure with a report as long as departments write."""
    report = measure.report and replace(measure.report, progress=PROGRESS, next_steps=PROGRESS[:80])
    title = measure.title.strip("”").replace(
        "“", ""
    )  # marks in marks are too long a piece to fill a line with
    return replace(
        measure, title=title, report=report, leader="周示例", lead="第1办公室", target=PROGRESS[:60]
    )


def facts(kind: DocumentKind, fullness: TextFullness) -> DocumentFacts:
    """Return what a kind is composed from."""
    found = each(quarter_facts(parts=3), reported_at_length)
    plan = PlanFacts(found.plan.title, 2026, published=read_publication(PLAN_TEXT))
    scope = read_scope("2026") if kind in (DocumentKind.YEARLY, DocumentKind.PLAN) else found.scope
    about = "第1办公室" if kind is DocumentKind.DEPARTMENT else ""
    return replace(
        found, plan=plan, scope=scope, due=DUE, leader="周示例", department=about, fullness=fullness
    )


def particulars(kind: DocumentKind, form: DocumentForm) -> Particulars:
    """Return what stands around its text."""
    usual = PARTICULARS if spec_of(kind).goes_upward else DOWNWARD
    if kind is DocumentKind.FILING_NOTICE:  # before departments are to have filed
        usual = replace(usual, dated=DUE.opens_on)
    return replace(usual, form=form, copies_to=("区委办公室",), sealed=form is DocumentForm.LETTER)


@pytest.fixture(scope="module", params=variants(), ids=lambda one: "-".join(one))
def paper(request: pytest.FixtureRequest) -> Printed:
    kind, fullness, form = request.param
    return printed(compose_document(kind, facts(kind, fullness), particulars(kind, form)))


def test_the_printed_pages_pass_every_measurement(paper: Printed) -> None:
    failed = []
    for gate in GATES:
        try:
            gate(paper)
        except AssertionError as error:
            failed.append(f"{gate.__name__}: {error}")
    assert failed == []
