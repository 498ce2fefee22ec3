"""The pages of the word list: reading, adding, changing, switching off, restoring."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import BadInput, DomainError, FieldProblems, StaleVersion
from app.base.paging import PAGE_LENGTH
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to, page_asked_for, page_or_fragment
from app.word_list import operations
from app.word_list.forms import WordFilterForm, WordForm, form_of_entry
from app.word_list.queries import entry_of_word, word_entries
from reports.lint.words import WordList

bp = Blueprint("word_list", __name__, url_prefix="/lint/words")


@bp.get("")
@allowed(Action.EDIT_WORD_LIST)
def list_words() -> Response:
    return words_page()


@bp.get("/edit")
@allowed(Action.EDIT_WORD_LIST)
def show_word_form() -> Response:
    """Show the form of the word in the address, or of a new word."""
    word = request.args.get("word", "")
    entry = entry_of_word(word)
    form = form_of_entry(entry) if entry else WordForm(formdata=None, word=word)
    return word_page(form)


@bp.post("/edit")
@allowed(Action.EDIT_WORD_LIST)
def store_word_from_form() -> Response:
    """Add a word, or change the one that was read."""
    form = WordForm()
    if not form.validate():
        return word_page(form, status=422)
    try:
        store_word(form)
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        return word_page(form, status=422)
    except (BadInput, StaleVersion) as refusal:
        return word_page(form, status=refusal.status, obstacle=refusal.sentence)
    return go_to("word_list.list_words", toast=f"已写入词表：“{form.listed.word}”。")


def store_word(form: WordForm) -> None:
    if form.version.data is None:
        operations.add_word(form.listed, by=current_person())
    else:
        operations.change_word(form.listed, version=form.version.data, by=current_person())


@bp.post("/off")
@allowed(Action.EDIT_WORD_LIST)
def switch_off() -> Response:
    return change_one(operations.switch_off_word, "已停用")


@bp.post("/restore")
@allowed(Action.EDIT_WORD_LIST)
def restore_word() -> Response:
    return change_one(operations.restore_word, "已恢复")


@bp.post("/restore-all")
@allowed(Action.EDIT_WORD_LIST)
def restore_all() -> Response:
    count = operations.restore_all_words(by=current_person())
    return go_to("word_list.list_words", toast=f"词表已恢复默认，撤销 {count} 处改动。")


def change_one(operation: Callable[..., None], done: str) -> Response:
    """Run an operation on the word in the form, at the version that was read."""
    word = request.form.get("word", "")
    try:
        operation(word, version=hidden_number("version"), by=current_person())
    except (BadInput, StaleVersion) as refusal:
        return words_page(refusal)
    return go_to("word_list.list_words", toast=f"{done}“{word}”。")


def words_page(refusal: DomainError | None = None) -> Response:
    form = WordFilterForm(request.args)
    is_sound = form.validate()
    entries = word_entries()
    found = [entry for entry in entries if is_sound and form.chosen.admits(entry)]
    last = max(1, -(-len(found) // PAGE_LENGTH))
    number = min(max(1, page_asked_for()), last)
    return page_or_fragment(
        "word_list/words.html",
        status=refusal.status if refusal else 200 if is_sound else 422,
        form=form,
        obstacle=refusal.sentence if refusal else "",
        count=len(found),
        listed={"number": number, "last": last},
        entries=found[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH],
        changes=sum(entry.is_own for entry in entries),
        problems=WordList(tuple(entry.listed for entry in entries if entry.is_used)).problems,
    )


def word_page(form: WordForm, *, status: int = 200, obstacle: str = "") -> Response:
    """Return the form; if somebody else changed the word meanwhile it says so, and sending it again overwrites that."""
    entry = entry_of_word(form.word.data or "") if form.version.data is not None else None
    form.version.data = entry.version if entry else None
    form.version.raw_data = None
    return page_or_fragment("word_list/word.html", status=status, form=form, entry=entry, obstacle=obstacle)
