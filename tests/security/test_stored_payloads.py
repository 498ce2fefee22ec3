"""Payloads in every stored text, on every page, for every role: nothing but text, hardened and kept by no cache."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.security.payload_world import poisoned, texts
from tests.security.payloads import (
    ALL_OF_THEM,
    harm_in,
    tree_of,
    words_of,
)
from tests.security.test_headers import check_headers
from tests.security.walk import Subjects, signed_in, undo_in_an_older_version, walk
from tests.world import World

FOLDED = " ".join(ALL_OF_THEM.split())
ROLES = "FHOLSCA"

# What no page shows, or only while a document is being printed. Who did what, a page takes from the log. The words of
# a suggestion are shown as a difference, the sender of a reply only to the head.
UNSEEN = {
    *("Document.urgency", "DocumentFile.made_with"),
    *("Filing.signed_off_by", "FilingRevision.reason", "FilingRevision.person", "FilingRevision.seat"),
    *("Attachment.removed_by", "RenderJob.step", "RenderJob.error", "RenderJob.requested_by"),
    *("LoginFailure.name_digest", "LoginFailure.browser_hash", "LoginSession.browser_hash"),
    *("Contribution.updated_by", "ContributionUse.person", "ReplyDraft.submitted_by"),
    *("WordingSuggestion.before", "WordingSuggestion.after"),
    *("Heartbeat.name", "BackupRecord.problem"),
    *("EventChain.database_id", "EventChain.seal", "EventChain.key_check"),
}


def html(pages: Iterable[tuple[str, TestResponse]]) -> Iterator[tuple[str, TestResponse]]:
    """Yield the pages and fragments among the answers, none of which is a crash, bare, or kept by a cache."""
    for path, answer in pages:
        assert answer.status_code < 500, path
        check_headers(answer)
        assert "no-store" in answer.headers["Cache-Control"], path
        if answer.mimetype == "text/html" and answer.status_code != 303:
            yield path, answer


def answers_to(app: Flask, world: World, sign: str, subjects: Subjects) -> Iterator[tuple[str, TestResponse]]:
    """Yield every page that a sign may read, and the page that alone tells the office who changed a draft."""
    yield from walk(signed_in(app, world, sign), sign, subjects)
    if sign == "O":
        yield undo_in_an_older_version(app, world, subjects)


@pytest.mark.parametrize("sign", ROLES)
def test_no_page_makes_more_than_text_of_what_is_stored(app: Flask, world: World, sign: str) -> None:
    subjects = poisoned(app, world)
    shown = 0
    for path, answer in html(answers_to(app, world, sign, subjects)):
        tree = tree_of(answer.text)
        assert harm_in(tree) == [], path
        shown += words_of(tree).count(FOLDED)
    assert shown > (100 if sign in "FHOL" else 2)


def test_every_stored_text_is_among_those_that_were_looked_at(app: Flask, world: World) -> None:
    subjects = poisoned(app, world, named=True)
    seen = "".join(answer.text for sign in "FO" for _, answer in html(answers_to(app, world, sign, subjects)))
    names = {f"{table.__name__}.{field.name}" for table, field in texts()} | {"Event.reason"}
    assert {name for name in names if f"{name}:" not in seen} == UNSEEN
