"""What a form lets in: the reading of posted names, the limits of intake, and a sentence beside each wrong answer."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from workflows.domain.errors import InvalidInput
from workflows.domain.form import clean, draft
from workflows.domain.form_sentences import SENTENCES, Complaint

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["note", "number"],
    "properties": {
        "note": {"type": "string", "maxLength": 200},
        "count": {"type": "integer", "minimum": 1},
        "share": {"type": "number", "maximum": 100},
        "urgent": {"type": "boolean"},
        "on": {"type": "string", "format": "date"},
        "papers": {"type": "array", "items": {"type": "string", "enum": ["letter", "minutes"]}, "uniqueItems": True},
        "number": {"type": "string", "x-series": "decision"},
        "outcome": {"enum": ["approve", "return"]},
        "reason": {"type": "string", "minLength": 10},
        "nominees": {"type": "array", "x-rows": "nominees", "maxItems": 3, "items": {"$ref": "#/$defs/nominee"}},
    },
    "$defs": {
        "nominee": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name", "kind"],
            "properties": {
                "name": {"type": "string", "minLength": 2},
                "kind": {"enum": ["person", "group"]},
                "members": {"type": "integer"},
                "line": {"type": "integer"},
            },
        }
    },
    "if": {"required": ["outcome"], "properties": {"outcome": {"const": "return"}}},
    "then": {"required": ["reason"]},
}


class Posted:
    """What a browser sends, in the order it sends it."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self.pairs))

    def getlist(self, key: str) -> list[str]:
        """Every value posted under a name."""
        return [value for name, value in self.pairs if name == key]


def refused(raw: Any, schema: Mapping[str, Any] = SCHEMA) -> Mapping[str, str]:
    with pytest.raises(InvalidInput) as refusal:
        clean(schema, raw)
    return refusal.value.fields


def test_posted_text_becomes_the_type_its_field_declares() -> None:
    posted = Posted(
        ("note", "  Hồ sơ hợp lệ\r\nđủ "),
        ("count", "1.800"),
        ("share", "66,5"),
        ("urgent", "false"),
        ("urgent", "true"),
        ("on", "13/1/2022"),
        ("papers", "letter"),
        ("papers", "minutes"),
    )
    assert clean(SCHEMA, posted) == {
        "note": "Hồ sơ hợp lệ\nđủ",
        "count": 1800,
        "share": 66.5,
        "urgent": True,
        "on": "2022-01-13",
        "papers": ["letter", "minutes"],
    }


def test_an_empty_answer_is_no_answer() -> None:
    assert clean(SCHEMA, Posted(("note", "x"), ("count", ""), ("papers", " "), ("on", ""))) == {"note": "x"}


def test_rows_are_read_in_order_and_blank_ones_left_out() -> None:
    posted = Posted(
        ("note", "x"),
        ("nominees-10-name", "Trần Giả Định"),
        ("nominees-10-kind", "person"),
        ("nominees-2-name", "Tổ Mẫu H"),
        ("nominees-2-kind", "group"),
        ("nominees-2-members", "9"),
        ("nominees-3-name", ""),
        ("nominees-3-kind", ""),
        ("nominees-4-line", "4"),
    )
    assert clean(SCHEMA, posted)["nominees"] == [
        {"name": "Tổ Mẫu H", "kind": "group", "members": 9},
        {"name": "Trần Giả Định", "kind": "person"},
    ]


def test_what_the_system_fills_is_neither_demanded_nor_accepted() -> None:
    assert "number" not in clean(SCHEMA, {"note": "x"})
    assert list(refused({"note": "x", "number": "12/QĐ"})) == ["/number"]


def test_each_wrong_answer_gets_its_own_sentence_at_its_place() -> None:
    complaints = refused(
        Posted(
            ("count", "0"),
            ("share", "many"),
            ("on", "31/02/2022"),
            ("papers", "other"),
            ("outcome", "return"),
            ("nominees-0-name", "Ô"),
        )
    )
    assert complaints == {
        "/note": "This must be filled in.",
        "/count": "The smallest number allowed is 1.",
        "/share": "This must be a number.",
        "/on": "Write the date as day/month/year, for example 13/01/2022.",
        "/papers/0": "Choose one of the answers offered.",
        "/reason": "This must be filled in.",
        "/nominees/0/name": "At least 2 characters are needed here; there are 1.",
        "/nominees/0/kind": "This must be filled in.",
    }


def test_a_draft_keeps_what_was_typed_however_wrong() -> None:
    assert draft(SCHEMA, Posted(("count", "về sau"), ("on", "mai"), ("nominees-0-name", "Ô"))) == {
        "count": "về sau",
        "on": "mai",
        "nominees": [{"name": "Ô"}],
    }


def test_text_is_composed_so_that_equal_names_compare_equal() -> None:
    assert clean(SCHEMA, {"note": unicodedata.normalize("NFD", "Nguyễn Thị Ví Dụ")})["note"] == "Nguyễn Thị Ví Dụ"


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("answers", "pointer"),
    [
        ({"note": {"typename": "x"}}, "/note/typename"),
        ({"note": {"data_objects": {}}}, "/note/data_objects"),
        ({"note": {"__class__": "x"}}, "/note/__class__"),
        ({"_note": "x"}, "/_note"),
        ({"Note": "x"}, "/Note"),
        ({"a" * 65: "x"}, "/" + "a" * 64),
        ({"note": {"other": "x"}}, "/note/other"),
        ({"extra": "x"}, "/extra"),
        ({"note": "a\x00b"}, "/note"),
        ({"note": "a\ud800b"}, "/note"),
        ({"note": "a\x1bb"}, "/note"),
        ({"share": float("nan")}, "/share"),
        ({"share": float("inf")}, "/share"),
        ({"count": 10**4400}, "/count"),
        ({"note": b"bytes"}, "/note"),
        ({"note": nested(900)}, ""),
        ({"note": nested(90_000)}, ""),
        ({"note": [[[[[[[["x"]]]]]]]]}, ""),
        ({"note": "ệ" * 22_000}, ""),
        ({"nominees": [{"name": "Bà A", "kind": "person", "typename": "x"}]}, "/nominees/0/typename"),
    ],
)
def test_attacks_stop_at_the_door_of_forms_and_of_drafts(answers: Any, pointer: str) -> None:
    assert pointer in refused(answers)
    with pytest.raises(InvalidInput):
        draft(SCHEMA, answers)


@pytest.mark.parametrize(
    "name", ["extra", "note-x", "nominees-0-typename", "nominees-x-name", "nominees", "csrf_token", "a\x00b"]
)
def test_a_posted_name_that_no_field_has_is_refused(name: str) -> None:
    assert any("not a field" in sentence for sentence in refused(Posted(("note", "x"), (name, "y"))).values())


def test_a_schema_that_forgot_to_close_itself_lets_nothing_more_in() -> None:
    assert list(refused({"b": "x"}, {"type": "object", "properties": {"a": {"type": "string"}}})) == ["/b"]


def test_a_schema_that_names_itself_ends() -> None:
    loop = {"type": "object", "properties": {"a": {"$ref": "#/$defs/l"}}, "$defs": {"l": {"$ref": "#/$defs/l"}}}
    assert draft(loop, Posted(("a", "x"))) == {"a": "x"}


def test_numbers_that_only_look_like_numbers_are_kept_and_refused() -> None:
    assert refused(Posted(("note", "x"), ("share", "1e400")))["/share"] == SENTENCES["type.number"]
    assert refused(Posted(("note", "x"), ("count", "9" * 5000)))["/count"] == SENTENCES["type.integer"]


def test_a_complaint_speaks_the_language_it_is_asked_in() -> None:
    complaint = Complaint("minItems", limit=2, found=1)
    assert complaint == "At least 2 rows are needed; there are 1."
    assert complaint.message(lambda text: {SENTENCES["minItems"]: "Cần {limit} dòng, mới có {found}."}[text]) == (
        "Cần 2 dòng, mới có 1."
    )
