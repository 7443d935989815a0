"""The morning letter: once on a working day, to everybody with an address for whom work waits."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from workflows.domain.calendar import LOCAL, local_day
from workflows.domain.text import Text
from workflows.store import digests, effects
from workflows.store.bundles import deployed, in_force
from workflows.store.digests import Waits
from workflows.store.session import Database, clock, enqueue

PROCEDURE = "commendation"
MOST_NAMED = 20


def order_digests(db: Database) -> int:
    """Have today's letters written, those that were not yet; none on a day off. Returns how many."""
    with db.write() as tx:
        today = local_day(clock(tx)[1])
        if not in_force(tx, PROCEDURE)[1].working_days().is_working(today):
            return 0
        fresh = [login for login in digests.readers(tx) if effects.record(tx, f"digest:{login}:{today}")]
        for login in fresh:
            enqueue(tx, "mail_digest", login=login, day=f"{today}")
        return len(fresh)


def mail_digest(db: Database, login: str, day: str, address: str, send: Callable[..., None]) -> bool:
    """Send one person the letter of a day, with `address` of the inbox in it; False where there is nothing to say."""
    with db.read() as tx:
        reader = digests.address(tx, login)
        now = clock(tx)[1]
        waits, pool = digests.work_of(tx, login, now.astimezone(LOCAL))
        if reader is None or not waits:
            return False
        email, locale = reader
        words = _letter(tx, waits, pool, now)
        late = sum(each.due_at is not None and each.due_at < now for each in waits)
        subject = Text(
            f"Vinh Danh: {len(waits)} việc cần xử lý" + (f", {late} việc quá hạn" if late else ""),
            f"Vinh Danh: {len(waits)} tasks" + (f", {late} overdue" if late else ""),
        )
    send(
        to=email,
        subject=subject.of(locale),
        text=f"{words.of(locale)}\n\n{address}\n",
        message_id=f"<digest-{login}-{day}@vinhdanh.local>",
    )
    return True


def _letter(tx: Connection, waits: tuple[Waits, ...], pool: int, now: datetime) -> Text:
    lines = [_line(tx, each, now) for each in waits[:MOST_NAMED]]
    more = len(waits) - len(lines)
    vi = [each.vi for each in lines] + ([f"… và {more} việc khác"] if more else [])
    en = [each.of("en") for each in lines] + ([f"… and {more} more"] if more else [])
    if pool:
        vi.append(f"\n{pool} việc chưa ai nhận trong nhóm của bạn.")
        en.append(f"\n{pool} tasks of your groups are nobody's yet.")
    return Text("Việc của bạn hôm nay:\n" + "\n".join(vi), "Your work today:\n" + "\n".join(en))


def _line(tx: Connection, each: Waits, now: datetime) -> Text:
    step = deployed(tx, each.bundle_id).element_name(each.process, each.element)
    if each.due_at is None:
        vi, en = "không có hạn", "no limit"
    else:
        day = f"{local_day(each.due_at):%d/%m/%Y}"
        is_late = each.due_at < now
        vi, en = (f"QUÁ HẠN {day}", f"OVERDUE {day}") if is_late else (f"hạn {day}", f"due {day}")
    about = f"{each.number} {each.title}".strip()
    return Text(f"- {about}: {step.vi} ({vi})", f"- {about}: {step.of('en')} ({en})")
