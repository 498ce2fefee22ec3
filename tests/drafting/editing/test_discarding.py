"""A draft that is given up: on record, listed no more, in nobody's way."""

from __future__ import annotations

import pytest

from app.audit.queries import events_of_subject
from app.base.errors import IllegalTransition, NotAllowed, StaleVersion
from app.drafting.core import queries
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document
from app.drafting.editing import operations as editing
from app.issuing import corrections
from tests.databases import on_both
from tests.drafting.drafts import drafted, fresh
from tests.issuing.issued_documents import issued
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_app")


@on_both
def test_it_is_listed_no_more_and_can_be_neither_edited_nor_discarded_again(reported: World) -> None:
    office, draft = reported.users["office"], fresh(drafted(reported))
    editing.discard_draft(draft, by=office, version=draft.version)
    kept = Document.get_by_id(draft.id)
    assert kept.state is DocumentState.DISCARDED
    assert queries.readable_documents(reported.users["office"], reported.plan).rows == []
    assert events_of_subject(kept)[-1].action == "discard_document"
    with pytest.raises(IllegalTransition, match="已作废"):
        editing.discard_draft(kept, by=office, version=kept.version)
    row = queries.blocks_of(kept)[0]
    with pytest.raises(IllegalTransition, match="已作废"):
        editing.drop_block(row, by=office, version=row.version)


def test_a_stale_page_discards_nothing(reported: World) -> None:
    draft = fresh(drafted(reported))
    with pytest.raises(StaleVersion):
        editing.discard_draft(draft, by=reported.users["office"], version=draft.version - 1)
    assert Document.get_by_id(draft.id).state is not DocumentState.DISCARDED


def test_only_the_office_discards(reported: World) -> None:
    draft = fresh(drafted(reported))
    with pytest.raises(NotAllowed):
        editing.discard_draft(draft, by=reported.users["leader"], version=draft.version)


def test_a_correction_that_was_given_up_can_be_begun_again(reported: World) -> None:
    office, document = reported.users["office"], issued(reported)
    first = corrections.correct_document(document, "数字有误。", by=office, version=document.version)
    editing.discard_draft(first, by=office, version=first.version)
    second = corrections.correct_document(document, "数字有误。", by=office, version=document.version)
    assert second.supersedes_id == document.id
    with pytest.raises(IllegalTransition, match="已经开始更正"):
        corrections.correct_document(document, "再改。", by=office, version=document.version)
