"""What facts are by their own values, for a place where nobody declares them; it never overrules a declaration."""

from collections.abc import Mapping

from workflows.rules.running import Facts
from workflows.rules.values import Value, kind_of
from workflows.rules.vocabulary import FactType


def kinds_of(facts: Facts, before: str = "", *, whole: bool = False) -> dict[str, FactType]:
    """The type of every fact by its dotted name; `whole`: a context is a fact too, not only its parts."""
    found: dict[str, FactType] = {}
    for key, value in facts.items():
        name = f"{before}{key}"
        kind = kind_of(value)
        if isinstance(value, Mapping):
            found |= {name: FactType("context")} if whole or not value else {}
            found |= kinds_of(value, f"{name}.", whole=whole)
        elif isinstance(value, list | tuple):
            found |= _of_list(name, value)
        else:
            found[name] = FactType(kind or "text")
    return found


def _of_list(name: str, items: list[Value] | tuple[Value, ...]) -> dict[str, FactType]:
    inner = {kind_of(each) for each in items}
    of = inner.pop() if len(inner) == 1 else None
    found = {name: FactType("list", of=of)}
    if of == "context":
        merged = {key: value for item in items for key, value in item.items() if value is not None}
        found |= kinds_of(merged, f"{name}.", whole=True)
    return found
