"""A small stage for the scripts: the project's frame around one page, and answers of every kind."""

from __future__ import annotations

import json
import time
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, Response, make_response, render_template, request
from jinja2 import FileSystemLoader

from app.web import headers, template_functions
from tests.structure.project_files import ROOT

PAGES = Path(__file__).parent / "pages"
REFUSED = (401, 403, 413, 429, 500, 507)
TOAST = json.dumps({"toast": {"message": "已保存"}})


def build_stage(posts: list[str]) -> Flask:
    """Return an application with the project's frame, assets and headers alone; it notes in `posts` what is sent."""
    stage = Flask("stage", static_folder=str(ROOT / "static" / "dist"))
    stage.secret_key = "stage"
    stage.jinja_env.loader = FileSystemLoader([ROOT / "templates", PAGES])
    stage.jinja_env.globals.update(
        csrf_token=lambda: "stage-token",
        current_user=SimpleNamespace(is_authenticated=False),
        site_name="华阳路街道",
    )
    template_functions.init_app(stage)
    headers.init_app(stage)
    stage.before_request(lambda: note(posts))
    stage.add_url_rule(
        "/", view_func=lambda: render_template("stage.html", statuses=(200, 422, 502, *REFUSED))
    )
    stage.add_url_rule("/login", endpoint="access.show_login", view_func=lambda: "")
    stage.add_url_rule("/answer/<int:status>", view_func=answer, methods=["POST"])
    stage.add_url_rule("/slow", view_func=slow, methods=["POST"])
    return stage


def note(posts: list[str]) -> None:
    if request.method == "POST":
        posts.append(f"{request.path} {request.headers.get('X-CSRFToken', '-')} {'&'.join(request.form)}")


def answer(status: int) -> Response:
    """Answer as the project would: a fragment, a form with mistakes, a refusal; 502 as a proxy in front of it would."""
    if status == 502:
        return make_response("<html><body>Bad Gateway</body></html>", status)
    if status in REFUSED:
        return make_response(
            render_template("errors/_error.html", status=status, sentence=f"原因{status}"), status
        )
    if status == 422:
        return make_response(render_template("_mistaken.html"), status)
    return make_response("<p>办好了</p>", status, {"HX-Trigger": TOAST})


def slow() -> Response:
    time.sleep(0.3)
    return make_response("<p>办好了</p>")
