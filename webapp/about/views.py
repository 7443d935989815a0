"""The page about this software and the licences of its parts, and the list of keys."""

from importlib.metadata import PackageNotFoundError, version

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.account.session import public
from webapp.layout.assets import STATIC

blueprint = Blueprint("about", __name__, template_folder="templates")


@blueprint.get("/about")
@public
def about() -> ResponseReturnValue:
    """Name, version, licence, parts."""
    parts = "dist/THIRD-PARTY.txt"
    licences = url_for("static", filename=parts) if (STATIC / parts).is_file() else None
    return render_template("about/about.html", version=_version(), licences=licences)


@blueprint.get("/keys")
@public
def keys() -> ResponseReturnValue:
    """Every key that does something; with scripts the same list opens over a page when «?» is pressed."""
    return render_template("about/keys.html")


def _version() -> str:
    try:
        return version("vinhdanh")
    except PackageNotFoundError:
        return ""
