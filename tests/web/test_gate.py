"""The check before publishing in the browser: asked for, stopped, ended; a planted deadlock is led to and painted."""

import json
import time
from collections.abc import Callable
from hashlib import sha256 as digest

from tests.web.conftest import Browser
from workflows.definitions import checksum
from workflows.jobs.gating import check_draft
from workflows.operations import gating, workshop
from workflows.queries import gating as checks
from workflows.queries.accounts import actor_named
from workflows.queries.workshop import files_of
from workflows.settings import Settings
from workflows.store.session import Database

Person = Callable[[str], Browser]
DIAGRAM, JOIN = "appraisal.bpmn", "appraisal_entry"


def planted(db: Database) -> int:
    """A draft in which two ways that never both come meet in a parallel gateway."""
    admin = actor_named(db, "quan_tri")
    assert admin
    draft = workshop.open_draft(db, admin, "Có chỗ kẹt")
    held = files_of(db, admin, draft)[DIAGRAM]
    before, _, after = held.decode().partition(f'<bpmn:exclusiveGateway id="{JOIN}"')
    after = after.replace("</bpmn:exclusiveGateway>", "</bpmn:parallelGateway>", 1)
    content = f'{before}<bpmn:parallelGateway id="{JOIN}"{after}'.encode()
    workshop.save_file(db, admin, draft, DIAGRAM, content, digest(held).hexdigest())
    return draft


def test_the_check_of_a_draft_leads_to_a_planted_deadlock_and_paints_the_way(
    person: Person, demo: tuple[Settings, Database]
) -> None:
    db, browser = demo[1], person("quan_tri")
    actor = actor_named(db, "quan_tri")
    assert actor
    draft = planted(db)
    address = f"/workshop/drafts/{draft}/gate"
    asked = browser.send(browser.get(address), "//form[contains(@class, 'bulk-form')]", {})
    assert asked.all("//div[@id='gate']/@hx-trigger") == ["every 1s"]
    assert gating.ask(db, actor, draft) is False
    check_draft(db, draft, checks.check_of(db, actor, draft).sha256)
    ended = browser.get(address)
    assert "chưa được ban hành" in ended.one("//span[contains(@class, 'sticker')]")
    assert f"/workshop/drafts/{draft}/diagrams/appraisal#{JOIN}" in ended.all(
        "//li[contains(@class, 'finding')]/a/@href"
    )
    marks = [json.loads(each) for each in ended.all("//div[@class='viewer']/@data-marks")]
    assert any(JOIN in each["error"] and each["done"] for each in marks)


def test_a_check_that_was_stopped_or_takes_too_long_is_killed(demo: tuple[Settings, Database]) -> None:
    db = demo[1]
    actor = actor_named(db, "quan_tri")
    assert actor
    draft = workshop.open_draft(db, actor, "Dừng giữa chừng")
    sha256 = checksum(files_of(db, actor, draft))
    gating.ask(db, actor, draft)
    assert gating.stop(db, actor, draft)
    check_draft(db, draft, sha256)
    assert checks.check_of(db, actor, draft).state == "stopped"
    gating.ask(db, actor, draft)
    began = time.monotonic()
    check_draft(db, draft, sha256, longest=1.0)
    assert time.monotonic() - began < 5
    found = checks.check_of(db, actor, draft)
    assert found.state == "done"
    assert not (found.report and found.report.ok)
