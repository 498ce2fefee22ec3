"""Reading the pages of a draft in a test, and what somebody else does meanwhile."""

from __future__ import annotations

from flask import Flask

from app.documents.editing import operations as editing
from app.documents.editing.operations import Wording
from app.documents.models import DocumentBlock
from tests.clients import Browser
from tests.world import World

HEAVY = 300_000  # bytes of a page that is too much for a slow intranet


def page(client: Browser, path: str, *, htmx: bool = False) -> str:
    answer = client.get(path, htmx=htmx)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def address(row: DocumentBlock, deed: str = "") -> str:
    return f"/documents/blocks/{row.id}{deed}"


def other_saves(app: Flask, world: World, row: DocumentBlock, words: str) -> None:
    with app.app_context():
        editing.rewrite(row, Wording(words), by=world.users["office"], version=row.version)
