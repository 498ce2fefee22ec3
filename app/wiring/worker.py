"""The worker: `huey_consumer app.wiring.worker.huey`."""

from __future__ import annotations

import atexit

from app import start_app
from app.audit.anchoring import anchor_at_start
from app.printing.render_pool import RenderPool
from app.wiring.queue import in_app_context, open_queue, open_queue_storage

app = start_app()
renderers = RenderPool()
atexit.register(renderers.close_pool)
huey = open_queue(app, open_queue_storage(app.config["SETTINGS"]), renderers.render_document).huey
huey.on_startup()(in_app_context(app, anchor_at_start))
huey.on_startup()(renderers.warm_up)
