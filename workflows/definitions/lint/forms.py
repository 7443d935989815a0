"""Every user task has its form and every form its task; what is asked is named in both languages."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from workflows.definitions.bundle import Bundle
from workflows.definitions.form import Form
from workflows.definitions.lint.finding import Finding, at, named, within
from workflows.domain.text import Text

RULE = "forms"
MOST_KEPT = 500


def check(bundle: Bundle) -> Iterator[Finding]:
    """Tasks without a form, forms without a task, schemas that are none, fields without a label."""
    tasks = set[str]()
    for process in bundle.processes.values():
        for task in process.of_type("userTask"):
            tasks.add(task.id)
            if task.id not in bundle.forms:
                what = Text(f"Tác vụ {named(task)} chưa có biểu mẫu.", f"Task {named(task)} has no form.")
                fix = Text(
                    f"Viết forms/{task.id}.schema.json và .ui.json.", f"Write forms/{task.id}.schema.json and .ui.json."
                )
                yield at(RULE, process, task, what, fix)
    for form in bundle.forms.values():
        if form.task_id not in tasks:
            what = Text(
                f"Biểu mẫu «{form.task_id}» không thuộc tác vụ nào.", f"Form «{form.task_id}» belongs to no task."
            )
            yield within(RULE, _file(form), "", what, Text("Đặt tên tệp theo tác vụ.", "Name the file after its task."))
        yield from _schema(form)
        yield from _labels(form, form.fields, form.ui.get("fields", {}), "")
        yield from _outcomes(form)


@lru_cache(maxsize=MOST_KEPT)
def _schema(form: Form) -> tuple[Finding, ...]:
    """Kept by the form, because a schema is held against that of all schemas and a draft is checked while it grows."""
    return tuple(_of_schema(form))


def _of_schema(form: Form) -> Iterator[Finding]:
    fix = Text("Sửa lược đồ JSON Schema 2020-12.", "Mend the JSON Schema 2020-12.")
    try:
        Draft202012Validator.check_schema(form.schema)
    except SchemaError as error:
        where = "/".join(map(str, error.absolute_path))
        what = Text(
            f"Lược đồ sai tại «{where}»: giá trị đó không đúng quy tắc «{error.validator}».",
            f"The schema is wrong at «{where}»: {error.message}",
        )
        yield within(RULE, _file(form), where, what, fix)
    if form.schema.get("additionalProperties") is not False:
        what = Text("Biểu mẫu nhận cả trường lạ.", "The form lets in fields it does not name.")
        yield within(
            RULE, _file(form), "", what, Text("Ghi additionalProperties: false.", "Say additionalProperties: false.")
        )


def _labels(form: Form, fields: Mapping[str, Any], shown: Mapping[str, Any], prefix: str) -> Iterator[Finding]:
    for name in sorted(fields.keys() | shown.keys()):
        label = shown.get(name, {}).get("label", {})
        if name not in fields:
            what = Text(f"Trường «{prefix}{name}» không có trong lược đồ.", f"«{prefix}{name}» is not in the schema.")
            yield within(RULE, _file(form), name, what, Text("Xóa khỏi tệp ui.", "Remove it from the ui file."))
        elif not (label.get("vi") and label.get("en")):
            what = Text(f"Trường «{prefix}{name}» thiếu nhãn.", f"Field «{prefix}{name}» lacks a label.")
            fix = Text("Ghi nhãn tiếng Việt và tiếng Anh.", "Write its label in Vietnamese and English.")
            yield within(RULE, _file(form), name, what, fix)
        else:
            inner = fields[name].get("items", {}).get("properties", {})
            yield from _labels(form, inner, shown[name].get("fields", {}), f"{prefix}{name}/")


def _outcomes(form: Form) -> Iterator[Finding]:
    told = form.ui.get("outcomes", {})
    field = form.fields.get(told.get("field", ""), {})
    answers, buttons = set(field.get("enum", ())), set(form.outcomes)
    reasons = {each["reason"] for each in form.outcomes.values() if "reason" in each}
    if told and (answers != buttons or reasons - form.fields.keys()):
        what = Text("Các nút kết quả không khớp với lược đồ.", "The outcome buttons do not match the schema.")
        fix = Text(
            "Mỗi giá trị của trường kết quả có một nút; lý do là một trường.",
            "One button for each value; a reason is a field.",
        )
        yield within(RULE, _file(form), str(told.get("field", "")), what, fix)


def _file(form: Form) -> str:
    return f"forms/{form.task_id}.schema.json"
