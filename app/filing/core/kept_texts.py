"""Reading the stored revisions of filings: the texts at each step, and texts that a save replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from peewee import ModelSelect

from app.authority.policy import Action
from app.base.statements import prepared
from app.filing.core.life_cycle import GIVING_BACK
from app.filing.core.models import Filing, FilingRevision

# What was kept of filings, by the filing's id and the version.
RevisionsByVersion = Mapping[tuple[int, int], FilingRevision]


def revisions_query(filing: Filing) -> ModelSelect[FilingRevision]:
    """Return a query over the revisions stored with the steps of a filing, newest first."""
    return kept_texts_query(filing).where(FilingRevision.action != Action.WRITE_FILING)


def kept_texts_query(filing: Filing) -> ModelSelect[FilingRevision]:
    """Return a query over all revisions of a filing, including texts that a save replaced, newest first."""
    query = FilingRevision.select(FilingRevision, Filing).join(Filing)
    return query.where(FilingRevision.filing == filing).order_by(FilingRevision.version.desc())


def is_text_kept(filing: Filing) -> bool:
    """Return whether a revision of the present version exists."""
    return bool(revisions_at(filing.id, filing.version))


@prepared
def revisions_at(filing_id: int, version: int) -> ModelSelect[FilingRevision]:
    same = (FilingRevision.filing == filing_id) & (FilingRevision.version == version)
    return FilingRevision.select(FilingRevision.id).where(same)


def kept_text(filing: Filing, version: int) -> FilingRevision | None:
    """Return the revision of a filing at a version."""
    return kept_texts_query(filing).where(FilingRevision.version == version).first()


def last_returned(filing: Filing) -> FilingRevision | None:
    """Return the revision stored when the filing was last returned."""
    return next(iter(revisions_given_back(filing)), None)


@prepared
def revisions_given_back(filing: Filing) -> ModelSelect[FilingRevision]:
    return revisions_query(filing).where(FilingRevision.action.in_(GIVING_BACK)).limit(1)


def last_step(filing: Filing) -> FilingRevision | None:
    """Return the revision of the last step other than a save."""
    return revisions_query(filing).first()


def revision_before(filing: Filing, version: int) -> FilingRevision | None:
    """Return the revision of the last step before a version."""
    return revisions_query(filing).where(FilingRevision.version < version).first()


def revisions_by_version(filings: Iterable[Filing]) -> RevisionsByVersion:
    """Return the revisions of filings without their texts: one query."""
    named = {filing.id: filing for filing in filings}
    rows = revisions_without_texts(list(named))
    for row in rows:
        row.filing = named[row.filing_id]
    return {(row.filing_id, row.version): row for row in rows}


@prepared
def revisions_without_texts(filing_ids: Sequence[int]) -> ModelSelect[FilingRevision]:
    columns = (
        FilingRevision.filing,
        FilingRevision.version,
        FilingRevision.action,
        FilingRevision.at,
        FilingRevision.state,
        FilingRevision.return_kind,
    )
    return FilingRevision.select(*columns).where(FilingRevision.filing.in_(filing_ids))
