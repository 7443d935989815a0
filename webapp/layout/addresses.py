"""Where to go back to: addresses of our own only; it refuses to send anybody elsewhere."""

from urllib.parse import urlsplit

from flask import Flask, request, url_for

ROUND, PUBLICATION = "ĐX-", "PB-"


def own(address: str | None, otherwise: str) -> str:
    """`address` if it is a path on this site, else `otherwise`."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or "\\" in address[:2]:
        return otherwise
    parts = urlsplit(address)
    return otherwise if parts.scheme or parts.netloc or any(ord(char) < ord(" ") for char in address) else address


def came_from(otherwise: str) -> str:
    """The page this request came from, if it is ours."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return otherwise
    return own(parts.path + (f"?{parts.query}" if parts.query else ""), otherwise)


def place_of(number: str) -> str:
    """The page of an instance by its number: a review round (ĐX-…), a publication (PB-…), else a dossier."""
    if number.startswith(PUBLICATION):
        return url_for("publishing.publication", number=number)
    return url_for("rounds.round_page" if number.startswith(ROUND) else "dossiers.dossier", number=number)


def register(app: Flask) -> None:
    """Let the templates of `app` link an instance by its number."""
    app.jinja_env.globals["place_of"] = place_of
