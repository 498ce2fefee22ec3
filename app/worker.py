"""The worker: `huey_consumer app.worker.huey`."""

from __future__ import annotations

from app import create_app
from app.queue import open_queue, open_storage

app = create_app()
huey = open_queue(app, open_storage(app.config["SETTINGS"])).huey
