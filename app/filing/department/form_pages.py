"""The responses of a filing's form: as it is stored, or as it was typed with everything that could not be stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from flask_wtf import FlaskForm

from app.access.guards import current_person, require_row
from app.authority.policy import Action
from app.base.settings.current import current_settings
from app.filing.core import content_reading, queries
from app.filing.core.filing_steps import persons_saving
from app.filing.core.merging import (
    WrittenFiling,
    content_of_fields,
    fields_of_content,
    marks_of,
    values_as_sent,
    with_tied,
)
from app.filing.core.models import Filing
from app.filing.core.operations import SavedFiling
from app.filing.department.filing_details import (
    FilingDetails,
    FormDetails,
    PlannedParts,
    details_of,
    form_details_of,
)
from app.filing.department.forms import (
    CorrectionForm,
    DeclineForm,
    FilingForm,
    ReturnForm,
    field_in_words,
    filing_form_over,
)
from app.filing.presence.rules import OthersPresent
from app.web.forms import write_problems
from app.web.responses import is_htmx_request, page_or_fragment

FORM, SAVED_ONLY = "form", "saved"


@dataclass(frozen=True)
class OtherText:
    """What somebody else stored in a field that was edited here as well, be it oneself in another window.

    `taken` are the values and marks that a script puts into the form to take it over.
    """

    words: str
    seen: tuple[str, ...] = ()
    taken: str = "{}"


@dataclass(frozen=True)
class OpenFields:
    """The fields that are not stored as typed, and fields that only others changed.

    `whose` says who saved meanwhile; `brought` is what the script puts into the form.
    """

    others: Mapping[str, OtherText]
    whose: str = ""
    brought: str = "{}"
    brought_names: tuple[str, ...] = ()


def is_autosave() -> bool:
    """Return whether the page saved by itself; the answer then leaves the form alone."""
    return "X-Autosave" in request.headers


def stored_details(filing: Filing) -> FilingDetails:
    """Return the details of a filing as it is stored now."""
    current = require_row(queries.find_filing(filing.id))
    return details_of(current, reader=current_person(), settings=current_settings())


def form_details(filing: Filing, planned: PlannedParts) -> FormDetails:
    """Return the details of the form alone, for a filing that was just loaded or saved."""
    return form_details_of(filing, reader=current_person(), settings=current_settings(), planned=planned)


def open_fields_of(saved: SavedFiling, written: WrittenFiling) -> OpenFields:
    """Return the fields that are still open after a save."""
    merged = saved.merged
    stored, marks = merged.values, marks_of(merged.values)

    def taken(names: Iterable[str]) -> str:
        """Return values and marks of fields in the form that a script reads."""
        return json.dumps(
            {name: [values_as_sent(stored[name]), marks[name]] for name in names}, ensure_ascii=False
        )

    others = {
        name: OtherText(
            field_in_words(stored[name]),
            tuple(f"{tied}:{marks[tied]}" for tied in sorted(with_tied([name]))),
            taken(sorted(with_tied([name]))),
        )
        for name in stored
        if name in merged.conflicts
    }
    is_moved = bool(merged.conflicts or merged.brought)
    brought = tuple(name for name in stored if name in merged.brought)
    return OpenFields(others, persons_in_words(saved, written) if is_moved else "", taken(brought), brought)


def persons_in_words(saved: SavedFiling, written: WrittenFiling) -> str:
    """Return who saved the filing since the page was read: others by name, oneself as "another window"."""
    versions = {*range(written.version + 1, saved.before + 1)} - written.own
    persons = persons_saving(saved.filing, versions)
    others = "、".join(person for person in persons if person != current_person().person)
    window = "您在另一个窗口" if current_person().person in persons else ""
    return "，或者".join(filter(None, (others, window))) or "另一个窗口"


def saved_form_page(
    form: FilingForm | None,
    written: WrittenFiling,
    saved: SavedFiling,
    *,
    planned: PlannedParts,
    **shown: Any,
) -> Response:
    """Return the page after a save; open fields show what was typed and why it is not stored.

    Without a form it shows what is stored.
    """
    if form:
        write_problems(form, dict(saved.problems))
    is_open = bool(saved.merged.conflicts) and written.marks is not None
    own = written.own | ({saved.filing.version} if saved.filing.version > saved.before else set())
    is_brief = shown.get("fragment") == SAVED_ONLY and is_htmx_request()
    return filing_form_page(
        form_details(saved.filing, planned) if is_brief else stored_details(saved.filing),
        form=form,
        version=written.version if is_open else saved.filing.version,
        own=" ".join(map(str, sorted(own))) if is_open else "",
        marks=saved.merged.marks if form else None,
        open=open_fields_of(saved, written),
        not_stored=[name for name in saved.merged.values if name in {*saved.problems, *written.unreadable}],
        saved_now=True,
        brought={name: saved.merged.values[name] for name in saved.merged.brought},
        **shown,
    )


def over_whole_form(answer: Response) -> Response:
    """Tell htmx to replace the whole form."""
    answer.headers["HX-Retarget"] = "#filing-form"
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def form_beside_stored(filing: Filing, form: FilingForm, conflict: str) -> Response:
    """Return a form that can no longer be saved, with the stored value beside each field that differs."""
    current = require_row(queries.find_filing(filing.id))
    theirs = form.differing_fields(content_reading.content_of_filing(current))
    answer = filing_form_page(
        details_of(current, reader=current_person(), settings=current_settings()),
        form=form,
        status=409,
        conflict=conflict,
        is_autosave=is_autosave(),
        open=OpenFields({name: OtherText(words) for name, words in theirs.items()}),
    )
    return over_whole_form(answer)


def filing_form_page(
    details: FormDetails, *, form: FilingForm | None = None, status: int = 200, **shown: Any
) -> Response:
    """Return the page of a filing; its form shows what is stored, or what was typed if `form` is given.

    A fragment after a save needs only the details of the form.
    """
    kind = form_kind(details)
    if form is None and details.can_write:
        form = stored_form(details, kind)
    context = {
        "version": details.filing.version,
        "decline_form_on": DeclineForm.empty_on,
        "open": OpenFields({}),
        "others": OthersPresent(),
        "not_stored": [],
        "sent_values": lambda values: {name: values_as_sent(value) for name, value in values.items()},
        **(signing_forms(details.filing) if Action.SIGN_OFF_FILING in details.possible_actions else {}),
        **shown,
    }
    if form:
        context["marks"] = json.dumps(context.get("marks") or stored_marks(details, kind))
        context["has_exception"] = form.has_exception(context["open"].others)
        # What others stored in fields that were left alone comes into the form by itself.
        typed = fields_of_content(form.read_content()) | context.pop("brought", {})
        content = content_of_fields(typed, typed)
        context["offers"] = details.offers_for(content)
        context["questions"] = {} if details.filing.is_untouched else details.questions_in(content)
    elif details.is_own:
        context["stored_words"] = stored_form(details, kind).stored_in_words()
    fragment = context.pop("fragment", FORM if form else "filing_text")
    return page_or_fragment(
        "filing/department/filing.html", fragment, status=status, details=details, form=form, **context
    )


def signing_forms(filing: Filing) -> dict[str, FlaskForm]:
    """Return the forms of a head who can sign or return the filing."""
    return {
        "return_form": ReturnForm(formdata=None),
        "correction_form": CorrectionForm(formdata=None, obj=filing),
    }


def form_kind(details: FormDetails) -> type[FilingForm]:
    return filing_form_over(details.commitments, details.asked_indicators, details.milestones_due)


def stored_form(details: FormDetails, kind: type[FilingForm]) -> FilingForm:
    """Return the form filled with the stored content."""
    return kind(formdata=None, data=kind.field_values(details.content, filled=details.filing.filled))


def stored_marks(details: FormDetails, kind: type[FilingForm]) -> dict[str, str]:
    """Return the marks of the stored content."""
    return marks_of(kind.field_values(details.content, filled=details.filing.filled))
