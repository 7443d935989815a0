"""The notices that an instance has sent, read back in both languages from the words of its own procedure."""

import re

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.filling import PLACE, filled
from workflows.domain.text import Text
from workflows.queries.rows import NoticeRow

SENT = text(
    """select coalesce(a.name, n.login) as to_name, n.at, n.subject, n.text, n.mailed_at
from notice n left join account a on a.login = n.login where n.instance_id = :id order by n.id"""
)


def notices_of(tx: Connection, bundle: Bundle, instance: int) -> tuple[NoticeRow, ...]:
    """What was told to whom, oldest first."""
    return tuple(
        NoticeRow(row.to_name, row.at, *in_both(bundle, row.subject, row.text), mailed=row.mailed_at is not None)
        for row in tx.execute(SENT, {"id": instance})
    )


def in_both(bundle: Bundle, subject: str, body: str) -> tuple[Text, Text]:
    """Subject and body of a sent notice with their English; as it was sent where no notice of the bundle reads so."""
    for notice in bundle.notices.values():
        told = _told(notice.body.vi, body) if notice.title.vi == subject else None
        if told is not None:
            return notice.title, Text(body, filled(notice.body.en, told))
    return Text(subject), Text(body)


def _told(template: str, body: str) -> dict[str, str] | None:
    """What stands in a body where its template has names, or None where it was not made from this template."""
    names = [place[1] for place in PLACE.finditer(template)]
    parts = PLACE.sub("\0", template).split("\0")
    found = re.fullmatch("(.*)".join(map(re.escape, parts)), body, re.DOTALL)
    return dict(zip(names, found.groups(), strict=True)) if found else None
