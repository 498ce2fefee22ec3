"""Reading the pages of a draft in a test, and what somebody else does meanwhile."""

from __future__ import annotations

import re

from flask import Flask

from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing.operations import BlockWording
from tests.clients import Browser
from tests.world import World

HEAVY = 300_000  # bytes of a page that is too much for a slow intranet
OPENED = re.compile(r'name="opened" type="hidden" value="([^"]+)"')


def page(client: Browser, path: str, *, htmx: bool = False) -> str:
    answer = client.get(path, htmx=htmx)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def address(row: DocumentBlock, step: str = "") -> str:
    return f"/documents/blocks/{row.id}{step}"


def other_saves(app: Flask, world: World, row: DocumentBlock, words: str) -> None:
    with app.app_context():
        editing.rewrite_block(row, BlockWording(words), by=world.users["office"], version=row.version)


def describing(office: Browser, draft: Document) -> dict[str, str]:
    """Return what the form for title and particulars sends, opened now."""
    opened = OPENED.search(page(office, f"/documents/{draft.id}/particulars"))
    assert opened
    return {
        "title": "新标题",
        "issuer": "示例街道办事处",
        "recipient": "市政府",
        "signer": "王玥",
        "dated": "2026-10-09",
        "copies_to": "",
        "word": "华街",
        "urgency": "",
        "opened": opened[1],
    }
