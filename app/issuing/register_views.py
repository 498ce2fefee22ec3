"""The page of the document register: reading, searching, printing, Excel, and starting it during a year."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Regexp

from app.access.guards import allowed, current_person
from app.access.once_per_form import once_per_form
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.clock import today
from app.base.errors import BadInput, FieldProblems
from app.base.settings.current import current_settings
from app.base.text import parse_number, plain_text, quoted_input
from app.issuing import register
from app.issuing.document_register_sheet import export_register
from app.issuing.register_series import RegisterSeries, matching_series, register_years, series_of_year
from app.org.queries import default_issuer_word
from app.org.rules import ISSUER_WORD, WORD_HINT
from app.web.forms import WholeNumberField, write_problems
from app.web.responses import XLSX_TYPE, file_response, go_to, page_or_fragment

SOUGHT_LENGTH = 64

bp = Blueprint("register", __name__, url_prefix="/documents/register")


class StartForm(FlaskForm):
    """The first number of this register, if the office has given numbers before."""

    word = StringField(
        "发文机关代字",
        [
            DataRequired("请填写发文机关代字。"),
            Regexp(ISSUER_WORD, message=f"发文机关{WORD_HINT}"),
        ],
        filters=[plain_text],
    )
    year = WholeNumberField("年份", [InputRequired("请填写年份，例如 2026。")])
    first = WholeNumberField("本系统从几号编起", [InputRequired("请填写数字，例如 13。")])


@bp.get("")
@allowed(Action.READ_REGISTER)
def show_register() -> Response:
    """Show the register of the newest year or of ``?year=2026``; ``?q=`` searches it."""
    return register_page(StartForm(data={"word": default_issuer_word(), "year": today().year}))


@bp.get("/register.xlsx")
@allowed(Action.READ_REGISTER)
@rate_limited(WorkKind.WORKBOOKS)
def download_register() -> Response:
    """Send the filtered register as a workbook."""
    year = chosen_year()
    title = f"{current_settings().site_name}发文登记簿"
    data = export_register(year, words_sought(), title=title, by=current_person())
    return file_response(data, XLSX_TYPE, f"{year}年发文登记簿.xlsx")


@bp.post("/start")
@allowed(Action.START_REGISTER)
@once_per_form
def start_from_form() -> Response:
    """Enter the numbers used before the register was introduced."""
    form = StartForm()
    if not form.validate():
        return register_page(form, status=422)
    word, year, first = str(form.word.data), int(form.year.data or 0), int(form.first.data or 0)
    try:
        register.start_register(word, year, first, by=current_person())
    except FieldProblems as refusal:
        write_problems(form, refusal.fields)
        return register_page(form, status=422)
    return go_to("register.show_register", year=year, toast=f"已登记，下一份从 {first} 号编起。")


def register_page(form: StartForm, *, status: int = 200) -> Response:
    year = chosen_year()
    return page_or_fragment(
        "issuing/register/register.html",
        status=status,
        form=form,
        year=year,
        years=sorted({*register_years(), year}, reverse=True),
        words=words_sought(),
        limit=SOUGHT_LENGTH,
        books=chosen_books(year),
    )


def chosen_year() -> int:
    """Return the year in the address, else the newest one, else this year. Raises BadInput if it has no entries."""
    known, asked = register_years(), request.args.get("year", "").strip()
    if asked and parse_number(asked) not in known:
        raise BadInput(f"发文登记簿里没有{quoted_input(asked)}年。请在发文登记簿页面选择年份。")
    return parse_number(asked) or next(iter(known), today().year)


def chosen_books(year: int) -> list[RegisterSeries]:
    """Return the series of the year, filtered by the search."""
    return matching_series(series_of_year(year), words_sought())


def words_sought() -> str:
    """Return the words of the search, up to a sensible length."""
    return request.args.get("q", "").strip()[:SOUGHT_LENGTH]
