"""Store the database of this version, so that later ones can show that they upgrade it.

`pytest tests/maintenance/store_version.py` writes stored/SCHEMA.backup: once, before a version goes out.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import Flask

from app.composition.rules import DocumentKind
from app.drafting.editing import wording_requests
from tests.databases import newest_schema
from tests.directives.writing import written_directive
from tests.drafting.drafts import drafted, reworded
from tests.issuing.issued_documents import issued
from tests.maintenance.installations import run
from tests.world import World

STORED = Path(__file__).parent / "stored"


def test_store_the_database_of_this_version(
    app: Flask, reported: World, in_app: None, tmp_path: Path
) -> None:
    """Filings in several states, a directive, an issued circular, and a report whose reworded block was asked about."""
    written_directive(reported)
    issued(reported, DocumentKind.CIRCULAR)
    row = reworded(reported, drafted(reported))
    wording_requests.ask_department(row, by=reported.users["office"], version=row.version)
    made = run(app, "backup", "create", tmp_path / "made")
    assert made.exit_code == 0, made.output
    shutil.copyfile(made.stdout.strip(), STORED / f"{newest_schema()}.backup")
