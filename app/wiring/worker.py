"""The worker: `huey_consumer app.wiring.worker.huey`."""

from __future__ import annotations

import atexit
import gc

from app import start_app
from app.audit.anchoring import anchor_at_start
from app.base.settings.settings import Settings
from app.printing.render_pool import RenderPool
from app.wiring.queue import as_worker_task, open_queue, open_queue_storage

app = start_app()
settings: Settings = app.config["SETTINGS"]
renderers = RenderPool(fonts_folder=settings.fonts_folder)
atexit.register(renderers.close_pool)
huey = open_queue(app, open_queue_storage(settings), renderers.render_document).huey
huey.on_startup()(as_worker_task(app, anchor_at_start))
huey.on_startup()(renderers.warm_up)
# Loaded objects are not garbage, and scanning them took a fifth of a second of the first document.
gc.collect()
gc.freeze()
