"""Whether the tables let a nomination in: what they refuse is said at the answer it is about; it knows no law."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.definitions.applied import apply_decision
from workflows.definitions.process import Element
from workflows.domain.errors import InvalidInput
from workflows.domain.facts import Facts, Line
from workflows.domain.folded import bare
from workflows.domain.form_sentences import RuleSaid
from workflows.domain.text import Text
from workflows.store.accounts import members_of, people

DIRECTOR = "director"
ADMITTED = "no"


class NotAdmitted(InvalidInput):
    """The rules do not let this in: {why}"""


def require_admitted(
    tx: Connection, bundle: Bundle, element: Element, facts: Facts, schema: Mapping[str, Any], now: datetime
) -> None:
    """Raises NotAdmitted where a table that the element `admits` by refuses the dossier or one of its open lines."""
    named = element.properties.get("admits", "").split()
    if not named:
        return
    known = _with_directors(tx, facts)
    found = {pointer: said for decision in named for pointer, said in _refusals(bundle, decision, known, schema, now)}
    if found:
        vi, en = (" ".join(dict.fromkeys(each.said.of(lang) for each in found.values())) for lang in ("vi", "en"))
        raise NotAdmitted(found, why=Text(vi, en))


def _refusals(
    bundle: Bundle, decision: str, facts: Facts, schema: Mapping[str, Any], now: datetime
) -> Iterator[tuple[str, RuleSaid]]:
    about_lines = any("line." in each.expression for table in bundle.tables[decision].values() for each in table.inputs)
    rows = next((n for n, field in schema["properties"].items() if field.get("x-rows") == "nominees"), "")
    targets: list[tuple[str, Line | None]] = [("", None)]
    if about_lines:
        targets = [(f"/{rows}/{place}", line) for place, line in enumerate(facts.open_lines())]
    for pointer, line in targets:
        outputs = apply_decision(bundle, decision, facts, now, line=line).decided.outputs
        if outputs["refused"] != ADMITTED:
            said = bundle.worded(f"decisions.{decision}.refused").values[str(outputs["refused"])]
            yield f"{pointer}/{outputs['field']}", RuleSaid(said)


def _with_directors(tx: Connection, facts: Facts) -> Facts:
    """The facts with, for each line, whether its nominee is the Director himself."""
    known = people(tx)
    names = {bare(known[login][0]) for login in members_of(tx, DIRECTOR) if login in known}
    for line in facts.open_lines():
        is_one = line.nominee.get("kind") == "person" and bare(str(line.nominee.get("name"))) in names
        facts = facts.with_line_values(line.id, {"is_director": is_one})
    return facts
