"""Kinds are called as people call them."""

from __future__ import annotations

import pytest

from app.base.database import database, migration_runner
from app.composition.rules import DocumentKind
from app.drafting.core.models import Document
from tests.drafting.drafts import drafted
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
