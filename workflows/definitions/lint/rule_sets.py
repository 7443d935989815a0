"""On each day exactly one version of a table is in force: rule sets follow one another without a gap or an overlap."""

import itertools
from collections.abc import Iterator
from datetime import date

from workflows.definitions.bundle import ALWAYS, Bundle
from workflows.definitions.lint.finding import Finding, within
from workflows.definitions.manifest import FILE, RuleSet
from workflows.domain.text import Text

RULE = "rule_sets"
MEND = Text(
    "Sửa valid_from, valid_to để mỗi ngày có đúng một bộ quy tắc.",
    "Mend valid_from and valid_to so that every day has exactly one rule set.",
)


def check(bundle: Bundle) -> Iterator[Finding]:
    """Rule sets that end before they begin, leave days out or share days; tables of none or of two kinds; no days."""
    yield from _periods(bundle.rule_sets)
    known = [rules.key for rules in bundle.rule_sets]
    for key in sorted({key for key in known if known.count(key) > 1 or key == ALWAYS}):
        what = Text(f"Khóa bộ quy tắc «{key}» không dùng được.", f"The key «{key}» cannot name a rule set.")
        fix = Text(
            f"Mỗi bộ quy tắc một khóa riêng, khác «{ALWAYS}».",
            f"Give each rule set a key of its own, other than «{ALWAYS}».",
        )
        yield within(RULE, FILE, key, what, fix)
    for decision, tables in bundle.tables.items():
        yield from _files(bundle, decision, set(tables), set(known))
    yield from _days_followed(bundle)


def _days_followed(bundle: Bundle) -> Iterator[Finding]:
    """Decisions and regimes that follow the day in a fact nobody declares, or in one that is no day."""
    facts = {decision: fact for decision, fact in bundle.manifest.legal_dates.items() if fact}
    facts |= {regime.key: regime.day for regime in bundle.manifest.regimes if regime.day}
    names = bundle.vocabulary(None)
    for key, fact in facts.items():
        if fact not in names or names[fact].kind not in {"date", "instant"}:
            what = Text(f"«{key}» theo ngày «{fact}» không có.", f"«{key}» follows the day «{fact}», which is no day.")
            fix = Text("Dùng một dữ kiện kiểu ngày.", "Name a fact that is a date.")
            yield within(RULE, FILE, key, what, fix)


def _periods(rule_sets: tuple[RuleSet, ...]) -> Iterator[Finding]:
    for rules in rule_sets:
        if rules.valid_to is not None and rules.valid_to <= rules.valid_from:
            what = Text(f"Bộ quy tắc {rules.key} hết hiệu lực trước khi có.", f"{rules.key} ends before it begins.")
            yield within(RULE, FILE, rules.key, what, MEND)
    for earlier, later in itertools.pairwise(sorted(rule_sets, key=lambda each: each.valid_from)):
        end = earlier.valid_to or date.max
        if end < later.valid_from:
            days = _days(end, later.valid_from)
            what = Text(f"{days} không có bộ quy tắc nào.", f"No rule set is in force on {days}.")
            yield within(RULE, FILE, later.key, what, MEND)
        if end > later.valid_from:
            day = f"{later.valid_from:%d/%m/%Y}"
            what = Text(
                f"Từ {day} có cả {earlier.key} và {later.key}.",
                f"From {day} on both {earlier.key} and {later.key} are in force.",
            )
            yield within(RULE, FILE, later.key, what, MEND)


def _days(first: date, after: date) -> str:
    last = date.fromordinal(after.toordinal() - 1)
    return f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y}-{last:%d/%m/%Y}"


def _files(bundle: Bundle, decision: str, files: set[str], known: set[str]) -> Iterator[Finding]:
    folder = f"decisions/{decision}"
    for key in sorted(files - known - {ALWAYS}):
        what = Text(f"Không có bộ quy tắc {key}.", f"There is no rule set {key}.")
        fix = Text("Đặt tên tệp theo một bộ quy tắc.", "Name the file after a rule set.")
        yield within(RULE, f"{folder}/{key}.dmn", key, what, fix)
    if ALWAYS in files and len(files) > 1:
        what = Text(
            f"Bảng «{decision}» vừa theo ngày vừa không theo ngày.",
            f"«{decision}» has tables by date and one for always.",
        )
        fix = Text(f"Giữ {ALWAYS}.dmn, hoặc các bộ quy tắc.", f"Keep {ALWAYS}.dmn, or those of the rule sets.")
        yield within(RULE, folder, ALWAYS, what, fix)
    if ALWAYS in files and bundle.legal_date_of(decision):
        what = Text(
            f"Bảng «{decision}» không theo luật từng thời kỳ nhưng có legal_date.",
            f"«{decision}» follows no law by date, but has a legal_date.",
        )
        yield within(RULE, FILE, decision, what, Text("Bỏ legal_date.", "Take legal_date away."))
