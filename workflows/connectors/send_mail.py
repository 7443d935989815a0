"""Hands one letter to the mail server; at least once, with a Message-ID that stays the same."""

import smtplib
import ssl
from email.header import Header
from email.mime.text import MIMEText
from urllib.parse import unquote, urlsplit

SECONDS = 20


def send_mail(server: str, sender: str, *, to: str, subject: str, text: str, message_id: str) -> None:
    """Send a plain letter over `server` (smtp://user:password@host:port or smtps://…)."""
    address = urlsplit(server)
    letter = MIMEText(text, "plain", "utf-8")  # EmailMessage of Python 3.11 loses spaces where it folds a subject
    letter["From"], letter["To"], letter["Message-ID"] = sender, to, message_id
    letter.add_header("Subject", Header(subject, "utf-8", header_name="Subject").encode())
    secure = address.scheme == "smtps"
    host, port = address.hostname or "localhost", address.port or (465 if secure else 25)
    connection = (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
        if secure
        else smtplib.SMTP(host, port, timeout=SECONDS)
    )
    with connection as smtp:
        if address.username:
            smtp.login(unquote(address.username), unquote(address.password or ""))
        smtp.send_message(letter)
