"""Logs of one process: a JSON object a line on standard error, with its request or job; never personal data."""

import logging
import sys

import structlog

SHARED = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure(level: str) -> None:
    """Send every log of this process, also the libraries', through structlog. `level` is the least that is shown."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    shown = logging.StreamHandler(sys.stderr)
    shown.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [shown]
    root.setLevel(level.upper())
    for noisy in ("procrastinate", "alembic", "spiff"):
        logging.getLogger(noisy).setLevel(max(root.level, logging.WARNING))
