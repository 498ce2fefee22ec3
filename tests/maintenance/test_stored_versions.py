"""A database of every version that went out is upgraded by this one, on both databases, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from huey import MemoryHuey

from app.base.database import known_migrations, migration_runner
from app.base.settings.settings import Settings
from app.directives.core.models import Directive
from app.drafting.core.life_cycle import DocumentState, WordingState
from app.drafting.core.models import Document
from app.drafting.editing.models import WordingRequest
from app.drafting.editing.renewal.operations import renew_draft, renewal_of
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.issuing.models import RegisterEntry
from app.wiring.queue import TaskSerializer, open_queue
from tests.databases import PostgresServer, on_both
from tests.drafting.drafts import BETTER, accepted_again, block_saying, drafted, texts_of
from tests.drafting.sample_documents import take_through
from tests.maintenance.installations import elsewhere, run
from tests.maintenance.store_version import STORED
from tests.world import THRESHOLDS, World, full_content

NEW_WORDS = "已走访企业48家。"


@pytest.fixture(params=sorted(STORED.glob("*.backup")), ids=lambda path: path.stem)
def stored(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def empty(world: World, settings: Settings, postgres: PostgresServer, tmp_path: Path) -> Iterator[Flask]:
    """An installation of the same kind without a database; `world` names what the stored one contains."""
    postgres.run('CREATE DATABASE "stored"')
    url = "" if settings.database_url.startswith("sqlite") else postgres.url("stored")
    try:
        with elsewhere(settings, tmp_path / "other", url) as other:
            other.extensions["queue"] = open_queue(
                other, MemoryHuey(results=False, serializer=TaskSerializer())
            )
            yield other
    finally:
        postgres.run('DROP DATABASE "stored" WITH (FORCE)')


@on_both
def test_a_stored_version_is_upgraded_and_whole(empty: Flask, stored: Path) -> None:
    restored = run(empty, "backup", "restore", stored)
    assert restored.exit_code == 0, restored.output
    assert migration_runner().applied().keys() == known_migrations().keys()
    assert run(empty, "audit", "verify").exit_code == 0
    states = {filing.state for filing in Filing.select()}
    assert states == {FilingState.ACCEPTED, FilingState.RETURNED, FilingState.DRAFT}
    assert Directive.get().addressees.count() == 1
    issued = Document.get(Document.state == DocumentState.ISSUED)
    assert (issued.files.count(), RegisterEntry.get().document) == (5, issued)
    assert WordingRequest.get().state is WordingState.ASKED


@on_both
def test_a_stored_draft_is_renewed_and_keeps_what_was_edited(
    empty: Flask, stored: Path, world: World
) -> None:
    assert run(empty, "backup", "restore", stored).exit_code == 0
    with empty.app_context():
        draft = Document.get(Document.state == DocumentState.EDITING)
        take_through(world, 4, "城管办", full_content("垃圾分类达标率98%。"))
        accepted_again(world, NEW_WORDS)
        read = renewal_of(draft, THRESHOLDS).digest
        renew_draft(draft, by=world.users["office"], read=read, thresholds=THRESHOLDS)
        renewed, new = texts_of(draft), texts_of(drafted(world))
    assert block_saying(draft, BETTER).overtaken_by is not None
    [edited] = [place for place, text in enumerate(renewed) if BETTER in text]
    assert NEW_WORDS in new[edited]
    assert [*renewed[:edited], *renewed[edited + 1 :]] == [*new[:edited], *new[edited + 1 :]]
