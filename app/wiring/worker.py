"""The worker: `huey_consumer app.wiring.worker.huey`."""

from __future__ import annotations

import atexit

from app import start_app
from app.audit.anchoring import anchor_at_start
from app.printing.press import PressRoom
from app.wiring.queue import in_app, open_queue, open_storage

app = start_app()
presses = PressRoom()
atexit.register(presses.close)
huey = open_queue(app, open_storage(app.config["SETTINGS"]), presses.printed).huey
huey.on_startup()(in_app(app, anchor_at_start))
huey.on_startup()(presses.warm_up)
