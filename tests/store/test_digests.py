"""The morning letter: once on a working day, to whom work waits, with what is overdue first, by a real mail server."""

from tests.store.test_mail import ADDRESS, Postbox, mailing, postbox
from tests.story import Office
from workflows.domain.person import Person
from workflows.jobs import drain
from workflows.operations import accounts
from workflows.operations.digests import order_digests
from workflows.settings import Settings

__all__ = ["mailing", "postbox"]


def with_mail(office: Office) -> Office:
    """The officer has an address."""
    officer = Person("chuyen_vien", "Trần Giả Định", unit="vp_so", email=ADDRESS, groups=("office",))
    accounts.add_person(office.db, officer)
    return office


def test_the_letter_names_the_work_with_its_limits_once_a_day(
    office: Office, mailing: Settings, postbox: Postbox
) -> None:
    number = with_mail(office).dossier_at("appraise_dossier")
    assert (order_digests(office.db), order_digests(office.db)) == (1, 0)
    drain(office.db, mailing)
    (letter,) = postbox.letters
    assert letter["Subject"] == "Vinh Danh: 1 việc cần xử lý"
    told = letter.get_content()
    assert f"- {number} Nguyễn Thị Ví Dụ: Thẩm định hồ sơ (hạn " in told
    assert told.rstrip().endswith("/inbox")

    office.waits(working_days=30)
    assert order_digests(office.db) == 1
    drain(office.db, mailing)
    assert postbox.letters[1]["Subject"] == "Vinh Danh: 1 việc cần xử lý, 1 việc quá hạn"
    assert "QUÁ HẠN" in postbox.letters[1].get_content()


def test_nobody_without_work_or_on_a_day_off_gets_a_letter(office: Office, mailing: Settings, postbox: Postbox) -> None:
    assert order_digests(with_mail(office).db) == 0
    office.dossier_at("appraise_dossier")
    office.waits(days=5)
    assert not office.today.weekday() < 5
    assert order_digests(office.db) == 0
    drain(office.db, mailing)
    assert postbox.letters == []
