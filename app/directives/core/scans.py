"""Scans of handwritten directives. The files are in the same store as the attachments of filings, under their hash."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField

from app.authority.permits import DepartmentTie, LeaderTie
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.directives.core.models import Directive
from app.uploads.rules import FileKind, size_in_words


class DirectiveScan(BaseTable):
    """One scanned page or file. It is kept as long as its directive."""

    directive = ForeignKeyField(Directive, backref="scans", on_delete="RESTRICT")
    name = CharField(max_length=255)
    kind = ChoiceField(FileKind)
    size = IntegerField(constraints=[Check("size >= 0")])
    sha256 = CharField(max_length=64, index=True)
    uploaded_at = DateTimeField(default=now)
    uploaded_by = CharField(max_length=64)
    directive_id: int

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the directive's departments; this and the next three answer for the policy table."""
        return self.directive.department_ids(tie)

    def leader_ids(self, tie: LeaderTie) -> frozenset[int]:
        return self.directive.leader_ids(tie)

    @property
    def is_of_office(self) -> bool:
        return self.directive.is_of_office

    @property
    def is_confidential(self) -> bool:
        return bool(self.directive.is_confidential)

    @property
    def size_words(self) -> str:
        return size_in_words(self.size)
