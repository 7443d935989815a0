"""A table answers every case, and each once: no case forgotten or decided twice, no row and no answer in vain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workflows.definitions.bundle import ALWAYS, Bundle
from workflows.definitions.lint.finding import Finding, Severity, within
from workflows.definitions.lint.finding import told as said
from workflows.domain.calendar import LOCAL
from workflows.domain.errors import DefinitionRejected
from workflows.domain.text import Text
from workflows.rules.coverage import OTHER_TEXT, Case, Coverage, Period, coverage
from workflows.rules.errors import NotReached, RuleFailed, TooDeep
from workflows.rules.relative import Standing
from workflows.rules.sandbox import allowance
from workflows.rules.table import Table
from workflows.rules.values import Value, shown

RULE = "completeness"
MOST_SECONDS = 0.5
"""As long as one table may be tried."""
OTHER = Text("giá trị khác", "anything else")
SIDES = {
    "below": Text("nhỏ hơn", "below"),
    "at": Text("bằng", "equal to"),
    "above": Text("lớn hơn", "above"),
}
TRUTH = {True: Text("có", "yes"), False: Text("không", "no")}
ADD = Text(
    "Thêm dòng cho trường hợp đó, hoặc để hồ sơ dừng ở đó.", "Add a row for that case, or let dossiers stop there."
)
MEND = Text("Sửa ô để chỉ một dòng đúng.", "Mend the cells so that one row fits.")
REMOVE = Text("Xóa đi, hoặc sửa ô.", "Remove it, or mend its cells.")
TRY = Text("Tự thử bảng với vài trường hợp.", "Try the table with a few cases yourself.")


def check(bundle: Bundle) -> Iterator[Finding]:
    """What each table forgets or holds in vain (warning), decides twice (error), and what cannot be told (info)."""
    for decision, by_rule_set in bundle.tables.items():
        in_force = {rules.key: (rules.valid_from, rules.valid_to) for rules in bundle.rule_sets}
        for key, table in by_rule_set.items():
            if key != ALWAYS and key not in in_force:
                continue  # the rule «rule_sets» says so
            told = _Told(bundle, table, f"decisions/{decision}/{key}.dmn")
            legal_date = bundle.legal_date_of(decision)
            periods: dict[str, Period] = {legal_date: in_force[key]} if legal_date and key in in_force else {}
            try:
                with allowance(MOST_SECONDS):
                    found = coverage(table, bundle.vocabulary(None), place=told.file, periods=periods)
            except (NotReached, TooDeep):
                yield told.unknown(Text("mất quá nhiều thời gian", "it takes too long"))
                continue
            except DefinitionRejected:
                continue  # the rule «tables» says why
            except RuleFailed as problem:
                why = said(problem)
                yield told.unknown(Text(f"khi thử: {why.vi}", f"when tried: {why.en}"))
                continue
            yield from told.all(found)


@dataclass(frozen=True)
class _Told:
    """The findings about one table."""

    bundle: Bundle
    table: Table
    file: str

    def all(self, found: Coverage) -> Iterator[Finding]:
        """Everything that was found."""
        for gap in found.gaps:
            case = self._case(gap)
            yield self._finding("", Text(f"không có dòng nào cho {case.vi}", f"no row fits {case.en}"), ADD, "warning")
        for overlap in found.overlaps:
            case, rows = self._case(overlap), ", ".join(map(str, overlap.rows))
            what = Text(f"các dòng {rows} cùng đúng cho {case.vi}", f"rows {rows} all fit {case.en}")
            yield self._finding(self.table.rules[overlap.rows[0] - 1].id, what, MEND, "error")
        for row in found.dead:
            what = Text(f"dòng {row} không bao giờ quyết định", f"row {row} never decides")
            yield self._finding(self.table.rules[row - 1].id, what, REMOVE, "warning")
        for output, value in found.unused:
            what = Text(f"không dòng nào trả lời «{value}» ở cột {output}", f"no row answers «{value}» for {output}")
            yield self._finding("", what, REMOVE, "info")
        for column in found.unread:
            why = Text(f"cột «{column}» so với dữ kiện khác", f"the column «{column}» compares with other facts")
            yield self.unknown(why)
        for column in found.unsure:
            why = Text(f"cột «{column}» có ô tính toán", f"cells of the column «{column}» calculate")
            yield self.unknown(why)

    def unknown(self, why: Text) -> Finding:
        """That it cannot be told."""
        what = Text(
            f"không thể biết bảng có đủ trường hợp không: {why.vi}", f"whether it is whole cannot be told: {why.en}"
        )
        return self._finding("", what, TRY, "info")

    def _finding(self, element: str, what: Text, fix: Text, severity: Severity) -> Finding:
        name = self.table.name
        told = Text(f"Bảng «{name}»: {what.vi}.", f"Table «{name}»: {what.en}.")
        return within(RULE, self.file, element or self.table.id, told, fix, severity=severity)

    def _case(self, case: Case) -> Text:
        told = [
            self._column(head.label, head.expression, group)
            for head, group in zip(self.table.inputs, case.values, strict=True)
        ]
        return Text("; ".join(each.vi for each in told) or "–", "; ".join(each.en for each in told) or "–")

    def _column(self, label: str, fact: str, group: tuple[Value, ...]) -> Text:
        worded = self.bundle.worded(fact)
        named = worded.label if worded.label.vi != fact else Text(label)
        if isinstance(group[0], Standing):
            return self._stands(named, group)
        if isinstance(group[0], int | Decimal) and not isinstance(group[0], bool):
            group = tuple(value for value in group if value == int(value)) or group
        first, last = self._value(fact, group[0]), self._value(fact, group[-1])
        if len(group) == 1:
            return Text(f"{named.vi} = {first.vi}", f"{named.of('en')} = {first.of('en')}")
        if isinstance(group[0], str | bool):
            values = [self._value(fact, value) for value in group]
            vi, en = " / ".join(each.vi for each in values), " / ".join(each.of("en") for each in values)
            return Text(f"{named.vi} = {vi}", f"{named.of('en')} = {en}")
        return Text(
            f"{named.vi} từ {first.vi} đến {last.vi}", f"{named.of('en')} from {first.of('en')} to {last.of('en')}"
        )

    def _stands(self, named: Text, group: tuple[Standing, ...]) -> Text:
        """On which sides of the bound values stand that nobody knows."""
        bound = self._bound(group[0].sides[0][0])
        sides = [SIDES[each.sides[0][1]] for each in group]
        vi, en = " / ".join(each.vi for each in sides), " / ".join(each.of("en") for each in sides)
        return Text(f"{named.vi} {vi} {bound.vi}", f"{named.of('en')} {en} {bound.of('en')}")

    def _bound(self, written: str) -> Text:
        """An expression with its facts called as on the pages."""
        names = sorted((name for name in self.bundle.vocabulary(None) if name in written), key=len, reverse=True)
        told = [(name, self.bundle.label(name)) for name in names]
        vi = en = written
        for name, label in told:
            vi, en = vi.replace(name, f"«{label.vi}»"), en.replace(name, f"«{label.of('en')}»")
        return Text(vi, en)

    def _value(self, fact: str, value: Value) -> Text:
        if isinstance(value, bool):
            return TRUTH[value]
        if isinstance(value, str):
            return OTHER if value == OTHER_TEXT else self.bundle.worded(fact).values.get(value, Text(f"«{value}»"))
        if isinstance(value, datetime):
            return Text(f"{value.astimezone(LOCAL):%d/%m/%Y %H:%M:%S}")
        if isinstance(value, date):
            return Text(f"{value:%d/%m/%Y}")
        return Text(shown(value).replace(".", ","), shown(value)) if isinstance(value, Decimal) else Text(shown(value))
