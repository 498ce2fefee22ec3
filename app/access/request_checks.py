"""Checks of a request before its body is read: host, sender, origin, size."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, after_this_request, current_app, redirect, request, session
from flask_login import current_user
from werkzeug.exceptions import SecurityError

from app.access.guards import PUBLIC
from app.base.errors import NotAllowed
from app.base.settings.current import current_settings
from app.base.settings.settings import Settings
from app.web.errors import STATUS_SENTENCES, error_page

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# The log-in form is all that is taken from anybody; a name and a password are shorter by far.
PUBLIC_FORM_BYTES = 16_000
PUBLIC_FORM_TOO_LARGE = "提交的内容太大，没有受理。登录只需要账号和密码，请返回登录页重新填写。"
CHUNK_BYTES = 64 * 1024
HEALTH_PATH = "/healthz"
# What a browser says of a request that a page of ours sent, or that its user began.
OWN_SITES = frozenset({"same-origin", "none"})
LOGGED_HOST_CHARACTERS = 100


def takes_upload(most_bytes: Callable[[Settings], int]) -> Callable[[View], View]:
    """Let a view accept forms with files up to `largest_upload`; place it below the guard."""

    def mark_view(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]  # functions take attributes; their type does not
        return view

    return mark_view


def init_app(app: Flask) -> None:
    """Check every request in this order, before the token of its form is looked for."""
    app.before_request(refuse_foreign_host)
    app.before_request(raise_limit_of_upload)
    app.before_request(send_to_https)
    app.before_request(refuse_unread_body)
    app.before_request(refuse_foreign_origin)


def refuse_foreign_host() -> None:
    """Raise SecurityError for a foreign host name before anything else, and log it."""
    if isinstance(request.routing_exception, SecurityError):
        name = request.environ.get("HTTP_HOST", "")[:LOGGED_HOST_CHARACTERS]
        logger.warning(
            "有访问使用了主机名 %a，不在 TRUSTED_HOSTS（%s）之内，已拒绝。"
            "如果这是本系统的网址，请把它加入 TRUSTED_HOSTS 后重新启动。",
            name,
            ",".join(current_settings().trusted_hosts),
        )
        raise request.routing_exception


def raise_limit_of_upload() -> None:
    """Raise the size limit for views that take uploads; the form's token is read under it."""
    view = current_app.view_functions.get(request.endpoint or "")
    if most_bytes := getattr(view, "most_bytes", None):
        request.max_content_length = most_bytes(current_settings())


def send_to_https() -> Response | None:
    """Redirect to HTTPS what reached our own proxy without it; a form sent that way is refused."""
    forwarded = request.headers.get("X-Forwarded-Proto")
    is_plain = bool(current_settings().trusted_proxies and forwarded) and not request.is_secure
    if not is_plain or current_settings().plain_http or request.path == HEALTH_PATH:
        return None
    if request.method in SAFE_METHODS:
        return current_app.make_response(redirect(f"https://{request.url.partition('://')[2]}", code=308))
    raise NotAllowed("这次提交没有经过加密，没有受理。请用 https:// 开头的网址打开本系统后重新操作。")


def refuse_unread_body() -> Response | None:
    """Answer without reading the body if the sender is not logged in, except for the small public forms."""
    if not has_body():
        return None
    if current_user.is_authenticated:
        after_this_request(read_rest_of_body)
        return None
    length = request.content_length
    if length is not None and length <= bytes_taken():
        return None
    status, sentence = (413, PUBLIC_FORM_TOO_LARGE) if is_public() else (401, STATUS_SENTENCES[401])
    return error_page(status, sentence, shows_typed=False)


def read_rest_of_body(response: Response) -> Response:
    """Read the rest of a refused body.

    A web process closes a connection with much unread data, and a sender that is still writing never sees the response:
    the front then reports that the system is down.
    """
    if request.environ.get("wsgi.input_terminated"):  # elsewhere to read past the end waits for ever
        body, left = request.environ["wsgi.input"], current_settings().largest_request
        while left > 0 and (read := body.read(min(left, CHUNK_BYTES))):
            left -= len(read)
    return response


def has_body() -> bool:
    return bool(request.content_length) or "Transfer-Encoding" in request.headers


def bytes_taken() -> int:
    """Return how much is read of a request without a session.

    If the session has expired, the typed text is shown again: the signed cookie proves that there was one.
    """
    if "_user_id" in session:
        return current_settings().form_bytes
    return PUBLIC_FORM_BYTES if is_public() else 0


def is_public() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "entry", None) == PUBLIC


def refuse_foreign_origin() -> None:
    """Raise NotAllowed for a change requested by a page of another site, whatever token it holds."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site", "none")
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if site not in OWN_SITES or (source and not is_own_origin(source)):
        logger.warning("a change was asked for from a foreign page: %.200r, %.20r", source, site)
        raise NotAllowed("这次提交不是从本系统的页面发出的，没有受理。请从本系统的页面重新操作。")


def is_own_origin(source: str) -> bool:
    """Return whether an origin, or the address of a page, is that of this system.

    If a proxy of ours replaces the host name, it is one of TRUSTED_HOSTS at the usual port.
    """
    try:
        address = urlsplit(source)
        name, has_port = address.hostname, address.port is not None
    except ValueError:
        return False
    if address.scheme != "https" and not (current_settings().plain_http and address.scheme == "http"):
        return False
    if address.netloc.lower() == request.host.lower():
        return True
    here = urlsplit(f"//{request.host}").hostname
    return name != here and not has_port and name in current_settings().trusted_hosts
