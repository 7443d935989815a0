"""Commands that serve: the web server and the worker, each a process of its own."""

import click

from webapp.cli.opening import database
from workflows import logs
from workflows.settings import Settings


@click.command()
def web() -> None:
    """Serve the pages."""
    import waitress  # noqa: PLC0415  only this command serves

    from webapp.app import create_app  # noqa: PLC0415  other commands need no pages

    settings = Settings()
    logs.configure(settings.log_level)
    with database(settings) as db:
        app = create_app(settings, db)
        waitress.serve(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.web_threads,
            ident=None,
            max_request_body_size=2 * settings.max_upload_bytes,
        )


@click.command()
def worker() -> None:
    """Do the background work."""
    from workflows.jobs import run_worker  # noqa: PLC0415  the web server needs no jobs

    settings = Settings()
    logs.configure(settings.log_level)
    with database(settings) as db:
        run_worker(db, settings)
