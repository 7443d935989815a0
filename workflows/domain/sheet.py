"""The eligibility sheet: each standard of the movement that holds for a nominee, met or not, with what shows it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflows.domain.facts import Facts, Line
from workflows.domain.form import EntriesRefused
from workflows.domain.form_sentences import Complaint

FOR = {"person": "person", "collective": "unit"}
"""Of which nominees a standard speaks that is `for` somebody; households, and kinds it does not name, have none."""


def standards_of(told: Mapping[str, Any], kind: object) -> tuple[Mapping[str, Any], ...]:
    """The standards of a movement for a nominee of this kind, in the order of the plan."""
    return tuple(each for each in told.get("standards", ()) if each.get("for") == FOR.get(str(kind)))


def sheet_of(schema: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """The name and schema of a form's sheet, where it has one."""
    found = ((name, each) for name, each in schema["properties"].items() if each.get("x-rows") == "standards")
    return next(found, None)


def require_sheet(facts: Facts, schema: Mapping[str, Any], answers: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """Raises EntriesRefused where a line is said to fit and its sheet does not show it.

    `x-sheet` of the table of lines says when: `met` asks for every standard with its evidence (plan III.3), `none` for
    a written reason, the unit's or the appraiser's, since the plan has no standard for such a subject.
    """
    sheet = sheet_of(schema)
    rows = next(((name, each) for name, each in schema["properties"].items() if "x-sheet" in each), None)
    if sheet is None or rows is None:
        return
    said = {(row["line"], row["criterion"]): row for row in answers.get(sheet[0], ())}
    wrong: dict[str, str] = {}
    for place, row in enumerate(answers.get(rows[0], ())):
        line = next((each for each in facts.lines if each.ordinal == row["line"]), None)
        if line is None:
            continue
        if _is(row, rows[1]["x-sheet"].get("met")):
            wrong.update(_unshown(sheet[0], answers.get(sheet[0], ()), said, line, told))
        elif _is(row, rows[1]["x-sheet"].get("none")) and not (line.nominee.get("own_reason") or row.get("note")):
            wrong[f"/{rows[0]}/{place}/note"] = Complaint("own_reason")
    if wrong:
        raise EntriesRefused(fields=wrong)


def filled(
    facts: Facts, schema: Mapping[str, Any], answers: Mapping[str, Any], told: Mapping[str, Any], evidence: str
) -> dict[str, Any]:
    """The answers with every standard met by this evidence, where they say nothing of the sheet."""
    sheet = sheet_of(schema)
    if sheet is None or sheet[0] in answers:
        return dict(answers)
    rows = [
        {"line": line.ordinal, "criterion": each["key"], "met": "met", "evidence": evidence}
        for line in facts.open_lines()
        for each in standards_of(told, line.nominee.get("kind"))
    ]
    return {**answers, sheet[0]: rows} if rows else dict(answers)


def _unshown(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    said: Mapping[tuple[int, str], Mapping[str, Any]],
    line: Line,
    told: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:
    for each in standards_of(told, line.nominee.get("kind")):
        row = said.get((line.ordinal, each["key"]))
        if row is None:
            yield f"/{name}", Complaint("unshown", standard=each["key"], line=line.ordinal)
        elif row.get("met") != "met" or not row.get("evidence"):
            field = "met" if row.get("met") != "met" else "evidence"
            yield f"/{name}/{rows.index(row)}/{field}", Complaint("unshown", standard=each["key"], line=line.ordinal)


def _is(row: Mapping[str, Any], wanted: Mapping[str, Any] | None) -> bool:
    return bool(wanted) and all(row.get(name) == value for name, value in (wanted or {}).items())
