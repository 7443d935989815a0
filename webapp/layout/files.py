"""Files of people as answers: shown where a browser shows them safely, else handed out; nothing in them runs."""

from io import BytesIO

from flask import Response, request, send_file

SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg", "text/plain"})
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
IN_A_FRAME = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
"""A browser shows no PDF in a sandbox; its own viewer keeps what a PDF holds away from our pages."""


def file_answer(content: bytes, media_type: str, filename: str) -> Response:
    """The file as the address asks: with `download` to be saved, with `show` a PDF also inside our own pages."""
    shown = media_type in SHOWN_IN_BROWSER
    response = send_file(
        BytesIO(content),
        mimetype=media_type if shown else "application/octet-stream",
        as_attachment=not shown or "download" in request.args,
        download_name=filename,
    )
    in_frame = "show" in request.args and media_type == "application/pdf"
    response.headers["Content-Security-Policy"] = IN_A_FRAME if in_frame else NOTHING_RUNS
    if in_frame:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
