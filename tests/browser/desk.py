"""What a person does at the desk, in words: open a task, fill it in, press the button named by the outcome."""

from collections.abc import Mapping
from typing import Self

from playwright.sync_api import Page, expect

from tests.browser.department import Department, until

OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
)


def _empty_page() -> bytes:
    """A PDF of one empty page that a browser's viewer opens without complaint."""
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(OBJECTS, start=1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 4\n0000000000 65535 f \n" + rows
    return body + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


PDF = _empty_page()


class Desk:
    """One person's browser."""

    def __init__(self, department: Department, login: str) -> None:
        self.department = department
        self.page: Page = department.sign_in(login)

    def opens(self, step: str) -> Self:
        """The first task with this step, in their own list or else in the list that is nobody's yet."""
        self.department.settled()
        until(lambda: self._finds(step), f"a task «{step}» for this person")
        expect(self.page.locator("h1")).to_contain_text(step)
        return self._taken()

    def _finds(self, step: str) -> bool:
        for queue in ("mine", "pool"):
            self.page.goto(f"/inbox?queue={queue}")
            row = self.page.locator("main tbody tr", has_text=step)
            if row.count():
                row.first.locator('a[href^="/tasks/"]').first.click()
                return True
        return False

    def _taken(self) -> Self:
        claim = self.page.get_by_role("button", name="Nhận xử lý")
        if claim.count():
            claim.first.click()
            expect(claim).to_have_count(0)
        return self

    def fills(self, answers: Mapping[str, str]) -> Self:
        """Fill fields in by their names; radio buttons and selects are chosen by value."""
        for name, value in answers.items():
            field = self.page.locator(f'main [name="{name}"]')
            kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if kind == "select":
                field.select_option(value)
            elif kind in {"radio", "checkbox"}:
                self.page.locator(f'main [name="{name}"][value="{value}"]').check()
            else:
                field.fill(value)
        return self

    def opens_dossier(self, kind: str) -> str:
        """Open a dossier of this kind ("thematic" or "ad_hoc"); its first task is on the screen. Returns its number."""
        self.page.goto("/dossiers/new")
        self.page.check('[name="award_form"][value="giay_khen"]')
        self.page.check(f'[name="kind"][value="{kind}"]')
        self.page.locator("main .btn-primary").click()
        title = self.page.locator("h1")
        expect(title).to_contain_text("HS-")
        return (title.text_content() or "").split()[0]

    def opens_round(self) -> Self:
        """Open a review round with what the page proposes."""
        self.page.goto("/rounds/new")
        self.page.check('[name="award_form"][value="giay_khen"]')
        title = self.page.locator('main [name="title"]')
        if title.count():
            title.fill("Đợt xét khen 20/10/2021")
        self.page.locator("main .btn-primary").click()
        expect(self.page.locator("h1")).to_contain_text("ĐX-")
        return self

    def ticks(self, name: str, values: list[str]) -> Self:
        """Tick these values of a checklist."""
        for value in values:
            self.page.check(f'main [name="{name}"][value="{value}"]')
        return self

    def attaches(self, kind: str) -> Self:
        """Attach a paper of this kind from the task's page."""
        self.page.select_option('[name="paper_kind"]', kind)
        self.page.set_input_files(
            '[name="paper"]', {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Đính kèm").click()
        return self

    def presses(self, button: str) -> Self:
        """Press the button with these words, and expect that the page has nothing to complain about."""
        self.page.locator("main").get_by_role("button", name=button).first.click()
        self.page.wait_for_load_state()
        expect(self.page.locator("#problems")).to_have_count(0)
        return self
