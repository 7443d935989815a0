"""Suspension, withdrawal of one nominee, return and completion, as the office and the unit see them on their pages."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.answers import dossier, returned
from tests.browser.department import Department
from tests.story import Office


class Staffed(Office):
    """The same department, for what is no page's business here; its jobs are done by its own worker."""

    def __init__(self, department: Department) -> None:
        super().__init__(department.db.url)
        self.db.close()
        self.db, self.department = department.db, department

    def works(self) -> None:
        """The worker has done every job."""
        self.department.settled()


def shot(page: Page, name: str) -> None:
    """A picture of the whole page, for whoever asks for it."""
    if folder := os.environ.get("VINHDANH_TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def fits(page: Page) -> bool:
    """Whether nothing stands out to the right."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_the_office_suspends_one_nominee_and_concludes(department: Department) -> None:
    office = Staffed(department)
    number = office.dossier_at("appraise_dossier", answers=dossier(office.today, "Nguyễn Thị A", "Trần Văn B"))

    officer = department.sign_in("chuyen_vien")
    officer.goto(f"/dossiers/{number}")
    officer.click("#suspend summary")
    officer.select_option("#suspend-line", "2")
    officer.select_option("#ground", "complaint")
    officer.fill("#suspend-reason", "Có đơn khiếu nại về thành tích.")
    shot(officer, "suspend")
    officer.click("#suspend button")
    department.settled()
    officer.goto(f"/dossiers/{number}")
    shot(officer, "suspended")
    assert "Có khiếu nại, tố cáo đang được xem xét: Có đơn khiếu nại" in officer.inner_text("table.lines")

    task = office.task(number, "conclude_suspension", "chuyen_vien")
    officer.goto(f"/tasks/{task}/")
    shot(officer, "conclude")
    phone = department.sign_in("chanh_vp", width=390, locale="en-GB")
    for address, name in ((f"/dossiers/{number}", "suspended-390"), (f"/tasks/{task}/", "conclude-390")):
        phone.goto(address)
        shot(phone, name)
        assert fits(phone), address


def test_the_unit_completes_what_was_returned_and_the_office_reads_the_difference(department: Department) -> None:
    office = Staffed(department)
    number = office.dossier_at("appraise_dossier", answers=dossier(office.today, "Nguyễn Thị A", "Trần Văn B"))
    officer = department.sign_in("chuyen_vien")
    officer.goto(f"/tasks/{office.task(number, 'appraise_dossier')}/")
    shot(officer, "appraise")
    office.completes("appraise_dossier", number, answers=returned(office.observed(number).facts))
    department.settled()

    unit = department.sign_in("don_vi_a")
    unit.goto(f"/tasks/{office.task(number, 'supplement_dossier')}/")
    shot(unit, "supplement")
    assert "Thiếu số liệu." in unit.inner_text("#f-answers")
    unit.goto(f"/dossiers/{number}")
    unit.click("#withdraw summary")
    shot(unit, "withdraw")
    office.completes("supplement_dossier", number)
    officer.goto(f"/tasks/{office.task(number, 'appraise_dossier')}/")
    shot(officer, "difference")
    assert "Đã bổ sung." in officer.inner_text("#difference")
    phone = department.sign_in("chuyen_vien", width=390, locale="en-GB")
    phone.goto(officer.url.removeprefix(department.address))
    shot(phone, "difference-390")
    assert fits(phone)
