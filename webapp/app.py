"""Assembles the application from its pages; it decides nothing about what they show."""

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import layout
from webapp.about.views import blueprint as about
from webapp.account import frame, session
from webapp.account.own_views import blueprint as own
from webapp.account.views import blueprint as account
from webapp.audit.views import blueprint as audit
from webapp.awards.views import blueprint as awards
from webapp.dossiers.views import blueprint as dossiers
from webapp.inbox.beside import blueprint as beside
from webapp.inbox.bulk import blueprint as bulk
from webapp.inbox.list_views import blueprint as lists
from webapp.inbox.task_views import blueprint as tasks
from webapp.inbox.views import blueprint as inbox
from webapp.incidents.views import blueprint as incidents
from webapp.layout import headers, logged, refusals
from webapp.letters.views import blueprint as letters
from webapp.movements.example_views import blueprint as examples
from webapp.movements.lead_views import blueprint as leading
from webapp.movements.route_views import blueprint as ways
from webapp.movements.sent_views import blueprint as sent
from webapp.movements.views import blueprint as movements
from webapp.people.directory_views import blueprint as directory
from webapp.people.unit_views import blueprint as units
from webapp.people.views import blueprint as people
from webapp.rounds.views import blueprint as rounds
from webapp.workshop.diagram_views import blueprint as diagrams
from webapp.workshop.difference_views import blueprint as compared
from webapp.workshop.entry_views import blueprint as entries
from webapp.workshop.file_views import blueprint as drafted
from webapp.workshop.foreign_views import blueprint as foreign
from webapp.workshop.gate_views import blueprint as gated
from webapp.workshop.migration_views import blueprint as migrating
from webapp.workshop.publishing_views import blueprint as publishing
from webapp.workshop.table_views import blueprint as tables
from webapp.workshop.version_views import blueprint as versions
from webapp.workshop.views import blueprint as workshop
from workflows.settings import Settings, secret_key
from workflows.store.session import Database

WORK = (inbox, bulk, lists, tasks, beside, dossiers, rounds)
MOVEMENTS = (movements, leading, sent, examples, ways)
ACCOUNTS = (account, own, people, directory, units)
WORKSHOP = (
    workshop,
    compared,
    diagrams,
    drafted,
    entries,
    gated,
    migrating,
    publishing,
    tables,
    versions,
    foreign,
)
PAGES = (*ACCOUNTS, *WORK, *WORKSHOP, awards, audit, *MOVEMENTS, letters, incidents, about)
MOST_FIELDS = 5_000


def create_app(settings: Settings, db: Database | None = None) -> Flask:
    """The web application on `db`, or on the server that the settings name."""
    app = Flask("webapp")
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME="vinhdanh_page",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # headers.refuse_other_sites checks the origin, also without https
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        MAX_FORM_PARTS=MOST_FIELDS,
    )
    app.extensions["database"] = db or Database(settings.database_url or "", secret=secret_key(settings))
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logged.register(app)
    layout.register(app)
    headers.register(app, https=settings.https)
    session.register(app)
    CSRFProtect(app)
    frame.register(app)
    refusals.register(app)
    for page in PAGES:
        app.register_blueprint(page)
    return app
