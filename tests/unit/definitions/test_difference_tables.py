"""Rows, columns, values and the hit policy of a table that differ are told; what changes no result is told apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from workflows.definitions.difference import Change, compare_files
from workflows.definitions.difference.names import Names
from workflows.definitions.difference.rows import differing_rows

FILE = "decisions/route/always.dmn"
Row = tuple[str, Sequence[str], str]


@dataclass(frozen=True)
class Drawn:
    """A table to be written as a file: columns by label, rows by id with their cells and source."""

    policy: str = 'hitPolicy="UNIQUE"'
    inputs: tuple[tuple[str, str, str], ...] = (("Loại", "dossier.kind", '"a","b"'),)
    outputs: tuple[tuple[str, str, str], ...] = (("Số ngày", "days", ""),)
    rows: tuple[Row, ...] = (("first", ('"a"', "5"), "NĐ 1 Điều 2 [V]"), ("second", ('"b"', "7.5"), "NĐ 1 Điều 3 [V]"))
    name: str = "Tuyến"
    more: str = field(default="")

    def file(self) -> dict[str, bytes]:
        """The file of the table by its path."""
        asks = "".join(
            f'<input label="{label}"><inputExpression typeRef="string"><text>{fact}</text></inputExpression>'
            f"<inputValues><text>{values}</text></inputValues></input>"
            for label, fact, values in self.inputs
        )
        gives = "".join(
            f'<output label="{label}" name="{name}" typeRef="number">{default}</output>'
            for label, name, default in self.outputs
        )
        rules = "".join(
            f'<rule id="{key}"><description>{source}</description>'
            + "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells[: len(self.inputs)])
            + "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in cells[len(self.inputs) :])
            + "</rule>"
            for key, cells, source in self.rows
        )
        model = 'xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"'
        table = f"<decisionTable {self.policy}>{asks}{gives}{rules}</decisionTable>"
        decision = f'<decision id="route" name="{self.name}">{table}</decision>'
        return {FILE: f"<definitions {model}>{self.more}{decision}</definitions>".encode()}


OLD = Drawn()
FIRST, SECOND = OLD.rows
DEFAULT = "<defaultOutputEntry><text>9</text></defaultOutputEntry>"


def told(new: Drawn, old: Drawn = OLD) -> tuple[Change, ...]:
    return compare_files(old.file(), new.file(), Names(None, None)).changes


CHANGES: dict[str, tuple[Drawn, str, str, str]] = {
    "cell": (
        replace(OLD, rows=(FIRST, ("second", ('"b"', "8.25"), SECOND[2]))),
        "changed",
        "second",
        "Bảng «Tuyến», dòng 2: «Số ngày» từ 7,5 thành 8,25 (NĐ 1 Điều 3 [V]).",
    ),
    "condition": (
        replace(OLD, rows=(("first", ("", "5"), FIRST[2]), SECOND)),
        "changed",
        "first",
        "Bảng «Tuyến», dòng 1: «Loại» từ a thành mọi trường hợp (NĐ 1 Điều 2 [V]).",
    ),
    "source": (
        replace(OLD, rows=(FIRST, ("second", SECOND[1], "NĐ 1 Điều 4 [V]"))),
        "changed",
        "second",
        "Bảng «Tuyến», dòng 2: căn cứ từ «NĐ 1 Điều 3 [V]» thành «NĐ 1 Điều 4 [V]».",
    ),
    "new row": (
        replace(OLD, rows=(FIRST, ("third", ('"a","b"', "3"), "NĐ 5 [D]"), SECOND)),
        "added",
        "third",
        "Bảng «Tuyến», dòng 2 được thêm: «Loại» a, b; «Số ngày» 3 (NĐ 5 [D]).",
    ),
    "gone row": (
        replace(OLD, rows=(FIRST,)),
        "removed",
        "second",
        "Bảng «Tuyến», dòng 2 cũ bị bỏ: «Loại» b; «Số ngày» 7,5 (NĐ 1 Điều 3 [V]).",
    ),
    "row called otherwise": (
        replace(OLD, rows=(FIRST, ("another", *SECOND[1:]))),
        "moved",
        "another",
        "Bảng «Tuyến», dòng 2: mã dòng từ «second» thành «another».",
    ),
    "rows moved": (
        replace(OLD, rows=(SECOND, FIRST)),
        "moved",
        "",
        "Bảng «Tuyến»: các dòng chỉ đổi chỗ, kết quả như cũ.",
    ),
    "name": (
        replace(OLD, name="Tuyến trình"),
        "changed",
        "",
        "Bảng «Tuyến trình»: tên từ «Tuyến» thành «Tuyến trình».",
    ),
    "policy": (
        replace(OLD, policy='hitPolicy="FIRST"'),
        "changed",
        "",
        "Bảng «Tuyến»: cách chọn dòng từ «UNIQUE» thành «FIRST».",
    ),
    "values": (
        replace(OLD, inputs=(("Loại", "dossier.kind", '"a","b","c"'),)),
        "changed",
        "dossier.kind",
        "Bảng «Tuyến», cột «Loại»: giá trị cho phép từ «a, b» thành «a, b, c».",
    ),
    "label": (
        replace(OLD, inputs=(("Loại hình", "dossier.kind", '"a","b"'),)),
        "changed",
        "dossier.kind",
        "Bảng «Tuyến», cột «Loại hình»: tên cột từ «Loại» thành «Loại hình».",
    ),
    "fact": (
        replace(OLD, inputs=(("Loại", "dossier.sort", '"a","b"'),)),
        "changed",
        "dossier.sort",
        "Bảng «Tuyến», cột «Loại»: dữ kiện được hỏi từ «dossier.kind» thành «dossier.sort».",
    ),
    "default": (
        replace(OLD, outputs=(("Số ngày", "days", DEFAULT),)),
        "changed",
        "=days",
        "Bảng «Tuyến», cột «Số ngày»: thêm kết quả khi không dòng nào khớp «9».",
    ),
    "only written": (replace(OLD, more="<!-- x -->"), "moved", "", "Tệp chỉ được viết khác đi"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_kind_of_change_of_a_table_is_one_sentence(what: str) -> None:
    new, kind, element, said = CHANGES[what]
    found = told(new)
    assert [(each.kind, each.element) for each in found] == [(kind, element)]
    assert found[0].said.vi.startswith(said)


def test_a_new_and_a_gone_column_are_told_with_the_cells_that_stay_beside_them() -> None:
    wider = replace(
        OLD,
        inputs=(("Hình thức", "dossier.award_form", ""), *OLD.inputs),
        rows=(("first", ("", '"a"', "5"), FIRST[2]), ("second", ('"x"', '"b"', "7.5"), SECOND[2])),
    )
    (added,) = told(wider)
    assert (added.kind, added.said.vi, added.new) == ("added", "Bảng «Tuyến», cột «Hình thức» được thêm.", '\n"x"')
    (removed,) = told(OLD, wider)
    assert (removed.kind, removed.element) == ("removed", "dossier.award_form")
    shown = differing_rows(FILE, OLD.file()[FILE], wider.file()[FILE], Names(None, None))
    assert shown is not None
    assert (shown.conditions, [each.vi for each in shown.columns]) == (2, ["Hình thức", "Loại", "Số ngày"])
    assert [cell.differs for cell in shown.rows[0].cells] == [True, False, False]


def test_the_order_of_rows_matters_where_the_hit_policy_goes_by_it() -> None:
    for policy, kind in (("FIRST", "changed"), ("RULE ORDER", "changed"), ("ANY", "moved")):
        old = replace(OLD, policy=f'hitPolicy="{policy}"')
        (change,) = told(replace(old, rows=(SECOND, FIRST)), old)
        assert (change.kind, change.old, change.new) == (kind, "first\nsecond", "second\nfirst")
    summed = replace(OLD, policy='hitPolicy="COLLECT" aggregation="SUM"')
    assert [each.kind for each in told(replace(summed, rows=(SECOND, FIRST)), summed)] == ["moved"]


def test_columns_that_only_change_places_change_no_result() -> None:
    two = replace(
        OLD,
        inputs=(*OLD.inputs, ("Hình thức", "dossier.award_form", "")),
        rows=(("first", ('"a"', '"x"', "5"), FIRST[2]),),
    )
    turned = replace(two, inputs=two.inputs[::-1], rows=(("first", ('"x"', '"a"', "5"), FIRST[2]),))
    assert [(each.kind, each.aspect) for each in told(turned, two)] == [("moved", "columns")]


def test_rows_beside_one_another_say_what_was_and_what_is() -> None:
    new = replace(OLD, rows=(("first", ('"a"', "6"), "NĐ 9 [V]"), ("third", ('"b"', "1"), "x")))
    shown = differing_rows(FILE, OLD.file()[FILE], new.file()[FILE], Names(None, None))
    assert shown is not None
    assert [(row.id, row.number, row.kind) for row in shown.rows] == [
        ("first", 1, "changed"),
        ("third", 2, "added"),
        ("second", 2, "removed"),
    ]
    days = shown.rows[0].cells[1]
    assert (str(days.old), str(days.new), shown.rows[0].source.differs) == ("5", "6", True)
    assert shown.rows[1].cells[0].old is None
    assert differing_rows(FILE, OLD.file()[FILE], b"<x", Names(None, None)) is None
    assert differing_rows(FILE, OLD.file()[FILE], OLD.file()[FILE], Names(None, None)) is None
