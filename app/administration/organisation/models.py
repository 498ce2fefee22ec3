"""The table of proposals to change the organisation."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, JSONField, TextField

from app.access.models import Account
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.base.labels import LabelledEnum, LabelTone
from app.org.changes import ChangeKind, OrganisationChange, change_of_stored


class ProposalState(LabelledEnum):
    PROPOSED = "proposed", "待决定", LabelTone.WAITING
    ACCEPTED = "accepted", "已采纳", LabelTone.GOOD
    REFUSED = "refused", "未采纳", LabelTone.QUIET


class OrganisationProposal(BaseTable):
    """A proposed change. `about` is the name that its subject had then."""

    kind = ChoiceField(ChangeKind)
    content = JSONField()
    about = CharField(max_length=64, default="")
    reason = TextField()
    state = ChoiceField(ProposalState, default=ProposalState.PROPOSED, index=True)
    account = ForeignKeyField(Account, on_delete="RESTRICT")
    person = CharField(max_length=64)
    proposed_at = DateTimeField(default=now)
    decided_by = CharField(max_length=64, default="")
    decided_at = DateTimeField(null=True)
    answer = TextField(default="")
    account_id: int

    class Meta:
        constraints = [Check("(state = 'proposed') = (decided_at IS NULL)", "organisation_proposal_decided")]

    @property
    def change(self) -> OrganisationChange:
        return change_of_stored(self.kind, self.content)

    @property
    def is_open(self) -> bool:
        return self.state is ProposalState.PROPOSED
