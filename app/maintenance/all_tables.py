"""All tables of the system, in an order in which each one comes after the tables that it refers to."""

from __future__ import annotations

from app.access.models import (
    Account,
    AddressLock,
    Delegation,
    Grant,
    LoginFailure,
    LoginSession,
    UsedPassword,
)
from app.administration.hand_over.models import HandOver
from app.administration.organisation.models import OrganisationProposal
from app.audit.models import Event, EventChain
from app.base.database import BaseTable
from app.base.rate_limits import RateBucket
from app.base.sent_forms import SentForm
from app.directives.core.carry_overs import DirectiveCarryOver, MeasureCarryOver
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.models import Directive, DirectiveAddressee, DirectiveReply
from app.directives.core.scans import DirectiveScan
from app.directives.core.subjects import DirectiveSubject
from app.directives.replies.models import ReplyDraft
from app.drafting.core.models import Document, DocumentAddressee, DocumentBlock, DocumentFile, RenderJob
from app.drafting.editing.models import DraftEdit, FigureReason, WordingRequest
from app.filing.attachments.models import Attachment
from app.filing.contributions.models import Contribution, ContributionRevision, ContributionUse
from app.filing.core.models import (
    CommitmentTick,
    Filing,
    FilingRevision,
    IndicatorValue,
    MilestoneTick,
)
from app.filing.presence.models import FilingPresence
from app.filing.review.models import ForecastAssessment, ReturnPhrase
from app.filing.suggestions.models import WordingSuggestion
from app.filing.workbook.models import UploadedForm
from app.following.models import Follow
from app.issuing.models import RegisterEntry, Verification
from app.maintenance.backup.models import BackupRecord
from app.maintenance.health.models import Heartbeat, LockWait
from app.notices.models import Notice
from app.org.models import (
    Department,
    DepartmentGroup,
    DepartmentGroupMember,
    Issuer,
    Leader,
)
from app.periods.models import CalendarException, Period, Unlock, UnlockRequest
from app.plan.core.models import (
    Assignment,
    Indicator,
    IndicatorChange,
    ItemChange,
    MeasurePredecessor,
    Milestone,
    Plan,
    PlanItem,
    PlanRevision,
)
from app.plan.preview.models import ImportDraft, ImportEdit
from app.word_list.models import OfficeWord

TABLES: tuple[type[BaseTable], ...] = (
    Event,
    EventChain,
    SentForm,
    RateBucket,
    Department,
    DepartmentGroup,
    DepartmentGroupMember,
    Issuer,
    Leader,
    Account,
    UsedPassword,
    Grant,
    Delegation,
    LoginSession,
    LoginFailure,
    AddressLock,
    Notice,
    OrganisationProposal,
    HandOver,
    Plan,
    PlanItem,
    PlanRevision,
    ItemChange,
    Assignment,
    MeasurePredecessor,
    Milestone,
    Indicator,
    IndicatorChange,
    ImportDraft,
    ImportEdit,
    Period,
    Unlock,
    UnlockRequest,
    CalendarException,
    Filing,
    CommitmentTick,
    IndicatorValue,
    MilestoneTick,
    FilingRevision,
    Contribution,
    ContributionRevision,
    ContributionUse,
    FilingPresence,
    WordingSuggestion,
    ReturnPhrase,
    ForecastAssessment,
    UploadedForm,
    Attachment,
    Directive,
    DirectiveSubject,
    DirectiveScan,
    DirectiveAddressee,
    DirectiveReply,
    DirectiveStep,
    ReplyDraft,
    MeasureCarryOver,
    DirectiveCarryOver,
    Follow,
    OfficeWord,
    Document,
    DocumentAddressee,
    DocumentBlock,
    WordingRequest,
    DraftEdit,
    FigureReason,
    RegisterEntry,
    DocumentFile,
    RenderJob,
    Verification,
    Heartbeat,
    LockWait,
    BackupRecord,
)
