"""Two versions of a decision table compared row by row and column by column; rows are the same by their id."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.definitions.difference.cells import cell
from workflows.definitions.difference.change import Change, altered, apart, begun, joined, say, shortened
from workflows.definitions.difference.names import Names
from workflows.domain.text import Text
from workflows.rules.table import Input, Output, Rule, Table, parse_table

ORDERED = frozenset({"FIRST", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"})
"""Hit policies whose answer may depend on the order of the rows; a sum or a count does not."""
LONGEST_SOURCE = 140
TEXT, FACT = re.compile(r'"[^"]*"'), re.compile(r"[a-z]\w*(?:\.\w+)+")
Column = Input | Output
WORDS: Mapping[str, Text] = {
    "label": Text("tên cột", "name of the column"),
    "expression": Text("dữ kiện được hỏi", "fact asked for"),
    "name": Text("mã cột", "key of the column"),
    "kind": Text("kiểu", "type"),
    "values": Text("giá trị cho phép", "allowed values"),
    "admits": Text("phạm vi biết trả lời", "range with an answer"),
    "default": Text("kết quả khi không dòng nào khớp", "answer where no row fits"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a table with what its columns and values are called."""

    table: Table
    names: Names

    def column(self, column: Column) -> Text:
        """A column by its label, in English as the bundle calls the fact."""
        known = self.names.label(self.fact(column))
        return say("«{name}»", "«{name}»", name=Text(column.label, known.en if known else ""))

    def cell(self, column: Column, written: str) -> Text:
        """A cell in words."""
        return cell(written, self.names.values(self.fact(column)), asks=isinstance(column, Input))

    def fact(self, column: Column) -> str:
        """The fact a column is about: the one its expression names, or its answer; "" where it names several."""
        if not isinstance(column, Input):
            return f"decisions.{self.table.id}.{column.name}"
        named = set(FACT.findall(TEXT.sub("", column.expression)))
        return named.pop() if len(named) == 1 else ""

    def row(self, key: str) -> int:
        """The number of a row as the page counts it."""
        return next((row for row, rule in enumerate(self.table.rules, 1) if rule.id == key), 0)

    def written(self, rule: Rule) -> dict[str, str]:
        """The cells of a row by the key of their column."""
        return dict(zip(self.keys(), (*rule.inputs, *rule.outputs), strict=True))

    def columns(self) -> tuple[Column, ...]:
        """Conditions first, then answers."""
        return (*self.table.inputs, *self.table.outputs)

    def keys(self) -> tuple[str, ...]:
        """What a column is recognised by: what it asks, what it is called."""
        return tuple(each.expression if isinstance(each, Input) else f"={each.name}" for each in self.columns())


def compare_tables(file: str, old: bytes, new: bytes, names: Names) -> Iterator[Change]:
    """The changes of a decision table. Raises TableRejected where one cannot be read."""
    before, after = (Side(parse_table(each, place=file), names) for each in (old, new))
    subject = say("bảng «{name}»", "the table «{name}»", name=after.table.name)
    yield from _of_table(file, subject, before, after)
    same = same_columns(before, after)
    yield from _columns(file, subject, before, after, same)
    yield from _rows(file, subject, before, after, same)


def _of_table(file: str, subject: Text, before: Side, after: Side) -> Iterator[Change]:
    told = (
        ("name", Text("tên", "name"), before.table.name, after.table.name),
        ("id", Text("mã", "key"), before.table.id, after.table.id),
        ("hitPolicy", Text("cách chọn dòng", "hit policy"), _policy(before.table), _policy(after.table)),
    )
    for aspect, word, old, new in told:
        if old != new:
            yield Change(file, "changed", "", altered(subject, word, old, new), aspect, old, new)


def _policy(table: Table) -> str:
    return f"{table.hit_policy} {table.aggregation}" if table.aggregation else table.hit_policy


def same_columns(before: Side, after: Side) -> dict[int, int]:
    """Places before by places after: columns that ask or give the same, else are called the same, else stand there."""
    found: dict[int, int] = {}
    old, new = before.columns(), after.columns()
    keys = before.keys(), after.keys()
    same_sort = [[isinstance(each, Input) for each in side] for side in (old, new)]
    tests = (
        lambda a, b: keys[0][a] == keys[1][b],
        lambda a, b: old[a].label == new[b].label,
        lambda a, b: len(old) == len(new) and a == b,
    )
    for test in tests:
        for there in range(len(new)):
            if there not in found:
                free = (each for each in range(len(old)) if each not in found.values())
                match = next(
                    (each for each in free if same_sort[0][each] == same_sort[1][there] and test(each, there)), -1
                )
                if match >= 0:
                    found[there] = match
    return found


def _columns(file: str, subject: Text, before: Side, after: Side, same: Mapping[int, int]) -> Iterator[Change]:
    old, new = before.columns(), after.columns()
    for there, column in enumerate(new):
        where = say("{table}, cột {column}", "{table}, column {column}", table=subject, column=after.column(column))
        if there not in same:
            said = say("{where} được thêm.", "{where} is added.", where=begun(where))
            yield Change(file, "added", after.keys()[there], said, "column", "", _listed(after, there))
            continue
        for aspect in (each for each in WORDS if hasattr(column, each)):
            values = [getattr(each, aspect) for each in (old[same[there]], column)]
            if values[0] != values[1]:
                said = altered(where, WORDS[aspect], *[_told(value) for value in values])
                yield Change(file, "changed", after.keys()[there], said, aspect, _raw(values[0]), _raw(values[1]))
    for here in sorted(set(range(len(old))) - set(same.values())):
        where = say("{table}, cột {column}", "{table}, column {column}", table=subject, column=before.column(old[here]))
        said = say("{where} bị bỏ.", "{where} is removed.", where=begun(where))
        yield Change(file, "removed", before.keys()[here], said, "column", _listed(before, here), "")
    places = [same[there] for there in sorted(same)]
    if places != sorted(places):
        said = say(
            "{table}: các cột đổi chỗ, kết quả như cũ.", "{table}: columns moved, same results.", table=begun(subject)
        )
        yield Change(file, "moved", "", said, "columns", "\n".join(before.keys()), "\n".join(after.keys()))


def _listed(side: Side, place: int) -> str:
    """The cells of one column, row by row."""
    return "\n".join((*rule.inputs, *rule.outputs)[place] for rule in side.table.rules)


def _rows(file: str, subject: Text, before: Side, after: Side, same: Mapping[int, int]) -> Iterator[Change]:
    old, new = ({rule.id: rule for rule in side.table.rules} for side in (before, after))
    renamed = _renamed(before, after)
    for key, rule in new.items():
        where = say("{table}, dòng {n}", "{table}, row {n}", table=subject, n=after.row(key))
        if key in old:
            yield from _row(file, where, (before, old[key]), (after, rule), same)
        elif key in renamed:
            said = altered(where, Text("mã dòng", "key of the row"), renamed[key], key)
            yield Change(file, "moved", key, said, "id", renamed[key], key)
        else:
            yield _whole(file, where, after, rule, added=True)
    for key, rule in old.items():
        if key not in new and key not in renamed.values():
            where = say("{table}, dòng {n} cũ", "{table}, old row {n}", table=subject, n=before.row(key))
            yield _whole(file, where, before, rule, added=False)
    yield from _order(file, subject, before, after)


def _renamed(before: Side, after: Side) -> dict[str, str]:
    """Rows that got another id and are otherwise the same: the new id and the old one."""
    old, new = ({rule.id for rule in side.table.rules} for side in (before, after))
    gone = {_content(rule): rule.id for rule in before.table.rules if rule.id not in new}
    return {
        rule.id: gone.pop(_content(rule)) for rule in after.table.rules if rule.id not in old and _content(rule) in gone
    }


def _content(rule: Rule) -> tuple[object, ...]:
    return rule.inputs, rule.outputs, rule.description


def _row(
    file: str, where: Text, old: tuple[Side, Rule], new: tuple[Side, Rule], same: Mapping[int, int]
) -> Iterator[Change]:
    (_, first), (after, second) = old, new
    cells = [(*rule.inputs, *rule.outputs) for rule in (first, second)]
    for there, here in sorted(same.items()):
        if cells[0][here] != cells[1][there]:
            column = after.columns()[there]
            told = after.cell(column, cells[0][here]), after.cell(column, cells[1][there])
            shown = apart(*told, (cells[0][here], cells[1][there]))
            said = say(
                "{where}: {column} từ {old} thành {new}{source}.",
                "{where}: {column} from {old} to {new}{source}.",
                where=begun(where),
                column=after.column(column),
                old=shortened(shown[0]),
                new=shortened(shown[1]),
                source=_source(second),
            )
            yield Change(file, "changed", second.id, said, after.keys()[there], cells[0][here], cells[1][there])
    if first.description != second.description:
        said = altered(where, Text("căn cứ", "source"), first.description or None, second.description or None)
        yield Change(file, "changed", second.id, said, "description", first.description, second.description)


def _whole(file: str, where: Text, side: Side, rule: Rule, *, added: bool) -> Change:
    parts = [
        say("{column} {cell}", "{column} {cell}", column=side.column(column), cell=side.cell(column, written))
        for column, written in zip(side.columns(), (*rule.inputs, *rule.outputs), strict=True)
        if written and written != "-"
    ]
    told = {"where": begun(where), "cells": shortened(joined(parts, "; ")), "source": _source(rule)}
    content = "\n".join(f"{key}: {written}" for key, written in side.written(rule).items())
    if added:
        said = say("{where} được thêm: {cells}{source}.", "{where} is added: {cells}{source}.", **told)
        return Change(file, "added", rule.id, said, "row", "", content)
    said = say("{where} bị bỏ: {cells}{source}.", "{where} is removed: {cells}{source}.", **told)
    return Change(file, "removed", rule.id, said, "row", content, "")


def _order(file: str, subject: Text, before: Side, after: Side) -> Iterator[Change]:
    old, new = ([rule.id for rule in side.table.rules] for side in (before, after))
    first, second = [key for key in old if key in new], [key for key in new if key in old]
    if first == second:
        return
    rows = tuple(joined([Text(str(side.row(key))) for key in second]) for side in (before, after))
    if after.table.hit_policy in ORDERED and after.table.aggregation is None:
        said = say(
            "{table}: thứ tự các dòng đổi; cách chọn {policy} xét theo thứ tự. Dòng cũ nay theo thứ tự: {rows}.",
            "{table}: the rows stand in another order, which {policy} goes by. The old rows now stand as {rows}.",
            table=begun(subject),
            policy=after.table.hit_policy,
            rows=rows[0],
        )
        yield Change(file, "changed", "", said, "order", "\n".join(first), "\n".join(second))
        return
    said = say(
        "{table}: các dòng chỉ đổi chỗ, kết quả như cũ.",
        "{table}: rows only moved, same results.",
        table=begun(subject),
    )
    yield Change(file, "moved", "", said, "order", "\n".join(first), "\n".join(second))


def _source(rule: Rule) -> Text:
    told = rule.description.rstrip(".")
    cited = told if len(told) <= LONGEST_SOURCE else f"{told[:LONGEST_SOURCE].rsplit(' ', 1)[0]} …"
    return say(" ({source})", " ({source})", source=shortened(cited)) if rule.description else Text("", "")


def _told(value: object) -> Text | str | None:
    if value is None or value in {"", ()}:
        return None
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _raw(value: object) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value or "")
