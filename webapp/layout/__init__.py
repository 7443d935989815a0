"""What every page stands on: frame, words, dates, forms, refusals; it knows no person and no procedure."""

from typing import TYPE_CHECKING, cast

from flask import Blueprint, Flask, current_app

from webapp.layout import addresses, assets, language, words

if TYPE_CHECKING:
    from workflows.store.session import Database

blueprint = Blueprint("layout", __name__, template_folder="templates")


def database() -> "Database":
    """The one database of this application."""
    return cast("Database", current_app.extensions["database"])


def register(app: Flask) -> None:
    """Give the templates of `app` their frame, their words and their languages."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.register_blueprint(blueprint)
    language.register(app)
    assets.register(app)
    words.register(app)
    addresses.register(app)
