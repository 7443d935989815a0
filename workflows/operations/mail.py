"""A notice leaves by mail: claimed, sent, marked; after a crash between sending and marking it is sent again."""

from collections.abc import Callable

from workflows.store import notices
from workflows.store.session import Database, real_time


def mail_notice(db: Database, notice: int, send: Callable[..., None]) -> bool:
    """Send one notice, if it was not sent yet and its reader has an address."""
    with db.write() as tx:
        letter = notices.letter(tx, notice)
        if letter is None:
            return False
        send(
            to=letter.email,
            subject=letter.subject,
            text=letter.text,
            message_id=f"<notice-{letter.id}@vinhdanh.local>",
        )
        notices.mailed(tx, [letter.id], real_time())
        return True
