"""The search page; the whole search is in its address."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from wtforms import StringField

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import BadInput
from app.base.text import plain_text
from app.search import queries
from app.search.queries import SearchKind
from app.search.rules import words_of_search
from app.web.forms import AtMost
from app.web.responses import page_asked_for, page_or_fragment

MOST_CHARACTERS = 64
NO_WORDS = "请输入要找的词，例如“电梯”。几个词用空格隔开，都有的才列出；一个字只查标题和姓名。"

bp = Blueprint("search", __name__)


class SearchForm(FlaskForm):
    class Meta:
        csrf = False

    q = StringField("要找的词", [AtMost(MOST_CHARACTERS)], filters=[plain_text])


@bp.get("/search")
@allowed(Action.READ_PLAN)
def show_found() -> Response:
    """Show a few rows of each kind, or a page of one kind (``?kind=filing&page=2``)."""
    form, kind = SearchForm(request.args), kind_asked_for()
    if not form.validate():
        return found_page(form, kind, (), status=422)
    return found_page(form, kind, words_of_search(form.q.data or ""))


def kind_asked_for() -> SearchKind | None:
    """Raises BadInput for a kind that there is not."""
    written = request.args.get("kind", "")
    if written and written not in tuple(SearchKind):
        raise BadInput("没有这一类内容。请在搜索页面重新查找。")
    return SearchKind(written) if written else None


def found_page(
    form: SearchForm, kind: SearchKind | None, words: tuple[str, ...], *, status: int = 200
) -> Response:
    reader = current_person()
    groups: list[queries.SearchGroup] = []
    if words and kind:
        groups = [queries.found_page_of_kind(kind, words, reader=reader, number=page_asked_for())]
    elif words:
        groups = [queries.first_found_of_kind(one, words, reader=reader) for one in SearchKind]
    return page_or_fragment(
        "search/search.html",
        status=status,
        form=form,
        kind=kind,
        words=words,
        groups=[group for group in groups if group.count],
        advice=NO_WORDS,
    )
