"""One log line a request: who asked for what, how it ended, how long it took; never what was typed."""

import time
import uuid

import structlog
from flask import Flask, Response, g, request

log = structlog.stdlib.get_logger("webapp")


def register(app: Flask) -> None:
    """Number each request and log its end."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=uuid.uuid4().hex[:12])

    @app.after_request
    def end(response: Response) -> Response:
        actor = getattr(g, "actor", None)
        if request.endpoint != "static":
            log.info(
                "request",
                method=request.method,
                route=request.url_rule.rule if request.url_rule else request.path,
                status=response.status_code,
                login=actor.login if actor else None,
                ms=round((time.perf_counter() - g.began) * 1000) if "began" in g else None,
            )
        return response
