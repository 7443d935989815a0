"""Addresses of the built bundles and of the icons; a page without them is served plain rather than not at all."""

import hashlib
import json
from functools import cache
from pathlib import Path

from flask import Flask, url_for

STATIC = Path(__file__).resolve().parent.parent / "static"


@cache
def _manifest() -> dict[str, str]:
    try:
        built = json.loads((STATIC / "dist" / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {str(name): str(file) for name, file in built["files"].items()}


@cache
def _icons() -> str:
    return hashlib.sha256((STATIC / "icons.svg").read_bytes()).hexdigest()[:8]


def asset(name: str) -> str | None:
    """The address of a bundle such as `app.css`; None before the bundles are built."""
    file = _manifest().get(name)
    return url_for("static", filename=f"dist/{file}") if file else None


def icon(name: str) -> str:
    """The address of one symbol of the icon sheet."""
    return url_for("static", filename="icons.svg", v=_icons()) + f"#{name}"


def register(app: Flask) -> None:
    """Let the templates of `app` name bundles and icons."""
    if not _manifest():
        app.logger.warning("The pages are served without style: the bundles are not built (run ./run).")
    app.jinja_env.globals.update(asset=asset, icon_address=icon)
