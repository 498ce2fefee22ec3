"""Kinds are called as people call them, and paragraphs say no more of themselves what they were made of."""

from __future__ import annotations

import pytest

from app.base.database import database, migration_runner
from app.composition.rules import DocumentKind
from app.drafting.core import queries
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing.models import DraftEdit
from tests.drafting.drafts import drafted, reworded
from tests.world import World


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("kind", "before"), [("filing_notice", "opening"), ("reading_sheet", "reading"), ("summary", "summary")]
)
def test_kinds_get_the_names_that_people_use(reported: World, kind: str, before: str) -> None:
    document = drafted(reported)
    Document.update(kind=DocumentKind(kind)).execute()
    migration_runner().down("0049_kind_names")
    assert database.execute_sql("SELECT kind FROM document").fetchone() == (before,)
    migration_runner().up()
    assert Document.get_by_id(document.id).kind is DocumentKind(kind)


@pytest.mark.usefixtures("in_app")
def test_paragraphs_of_drafts_and_their_edits_no_longer_name_a_source(reported: World) -> None:
    draft = drafted(reported)
    row = reworded(reported, draft)
    after = {one.id: one.content for one in queries.blocks_of(draft)}
    steps = [(one.before, one.after) for one in DraftEdit.select()]
    assert row.is_changed and steps

    migration_runner().down("0050_block_sources")
    then = DocumentBlock.get_by_id(row.id)
    assert {then.content["source"], then.composed["source"]} == {f"filing:{row.filing_id}"}
    assert {one.after["content"]["source"] for one in DraftEdit.select()} == {f"filing:{row.filing_id}"}

    migration_runner().up()
    assert {one.id: one.content for one in queries.blocks_of(draft)} == after
    assert [(one.before, one.after) for one in DraftEdit.select()] == steps
    unchanged = [one for one in queries.blocks_of(draft) if one.id != row.id]
    assert not any(one.is_changed for one in unchanged)
