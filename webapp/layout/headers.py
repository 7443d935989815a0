"""What a browser may do with our pages, and where a change may come from; it refuses what another site sends."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:;"
    " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
EDITOR_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""For pages with a canvas, whose libraries set styles of their own; scripts stay ours alone."""
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
YEAR = 365 * 24 * 3600


def refuse_other_sites() -> None:
    """A change may come from our own pages only, whatever token it carries."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in OWN_SITES or (origin and origin != "null" and urlsplit(origin).netloc != request.host):
        raise Forbidden


def register(app: Flask, *, https: bool) -> None:
    """Put the headers on every answer of `app` and the check before every request."""
    app.before_request(refuse_other_sites)

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint == "static" and response.status_code == 200:  # noqa: PLR2004  # names with a hash never change
            hashed = request.path.startswith("/static/dist/") or "v" in request.args
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if hashed else "no-cache"
        else:
            response.headers["Cache-Control"] = "no-store"
        if https:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
        return response
