"""The rows that operations are called with, and who calls them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from app.access.login.delays import LoginOrigin
from app.access.models import Account, LoginSession
from app.administration.hand_over.models import HandOver
from app.authority.actor import SAMPLE_LOADER, SYSTEM, Actor
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope
from app.directives.core.models import Directive, DirectiveAddressee
from app.directives.core.queries import directives_with_keys
from app.directives.replies.life_cycle import ReplyState
from app.directives.replies.models import ReplyDraft
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.models import Document, DocumentBlock, RenderJob
from app.drafting.core.queries import find_document
from app.filing.attachments.models import Attachment
from app.filing.contributions.models import Contribution
from app.filing.contributions.queries import contribution_as_stored
from app.filing.core.models import Filing
from app.filing.suggestions.models import WordingSuggestion
from app.maintenance.installation import Installation
from app.plan.preview.models import ImportDraft
from app.uploads.rules import FileQuota
from app.uploads.store import FileStore
from tests.maintenance.installations import installation_of
from tests.web.subjects import one_of_everything
from tests.world import World

EVERY_ACCOUNT = "FHfhOLSCA"
QUOTA = FileQuota(file_bytes=1000, files=3, total_bytes=3000)


@dataclass
class Subjects:
    """The rows that operations are called with; those of a department are 经发办's, those of an account its filer's."""

    app: Flask
    world: World
    ids: dict[str, Any]
    folder: Path

    @classmethod
    def of_world(cls, app: Flask, world: World, folder: Path) -> Subjects:
        (folder / "table.csv").write_text("姓名,职务\n", encoding="utf-8")
        subjects = cls(app, world, one_of_everything(app, world), folder)
        place = {"directive": subjects.directive, "department": world.departments["经发办"]}
        ReplyDraft.create(**place, state=ReplyState.SUBMITTED, text="已办。")
        return subjects

    def actor(self, sign: str) -> Actor:
        servers = {
            "P": Actor.at_command_line("root"),
            "W": SYSTEM,
            "D": SAMPLE_LOADER,
            "-": Actor.at_login_page("10.0.0.9"),
        }
        seats = {
            "F": "filer",
            "H": "head",
            "f": "filer:一居",
            "h": "head:一居",
            "O": "office",
            "L": "leader",
            "S": "system_admin",
            "C": "security_admin",
            "A": "auditor",
        }
        return servers[sign] if sign in servers else self.world.users[seats[sign]]

    @property
    def account(self) -> Account:
        return Account.get_by_id(self.world.users["filer"].account_id)

    @property
    def hand_over(self) -> HandOver:
        return HandOver.get_by_id(self.ids["planned_id"])

    @property
    def former_addressee(self) -> int:
        """Whom the directive addresses though it does not answer for the measure."""
        whose = DirectiveAddressee.department == self.world.departments["城管办"]
        return DirectiveAddressee.get(whose).id

    @property
    def filing(self) -> Filing:
        return Filing.get_by_id(self.ids["filing_id"])

    @property
    def contribution(self) -> Contribution:
        return contribution_as_stored(Contribution.get_by_id(self.ids["contribution_id"]))

    @property
    def suggestion(self) -> WordingSuggestion:
        return WordingSuggestion.get_by_id(self.ids["suggestion_id"])

    @property
    def issued(self) -> Document:
        return find_document(self.ids["document_id"])

    @property
    def draft(self) -> Document:
        return Document.get_by_id(self.ids["draft_id"])

    @property
    def block(self) -> DocumentBlock:
        return DocumentBlock.get_by_id(self.ids["block_id"])

    @property
    def import_draft(self) -> ImportDraft:
        return ImportDraft.get_by_id(self.ids["import_draft_id"])

    @property
    def submitted_reply(self) -> ReplyDraft:
        """What 经发办 has handed to its head in answer to the directive."""
        draft: ReplyDraft = ReplyDraft.get(ReplyDraft.directive == self.directive)
        return draft

    @property
    def directive(self) -> Directive:
        return Directive.get(directives_with_keys([self.ids["directive_id"]]))

    @property
    def attachment(self) -> Attachment:
        return Attachment.get_by_id(self.ids["attachment_id"])

    @property
    def session(self) -> LoginSession:
        return LoginSession.get_by_id(self.ids["session_id"])

    @property
    def installation(self) -> Installation:
        return installation_of(self.app.config["SETTINGS"])

    @property
    def store(self) -> FileStore:
        return self.installation.store

    @property
    def own(self) -> dict[str, Any]:
        """Return what one gives besides who acts on an account of his own."""
        return {"origin": LoginOrigin("10.0.0.9"), "settings": self.app.config["SETTINGS"]}

    @property
    def order(self) -> AssemblyRequest:
        return AssemblyRequest(
            DocumentKind.QUARTERLY, self.world.plan, DocumentScope(self.world.period.quarter)
        )

    @property
    def table(self) -> Path:
        return self.folder / "table.csv"

    @property
    def job_id(self) -> int:
        return int(RenderJob.get(RenderJob.document == self.draft).id)


@dataclass(frozen=True)
class OperationCall:
    """Who may call an operation, and how it is called; `is_heavy`: not to be tried where it is allowed."""

    may: str
    call: Callable[[Subjects, Actor], object]
    is_heavy: bool = False


def filing_step(step: Callable[..., None], may: str, **words: str) -> OperationCall:
    return OperationCall(may, lambda s, by: step(s.filing, by=by, version=s.filing.version, **words))


def block_step(
    step: Callable[..., object], *values: Callable[[Subjects], object], **named: object
) -> OperationCall:
    return OperationCall("O", lambda s, by: step(s.block, *(value(s) for value in values), by=by, **named))
