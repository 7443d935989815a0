"""Every form of the bundle as a page shows it, and as the server reads it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, render_template_string
from lxml import html
from werkzeug.datastructures import MultiDict

from tests.web.conftest import BUNDLE
from webapp.layout.form_page import FormPage, form_page
from workflows.definitions import load_bundle
from workflows.domain.form import FILLED_BY_SYSTEM, draft
from workflows.domain.form_fields import properties, resolve

FORMS = load_bundle(BUNDLE).forms
TEMPLATE = """{% import "layout/form.html" as f with context %}<form>{{ f.summary(form) }}
{% for table in form.tables %}
{{ f.judged(table, "/d") if table.kind == "lines" else f.sheet(table, "/d") if table.kind == "standards"
  else f.written(table, "/d") }}{% endfor %}
{% for each in form.sections %}{{ f.section(each) }}{% endfor %}{{ f.buttons(form) }}</form>"""
PEOPLE = [("nguoi_a", "Trần Giả Định"), ("nguoi_b", "Ngô Thị Hình Dung")]


@dataclass(frozen=True)
class Line:
    """A line to be judged."""

    line: int
    name: str
    number: str | None = "HS-0001"
    unit: str | None = "Phòng Mẫu"
    detail: str = "chuyên viên"
    excluded: str | None = None
    standards: tuple[str, ...] = ("I1",)


ASKED = (Line(1, "Thiếu số liệu"),)
LINES = (Line(1, "Bà Nguyễn Thị Ví Dụ"), Line(2, "Ông Đỗ Văn Ví Như", excluded="chính bạn"), Line(3, "Tổ Mẫu"))


def choices(schema: Any) -> dict[str, Any]:
    elsewhere = ("x-person", "x-stage", "x-content", "x-target", "x-rows")
    found = {}
    for name, field in properties(schema).items():
        items: Any = field.get("items", {})
        if any(key in field for key in elsewhere):
            found[name] = PEOPLE
        for column, inner in properties(items).items():
            if any(key in inner for key in elsewhere):
                found[f"{name}.{column}"] = PEOPLE
    return found


def shown(form: FormPage) -> html.HtmlElement:
    return html.fromstring(render_template_string(TEMPLATE, form=form))


def pages(app: Flask, name: str, locale: str = "vi", **more: Any) -> tuple[FormPage, html.HtmlElement]:
    schema, ui = FORMS[name].schema, FORMS[name].ui
    with app.test_request_context(headers={"Cookie": f"vinhdanh_language={locale}"}):
        form = form_page(schema, ui, more.pop("answers", {}), choices=choices(schema), lines=LINES, asked=ASKED, **more)
        return form, shown(form)


def sent(page: html.HtmlElement) -> list[tuple[str, str]]:
    """What a browser would send."""
    (form,) = page.xpath("descendant-or-self::form")
    return list(form.form_values())


def asked(name: str) -> Iterator[str]:
    """The fields a person answers."""
    schema = FORMS[name].schema
    for key, field in properties(schema).items():
        if not any(field.get(keyword) for keyword in FILLED_BY_SYSTEM):
            items: Any = resolve(schema, field.get("items", {}))  # type: ignore[arg-type]
            columns = [column for column in properties(items) if column != "line"]
            yield from (f"{key}-0-{column}" for column in columns) if columns else (key,)


@pytest.mark.parametrize("name", FORMS)
def test_every_field_of_a_form_can_be_answered(app: Flask, name: str) -> None:
    _, page = pages(app, name)
    names = set(page.xpath("//*[self::input or self::select or self::textarea or self::button]/@name"))
    assert set(asked(name)) <= names


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_field_has_its_label_in_both_languages(app: Flask, name: str, locale: str) -> None:
    form, page = pages(app, name, locale)
    fields = [field for section in form.sections for field in section.fields]
    fields += [column for table in form.tables for column in table.columns]
    assert [each.name for each in fields if each.label == each.name.rsplit("-", 1)[-1]] == []
    assert form.title
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", FORMS)
def test_what_a_form_shows_is_what_the_server_reads(app: Flask, name: str) -> None:
    schema: Any = FORMS[name].schema
    _, page = pages(app, name)
    for control in page.xpath("//textarea | //input[@type='text']"):
        control.text, control.attrib["value"] = "12", "12"
    for box in page.xpath("//input[@type='checkbox'] | //input[@type='radio']"):
        box.attrib["checked"] = ""
    for select in page.xpath("//select"):
        select.value = select.value_options[-1]
    answers = draft(schema, MultiDict(sent(page)))
    _, again = pages(app, name, answers=answers)
    assert {key for key, _ in sent(again)} >= {key for key, value in answers.items() if not isinstance(value, list)}


def test_a_line_that_concerns_the_member_is_shown_but_cannot_be_answered(app: Flask) -> None:
    form, page = pages(app, "cast_ballot")
    (table,) = form.tables
    assert [len(row.cells) > 0 for row in table.rows] == [True, False, True]
    assert [each.get("value") for each in page.xpath("//input[@type='hidden']")] == ["1", "3"]
    assert "chính bạn" in page.xpath("string(//tr[contains(@class, 'excluded')])")


def test_one_button_answers_all_lines_and_leaves_the_exceptions(app: Flask) -> None:
    answers = {"lines": [{"line": 3, "vote": "no"}]}
    form, _ = pages(app, "cast_ballot", answers=answers, filled="lines")
    votes = [
        [option.value for option in row.cells[0].options if option.chosen] for row in form.tables[0].rows if row.cells
    ]
    assert votes == [["yes"], ["no"]]


def test_a_wrong_entry_is_named_in_the_summary_and_linked_to_its_field(app: Flask) -> None:
    errors = {"/lines/1/vote": "This must be filled in.", "/lines": "This must be a list.", "": "nothing"}
    _, page = pages(app, "cast_ballot", errors=errors)
    problems = page.xpath("//section[@id='problems']//li")
    assert "Ý kiến (Tổ Mẫu): Mục này phải điền." in problems[0].text_content()
    for link in page.xpath("//section[@id='problems']//a/@href"):
        assert link == "#form" or page.xpath(f"//*[@id='{link[1:]}']")


def test_outcome_buttons_stand_in_their_order_and_one_is_filled(app: Flask) -> None:
    form, page = pages(app, "appraise_dossier")
    assert [each.kind for each in form.outcomes] == ["forward", "return", "refuse"]
    classes = page.xpath("//div[contains(@class, 'acts')]/button/@class")
    assert [("btn-primary" in each, "btn-no" in each) for each in classes] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_more_empty_rows_come_when_they_are_asked_for(app: Flask) -> None:
    answers = {"nominees": [{"name": "Tổ Mẫu", "line": 1}]}
    assert len(pages(app, "prepare_dossier", answers=answers)[0].tables[0].rows) == 2
    form, page = pages(app, "prepare_dossier", answers=answers, blanks=3)
    assert len(form.tables[0].rows) == 4
    assert page.xpath("//input[@name='nominees-0-line']/@value") == ["1"]
