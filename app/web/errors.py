"""The one place where errors become status codes and sentences."""

from __future__ import annotations

import json
import logging
from math import ceil
from typing import Any

from flask import Flask, Response, abort, make_response, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from peewee import DataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.routing import IntegerConverter, Map

from app.base.database import PAGE_STATEMENT_SECONDS
from app.base.errors import DomainError, NotAllowed, RefusalWay, TooManyRequests
from app.base.files.disk_space import is_out_of_space
from app.base.sent_forms import FORM_KEY_FIELD
from app.base.settings.settings import Settings
from app.base.statement_limit import is_cut_off, is_lock_failure
from app.web.responses import is_htmx_request

logger = logging.getLogger(__name__)

LARGEST_ROW = 2**31 - 1
NO_TEXT = "\0"

BYTES_OF_HANZI = 10  # as a form sends it; a rare one takes more
LARGEST_FORM = (
    f"约 {Settings.form_bytes // 1_000_000} MB，约 {Settings.form_bytes // BYTES_OF_HANZI // 10_000} 万汉字"
)

STATUS_SENTENCES = {
    400: "请求的内容不完整，系统无法处理。请返回上一页重试。",
    401: "登录已失效，请重新登录。您填写的内容还在，登录后可以继续。",
    403: NotAllowed().sentence,
    404: "没有找到您要的页面，可能地址有误或内容已被移走。请返回首页重新进入。",
    405: "这个页面不接受这样的操作。请返回上一页重试。",
    413: f"提交的内容太大（上限{LARGEST_FORM}）。请删减后再保存；已保存的草稿不受影响。",
    500: "系统出了问题，这一步没有办成，已保存的内容不受影响。请稍后再试；如仍不行，请联系系统管理员。",
    503: f"这一步超过 {PAGE_STATEMENT_SECONDS} 秒没有办完，已经停下，没有改动任何内容；您填写的内容仍在页面上。"
    "请稍后再试；内容很多的，请缩小范围后再试。",
    507: "服务器的存储空间已满，暂时不能保存。您填写的内容仍在页面上，请联系系统管理员后再保存。",
}

LOCKED = "数据库正被占用，这一步没有办成，没有改动任何内容；您填写的内容仍在页面上。请过一会儿再试。"
# What passes by itself is worth another try after so many seconds.
RETRY_SECONDS = 10

# Texts shorter than this are quickly typed again; longer ones are shown on the error page to be taken along.
WORTH_KEEPING = 10
# What a form carries beside what is typed: its token and its key.
UNTYPED = ("csrf_token", FORM_KEY_FIELD)


def error_page(
    status: int,
    sentence: str,
    problems: tuple[str, ...] = (),
    way: RefusalWay | None = None,
    *,
    shows_typed: bool = True,
) -> Response:
    """Return the error page or, under htmx, its fragment for the problem area of the page.

    For a plain form the page shows the long texts that were typed, so that nothing is lost; this reads the body, unless
    `shows_typed` is False.
    """
    kept = typed_texts() if shows_typed and not is_htmx_request() else {}
    template = "errors/_error.html" if is_htmx_request() else "errors/error.html"
    page = render_template(template, status=status, sentence=sentence, problems=problems, way=way, kept=kept)
    response = make_response(page, status)
    if is_htmx_request():
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#problem", "innerHTML"
    return response


def refusal_page(error: DomainError) -> Response:
    """Return the error page of a refusal; a temporary one also says in a header how many seconds to wait."""
    page = error_page(error.status, error.sentence, getattr(error, "problems", ()), error.way)
    if isinstance(error, TooManyRequests):
        page.headers["Retry-After"] = str(ceil(error.wait.total_seconds()))
    return page


def answer_without_token() -> Response:
    """Answer a form whose token is missing or belongs to an earlier session."""
    if not current_user.is_authenticated and request.blueprint != "access":
        return error_page(401, STATUS_SENTENCES[401])
    if not is_htmx_request():
        return error_page(400, "页面停留太久，安全校验已过期，这一步没有办成。请刷新页面后重试。")
    if is_page_of_this_account():
        sentence = "您重新登录过，这一步还没有办成，填写的内容仍在页面上。请再按一次按钮。"
        return with_fresh_token(error_page(400, sentence))
    sentence = "打开本页的不是现在登录的账号，这一步没有办成。请刷新页面后重试；填写的内容请先复制留存。"
    return error_page(400, sentence)


def is_page_of_this_account() -> bool:
    """Return whether the page that sent the request was opened by the account that is signed in now."""
    account_id = str(current_user.user.account_id) if current_user.is_authenticated else ""
    return account_id != "" and request.headers.get("X-Account") == account_id


def with_fresh_token(response: Response) -> Response:
    """Send the page the token of the present session, so that it need not be reloaded and lose what was typed."""
    response.headers["HX-Trigger"] = json.dumps({"token": generate_csrf()})
    return response


def typed_texts() -> dict[str, str]:
    """Return the long texts of the form; never passwords, and nothing of a form that cannot be read."""
    try:
        form = request.form
    except HTTPException:  # too large, or broken off
        return {}
    return {
        name: text
        for name, text in form.items()
        if len(text) >= WORTH_KEEPING and name not in UNTYPED and request.blueprint != "access"
    }


def init_app(app: Flask) -> None:
    """Answer domain errors, HTTP errors and crashes with a readable page."""

    refuse_impossible_values(app)

    @app.errorhandler(DomainError)
    def answer_refusal(error: DomainError) -> Response:
        return refusal_page(error)

    @app.errorhandler(CSRFError)
    def answer_csrf_error(error: CSRFError) -> Response:
        logger.info("request without a valid token: %s", error.description)
        return answer_without_token()

    @app.errorhandler(SecurityError)
    def answer_foreign_host(_error: SecurityError) -> Response:
        # A page has links, and for a host that is not ours none can be made.
        return bare_sentence(
            400, "本系统不应答这个网址。请使用单位公布的网址打开；如需启用这个网址，请联系系统管理员。"
        )

    @app.errorhandler(HTTPException)
    def answer_http_error(error: HTTPException) -> Response:
        status = error.code or 500
        if status < 400:
            return make_response(error.get_response())
        page = error_page(status, STATUS_SENTENCES.get(status, STATUS_SENTENCES[400]))
        page.headers.extend(one for one in error.get_headers() if one[0] != "Content-Type")
        return page

    @app.errorhandler(Exception)
    def answer_crash(error: Exception) -> Response:
        if is_lock_failure(error):
            logger.warning("the database was locked for too long: %s", error)
            return page_if_possible(503, LOCKED)
        logger.error("unexpected error", exc_info=error)
        return page_if_possible(status_of(error))


def status_of(error: Exception) -> int:
    if is_out_of_space(error):
        return 507
    return 503 if is_cut_off(error) else InternalServerError.code


def page_if_possible(status: int, sentence: str = "") -> Response:
    """Return the error page, or a plain sentence if what the page needs, such as the database, is itself broken."""
    try:
        page = error_page(status, sentence or STATUS_SENTENCES[status])
    except Exception:
        page = bare_sentence(status, sentence)
    if status == 503:
        page.headers["Retry-After"] = str(RETRY_SECONDS)
    return page


def bare_sentence(status: int, sentence: str = "") -> Response:
    """Return a plain sentence without a page, by default that of the status."""
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return make_response(sentence or STATUS_SENTENCES[status], status, headers)


class RowConverter(IntegerConverter):
    """An id in an address; a number beyond any id is not found."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, **{"max": LARGEST_ROW, **options})


def refuse_impossible_values(app: Flask) -> None:
    """Answer 400 to numbers beyond any id and to characters that are no text: nobody sends them by accident.

    SQLite overflows, PostgreSQL refuses the data.
    """

    @app.before_request
    def refuse_what_is_no_text() -> None:
        if any(NO_TEXT in value for value in (request.path, *request.args.values())):
            abort(400)

    @app.errorhandler(DataError)
    @app.errorhandler(OverflowError)
    def answer_impossible_value(error: Exception) -> Response:
        logger.warning("a value that no table holds", exc_info=error)
        return error_page(400, STATUS_SENTENCES[400])
