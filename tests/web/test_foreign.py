"""The page for a diagram of another program: element by element, never an error, nothing kept and nothing run."""

import io
import re
from collections.abc import Callable

import pytest

from tests.unit.definitions.vendors import CAMUNDA, HOSTILE, MODELS
from tests.web.conftest import Browser, Page


@pytest.fixture
def admin(person: Callable[[str], Browser]) -> Browser:
    """Somebody who may edit the procedure."""
    return person("quan_tri")


def brought(admin: Browser, content: bytes, name: str = "model.bpmn") -> Page:
    return admin.post("/workshop/foreign", {"model": (io.BytesIO(content), name)})


def test_every_element_is_listed_with_what_it_lacks_or_why_it_cannot_run(admin: Browser) -> None:
    page = brought(admin, CAMUNDA.encode(), "<b>office</b>.bpmn")
    assert page.status == 200
    assert "<b>office</b>.bpmn" in page.all("//h2")
    said = page.all("//ol[contains(@class, 'diff-said')]/li")
    assert any("Gate_any dòng 22" in each and "cổng bao gồm không được dùng" in each for each in said)
    assert any("camunda:assignee: Ai làm do làn và nhóm" in each for each in said)
    assert "Tệp không có hình vẽ" in page.text
    assert not page.tree.xpath("//main//script")


@pytest.mark.parametrize("name", MODELS)
def test_a_drawing_is_shown_beside_the_list(admin: Browser, name: str) -> None:
    end = "<!-- BPMNDiagram </textarea><script>x</script> -->"
    drawn = re.sub("</(bpmn:)?definitions>", lambda found: end + found[0], MODELS[name])
    page = brought(admin, drawn.encode())
    assert page.status == 200
    assert "</textarea><script>x" in page.tree.xpath("string(//textarea[@id='foreign-xml'])")
    assert not page.tree.xpath("//main//script")


@pytest.mark.parametrize(
    "kind", sorted(HOSTILE.keys() - {"huge"})
)  # the test client leaves the file of a large upload open
def test_what_is_no_diagram_is_refused_by_name_and_line(admin: Browser, kind: str) -> None:
    content, line = HOSTILE[kind]
    page = brought(admin, content)
    assert page.status == 422
    told = page.one("//*[@role='alert']")
    assert told.startswith(f"model.bpmn, dòng {line}:" if line else "model.bpmn:")


def test_without_a_file_the_page_asks_again(admin: Browser) -> None:
    assert admin.get("/workshop/foreign").status == 200
    assert admin.post("/workshop/foreign", {}).one("//*[@role='alert']") == "Hãy chọn một tệp."
