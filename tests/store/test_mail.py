"""A notice leaves by mail: to its reader's address, in the words of the procedure, once however often its job runs."""

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import text

from tests.story import Office
from workflows.domain.paper import Notice
from workflows.domain.person import Person
from workflows.jobs import drain
from workflows.operations import accounts
from workflows.queries.dossiers import dossier
from workflows.settings import Settings
from workflows.store import notices
from workflows.store.session import enqueue

READER, ADDRESS = "nguoi_nhan", "nguoi.nhan@don-vi.example"
TOLD = Notice(READER, "Kết quả xét khen thưởng", "Hồ sơ có đối tượng được tặng Giấy khen.")
MAILED = "select count(*) from notice where id = :id and mailed_at is not null"


class Postbox:
    """A mail server that keeps what it is handed, or refuses while it is `full`."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.full = False

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take one letter."""
        if self.full:
            return "452 the box is full"
        letter = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        assert envelope.rcpt_tos == [ADDRESS]
        self.letters.append(letter)
        return "250 taken"


@pytest.fixture
def postbox() -> Postbox:
    """What the mail server has been handed."""
    return Postbox()


@pytest.fixture
def mailing(postbox: Postbox) -> Iterator[Settings]:
    """Settings of an office that sends mail."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(postbox, hostname="127.0.0.1", port=port)
    server.start()
    yield Settings(smtp_url=f"smtp://127.0.0.1:{port}", mail_from="vinhdanh@so.example")
    server.stop()


@pytest.fixture
def office(shared_office: Office) -> Office:
    """One office in which somebody has an address."""
    return with_address(shared_office)


def with_address(office: Office) -> Office:
    """The office, with somebody in it who has an address."""
    accounts.add_person(office.db, Person(READER, "Bà Người Nhận", email=ADDRESS, groups=("unit",)))
    return office


def told(office: Office, key: str, notice: Notice = TOLD) -> int:
    """Somebody is told something about a dossier; the notice's id."""
    number = office.unit_opens_dossier()
    with office.tables() as tx:
        instance = tx.execute(text("select id from instance where number = :n"), {"n": number}).scalar_one()
        notices.add(tx, key, instance, notice, office.now)
        return int(tx.execute(text("select id from notice where key = :key"), {"key": key}).scalar_one())


def test_a_notice_reaches_the_mail_server_once(office: Office, postbox: Postbox, mailing: Settings) -> None:
    made = told(office, "once")
    drain(office.db, mailing)
    with office.tables() as tx:
        enqueue(tx, "mail_notice", notice=made)
    drain(office.db, mailing)

    (letter,) = postbox.letters
    assert (letter["To"], letter["From"], letter["Subject"]) == (ADDRESS, "vinhdanh@so.example", TOLD.subject)
    assert letter.get_content().strip() == TOLD.text
    assert office.asks(MAILED, id=made) == 1


def test_a_letter_sent_again_after_a_crash_has_the_same_message_id(
    office: Office, postbox: Postbox, mailing: Settings
) -> None:
    made = told(office, "crash")
    drain(office.db, mailing)
    with office.tables() as tx:  # as if the process had died between sending and marking
        tx.execute(text("update notice set mailed_at = null where id = :id"), {"id": made})
        enqueue(tx, "mail_notice", notice=made)
    drain(office.db, mailing)

    first, second = (letter["Message-ID"] for letter in postbox.letters)
    assert first == second == f"<notice-{made}@vinhdanh.local>"


def test_a_letter_that_the_server_refuses_waits_and_is_not_marked(
    new_office: Callable[[], Office], postbox: Postbox, mailing: Settings
) -> None:
    office, postbox.full = with_address(new_office()), True
    made = told(office, "full")
    drain(office.db, mailing)
    assert office.asks(MAILED, id=made) == 0
    assert office.jobs("mail_notice") == [{"notice": made}]
    office.db.close()


def test_who_has_no_address_and_an_office_without_mail_keep_the_notice_on_the_page(
    office: Office, postbox: Postbox, mailing: Settings
) -> None:
    without = told(office, "no address", Notice("don_vi_a", TOLD.subject, TOLD.text))
    drain(office.db, mailing)
    unset = told(office, "no server")
    drain(office.db, Settings())

    assert postbox.letters == []
    assert [office.asks(MAILED, id=each) for each in (without, unset)] == [0, 0]


def test_a_page_shows_what_was_sent_to_whom_and_when_in_both_languages(office: Office) -> None:
    found = office.dossier_awarded()
    (notice,) = dossier(office.db, office.person("don_vi_a"), found).notices

    assert notice.to == office.person("don_vi_a").name
    assert notice.at <= office.now
    assert notice.subject.en == "Result of the commendation review"
    assert notice.text.vi.startswith(f"Hồ sơ {found} có đối tượng được tặng Giấy khen.")
    assert notice.text.en.startswith(f"Dossier {found} has nominees who are commended.")
