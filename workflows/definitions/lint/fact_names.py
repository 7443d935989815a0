"""What a fact is called can be read in an expression, and leads nowhere but to the fact."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, reason, within
from workflows.definitions.manifest import FILE
from workflows.domain.text import Text
from workflows.rules.errors import NameMalformed
from workflows.rules.vocabulary import check_name

RULE = "fact_names"
FIX = Text(
    "Đặt tên bằng chữ không dấu, số và gạch dưới.", "Call it by letters, digits and _ only, no word of the language."
)


def check(bundle: Bundle) -> Iterator[Finding]:
    """Facts of bundle.toml, fields of forms and outputs of tables that no expression can name."""
    for file, name in _named(bundle):
        try:
            check_name(name)
        except NameMalformed as problem:
            why = reason(problem.about["why"])
            what = Text(
                f"Dữ kiện không được tên là «{name}»: {why.vi}.", f"A fact cannot be called «{name}»: {why.en}."
            )
            yield within(RULE, file, name, what, FIX)


def _named(bundle: Bundle) -> Iterator[tuple[str, str]]:
    yield from ((FILE, name) for name in bundle.manifest.facts)
    for form in bundle.forms.values():
        for name, _ in (*form.facts(), *form.nominee_facts()):
            yield f"forms/{form.task_id}.schema.json", name
    for decision, by_rule_set in bundle.tables.items():
        for key, table in by_rule_set.items():
            for output in table.outputs:
                yield f"decisions/{decision}/{key}.dmn", f"decisions.{decision}.{output.name}"
