"""How a person is bound to a nominee: own line, relative, head, appraiser; what follows is a table's to say."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.domain.facts import Line
from workflows.domain.folded import bare, fold

OWN_LINE, RELATIVE, HEAD, UNIT_HEAD, APPRAISER, RECUSED = (
    "own_line",
    "relative",
    "head",
    "unit_head",
    "appraiser",
    "recused",
)
SUBSTITUTE = "substitute"
"""Who acts for somebody else has this relation to every line."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody whom a person declared as a relative, or a line whose nominee is one."""

    name: str
    citizen_id: str | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """What is known of one person: `heads` are the names of the units that person is head of, `units` their codes."""

    login: str
    name: str
    citizen_id: str | None = None
    heads: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    relatives: tuple[Relative, ...] = ()

    def relations(self, line: Line, unit: str | None = None) -> tuple[str, ...]:
        """How this person is bound to a line; `unit` is the code of the unit that proposes it."""
        found = []
        if line.nominee.get("kind") == "person" and _same(line, self.name, self.citizen_id):
            found.append(OWN_LINE)
        if any(each.line == line.id or (not each.line and _is(line, each)) for each in self.relatives):
            found.append(RELATIVE)
        if line.nominee.get("kind") == "collective" and bare(str(line.nominee.get("name") or "")) in self._headed():
            found.append(HEAD)
        if unit is not None and unit in self.units:
            found.append(UNIT_HEAD)
        if line.values.get("appraised_by") == self.login:
            found.append(APPRAISER)
        if self.login in _logins(line.values.get("recused")):
            found.append(RECUSED)
        return tuple(found)

    def _headed(self) -> frozenset[str]:
        return frozenset(bare(each) for each in self.heads)


def same_subject(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two nominees are the same subject: by citizen number where both are known, else by kind and name."""
    mine, theirs = one.get("citizen_id"), other.get("citizen_id")
    if mine and theirs:
        return mine == theirs
    return one.get("kind") == other.get("kind") and bare(str(one.get("name") or "")) == bare(
        str(other.get("name") or "")
    )


def _is(line: Line, relative: Relative) -> bool:
    return line.nominee.get("kind") in {"person", "household"} and _same(line, relative.name, relative.citizen_id)


def _same(line: Line, name: str, citizen_id: str | None) -> bool:
    known = line.nominee.get("citizen_id")
    if known and citizen_id:
        return known == citizen_id
    return bool(name) and bare(str(line.nominee.get("name") or "")) == fold(name)


def _logins(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()
