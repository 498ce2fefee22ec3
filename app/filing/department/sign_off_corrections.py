"""Corrections that a head makes while signing: stored, and shown to the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from peewee import ModelSelect

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import StaleVersion, raise_field_problems
from app.base.statements import prepared
from app.filing.core import content_reading
from app.filing.core.content import LONG_TEXTS, saving_problems
from app.filing.core.models import Filing, FilingRevision
from app.filing.core.operations import move_filing, next_state_of, sign_off_filing
from app.filing.core.submission_checks import submitting_problems


@transaction
def sign_off_corrected(filing: Filing, texts: Mapping[str, str], *, by: Actor, version: int) -> bool:
    """Sign a filing off with the head's corrections; return whether any text changed.

    The revision of the submission keeps the text as submitted, that of the signature the corrected one. Raises
    NotAllowed, IllegalTransition, StaleVersion, FieldProblems.
    """
    require(by, Action.CORRECT_FILING, filing)
    next_state_of(filing, Action.CORRECT_FILING)
    if version != filing.version:
        raise StaleVersion(filing)
    before = content_reading.content_of_filing(filing)
    after = replace(
        before, progress=texts["progress"], problems=texts["problems"], next_steps=texts["next_steps"]
    )
    is_corrected = after != before
    if is_corrected:
        asked = content_reading.indicators_for(filing)
        problems = {**saving_problems(after), **submitting_problems(after, filing.period.quarter, asked)}
        raise_field_problems({name: problems.get(name, "") for name in LONG_TEXTS})
        for name in LONG_TEXTS:
            setattr(filing, name, getattr(after, name))
        filing.updated_at, filing.updated_by = now(), by.person
        move_filing(filing, Action.CORRECT_FILING, by=by, version=version)
    sign_off_filing(filing, by=by, version=filing.version)
    return is_corrected


def last_correction(filing: Filing) -> FilingRevision | None:
    """Return the head's correction of the text submitted last, if it is still valid."""
    newest = next(iter(handed_in_or_corrected(filing)), None)
    return newest if newest and newest.action == Action.CORRECT_FILING else None


@prepared
def handed_in_or_corrected(filing: Filing) -> ModelSelect[FilingRevision]:
    """Return the last submission or correction without its text."""
    columns = (FilingRevision.version, FilingRevision.action, FilingRevision.person, FilingRevision.at)
    steps = FilingRevision.action.in_((Action.SUBMIT_FILING, Action.CORRECT_FILING))
    query = FilingRevision.select(*columns).where((FilingRevision.filing == filing) & steps)
    return query.order_by(FilingRevision.version.desc()).limit(1)
