"""Incoming letters: entered with their paper, matched by our number and the body asked, kept whatever happens."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from lxml import html

from tests.story import procedure
from tests.web.conftest import Browser
from webapp.app import create_app
from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed, NotFound
from workflows.operations.dossiers import attach_paper
from workflows.operations.letters import LetterTwice, SenderNotAsked, enter_letter
from workflows.queries.accounts import actor_named
from workflows.queries.observation import observe, open_task
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories.again import every_story
from workflows.stories.papers import sample_paper
from workflows.stories.player import Player
from workflows.stories.stage import Stage

ANSWERS = {"outcome": "refuse", "letter_no": "9/SNV", "letter_date": "2021-11-03", "reason": "Không đủ."}
OURS = "01/TTr-SLĐTBXH"
LETTER = {"body": "province", "number": "15/UBND-VX", "dated": "28/10/2021", "subject": "Về việc tặng Bằng khen"}


class Desk:
    """The clerk at the register, while a matter of a story waits for the province."""

    def __init__(self, db: Database, matter: str) -> None:
        self.db, self.matter = db, matter
        settings = Settings(database_url="postgresql://nowhere", secret_key="k" * 40)
        self.browser = Browser(create_app(settings, db).test_client())
        self.browser.post("/sign-in/demo", {"login": "van_thu"})

    def enter(self, **told: str) -> tuple[int, str, str]:
        """Send the page of the register; status, text and address of what comes."""
        data: dict[str, object] = {**LETTER, **told}
        if not data.pop("without_file", ""):
            data["file"] = (BytesIO(sample_paper("Văn bản")), "van-ban.pdf")
        page = self.browser.post("/letters/new", data)
        return page.status, page.text, page.path

    @property
    def open(self) -> tuple[str, ...]:
        """The open tasks of the matter."""
        return observe(self.db, self.matter).open


@pytest.fixture(scope="module")
def stage(fresh_database: Callable[[], str]) -> Stage:
    return Stage(fresh_database(), min(story.starts for story in every_story(procedure()).values()))


@pytest.fixture
def desk(stage: Stage) -> Iterator[Desk]:
    """A round whose package has left for the province, and which waits for the answer."""
    story = every_story(procedure())["province_outside"]
    with stage.set_for(story, procedure()) as db:
        player = Player(db, Settings(), procedure(), story)
        while "record_province_reply" not in _open(player):
            player.step()
        yield Desk(db, player.aliases["dot_xet"])


def _open(player: Player) -> tuple[str, ...]:
    number = player.aliases.get("dot_xet")
    return observe(player.db, number).open if number else ()


def enter(db: Database, actor: Actor, message: str = "province_replied", *, confirmed: bool = False) -> int:
    number, file = "99/TTr-SLĐTBXH", ("van-ban.pdf", sample_paper("Văn bản"))
    return enter_letter(db, actor, message=message, number=number, answers=ANSWERS, file=file, confirmed=confirmed)


def test_an_early_letter_waits_where_the_clerk_sees_it_and_is_kept_once(
    demo: tuple[Settings, Database], person: Callable[[str], Browser]
) -> None:
    _, db = demo
    clerk, unit = actor_named(db, "van_thu"), actor_named(db, "don_vi_a")
    assert clerk is not None
    assert unit is not None

    enter(db, clerk)

    assert "99/TTr-SLĐTBXH" in person("van_thu").get("/letters").text
    with pytest.raises(LetterTwice):
        enter(db, clerk)
    with pytest.raises(NotAllowed):
        enter(db, unit)
    assert person("don_vi_a").get("/letters").status == 403
    assert person("don_vi_a").get("/letters/new").status == 403


def test_a_letter_is_entered_with_its_paper_and_answers_the_matter_that_waits(desk: Desk) -> None:
    status, text, path = desk.enter(answers_number=OURS)
    assert status == 200, text
    assert desk.matter in text
    answered = desk.browser.post(
        f"{path}/answer/province_replied",
        {"outcome": "refuse", "letter_no": "15/UBND-VX", "letter_date": "28/10/2021", "reason": "Không đủ."},
    )

    assert answered.status == 200, answered.text
    seen = observe(desk.db, desk.matter)
    assert not seen.open
    assert "outside_answer" in seen.papers
    assert desk.browser.get(path).status == 200
    again = desk.browser.post(f"{path}/answer/province_replied", {"outcome": "refuse"})
    assert again.status == 409


def test_an_unmatched_letter_waits_in_sight_until_it_is_assigned(desk: Desk) -> None:
    _, text, path = desk.enter(answers_number="77/TTr-SLĐTBXH")
    assert "Chưa biết văn bản này trả lời hồ sơ nào" in text
    assert "15/UBND-VX" in desk.browser.get("/letters").text
    assert desk.browser.post(f"{path}/keep", {}).status == 409
    assert desk.browser.post(f"{path}/assign", {"typed": "HS-9999"}).status == 404

    assigned = desk.browser.post(f"{path}/assign", {"number": desk.matter})

    assert desk.matter in assigned.text
    assert assigned.tree.xpath("//form[@id='form']")


def test_what_is_wrong_is_named_at_once_and_every_entry_stays(desk: Desk) -> None:
    status, text, _ = desk.enter(number="", dated="31/02/2021", without_file="yes")
    tree = html.fromstring(text)

    assert status == 422
    assert len(tree.xpath("//p[@class='msg']")) == 3
    assert tree.xpath("//input[@name='subject']/@value") == [LETTER["subject"]]
    assert tree.xpath("//input[@name='dated']/@value") == ["31/02/2021"]
    assert tree.xpath("//select[@name='body']/option[@selected]/@value") == ["province"]
    assert desk.enter(dated="28/10/2031")[0] == 422
    assert desk.enter()[0] == 200
    assert desk.enter()[0] == 409, "the same letter is kept once"


def test_who_records_an_answer_at_the_task_attaches_its_letter_first(desk: Desk) -> None:
    actor = actor_named(desk.db, "van_thu")
    office = actor_named(desk.db, "chuyen_vien")
    assert actor is not None
    assert office is not None
    task = open_task(desk.db, desk.matter, "record_province_reply", "van_thu")
    page = desk.browser.post(f"/tasks/{task}/claim", {})
    assert page.tree.xpath("//ul[@class='required']/li/@class") == ["missing"]
    assert page.tree.xpath("//select[@name='paper_kind']/option/@value") == ["outside_answer"]
    seen = page.tree.xpath("//input[@name='_seen']/@value")[0]
    told: dict[str, object] = {**ANSWERS, "letter_date": "28/10/2021", "_key": "k1", "_seen": seen}

    refused = desk.browser.post(f"/tasks/{task}/complete", told)

    assert refused.status == 422
    assert "Văn bản của cơ quan ngoài" in refused.text
    with pytest.raises(NotFound):
        attach_paper(desk.db, office, desk.matter, "outside_answer", "", "x.pdf", sample_paper("x"))
    with pytest.raises(NotFound):
        attach_paper(desk.db, actor, desk.matter, "decision", "", "x.pdf", sample_paper("x"))
    file = {"paper_kind": "outside_answer", "paper": (BytesIO(sample_paper("Công văn")), "cong-van.pdf")}
    attached = desk.browser.post(f"/tasks/{task}/papers", {**told, **file})
    assert attached.tree.xpath("//ul[@class='required']/li/@class") == ["there"]
    assert len(attached.tree.xpath("//ul[@class='papers']//button[contains(@formaction, '/remove')]")) == 1
    done = desk.browser.post(f"/tasks/{task}/complete", told)
    assert done.status == 200, done.text
    assert not desk.open


def test_a_half_filled_answer_keeps_what_was_typed(desk: Desk) -> None:
    _, _, path = desk.enter(answers_number=OURS)
    half: dict[str, object] = {"outcome": "refuse", "letter_no": "15", "reason": ""}
    refused = desk.browser.post(f"{path}/answer/province_replied", half)

    assert refused.status == 422
    assert refused.tree.xpath("//input[@name='letter_no']/@value") == ["15"]
    assert desk.open == ("record_province_reply",)


def test_a_letter_of_a_body_that_was_not_asked_needs_a_clerks_word(desk: Desk) -> None:
    clerk = actor_named(desk.db, "van_thu")
    assert clerk is not None
    file = ("van-ban.pdf", sample_paper("Văn bản"))
    with pytest.raises(SenderNotAsked):
        enter_letter(desk.db, clerk, message="pm_decided", number=OURS, answers={"outcome": "refuse"}, file=file)
    _, text, path = desk.enter(body="central", answers_number=OURS)
    assert re.search(r'name="_confirmed"', text)
    told: dict[str, object] = {
        "outcome": "refuse",
        "letter_no": "15",
        "letter_date": "28/10/2021",
        "reason": "Không đủ.",
    }

    refused = desk.browser.post(f"{path}/answer/province_replied", told)

    assert refused.status == 409
    assert "xác nhận" in refused.text
    assert desk.open == ("record_province_reply",)
    assert desk.browser.post(f"{path}/answer/province_replied", {**told, "_confirmed": "yes"}).status == 200
    assert not desk.open
