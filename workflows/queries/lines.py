"""The nominee lines of an instance as pages show them."""

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.facts import Facts, Line
from workflows.domain.text import Text
from workflows.queries.names import nominee_name, value_name
from workflows.queries.rows import LineRow

OWN_LINE = Text(
    "Không biểu quyết dòng này: bạn là đối tượng đề nghị.", "You do not vote on this line: you are its nominee."
)


def line_rows(bundle: Bundle, facts: Facts, actor: Actor, *, own_number: str | None = None) -> tuple[LineRow, ...]:
    """The lines in their order. `own_number` is left out where it is the page's own dossier."""
    return tuple(_row(bundle, line, actor, own_number) for line in facts.lines)


def _row(bundle: Bundle, line: Line, actor: Actor, own_number: str | None) -> LineRow:
    told = line.nominee
    detail = [str(told[name]) for name in ("position", "place_of_work", "work") if told.get(name)]
    votes = line.tally()
    amount = line.values.get("decisions.bonus.amount")
    reason = line.values.get("appraise_dossier.note") or line.values.get("verdict_reason")
    return LineRow(
        line.ordinal,
        full_name(line),
        "; ".join(detail[:2]),
        value_name(bundle, "nominee.kind", str(told["kind"])) if told.get("kind") else None,
        None if line.dossier == own_number else line.dossier,
        None,
        line.status,
        str(reason) if reason else None,
        OWN_LINE if is_own(line, actor) else None,
        (votes["yes"], votes["no"], votes["abstain"]) if votes["cast"] else None,
        None,
        amount if isinstance(amount, int) else None,
    )


def full_name(line: Line) -> str:
    """The nominee's name with its form of address."""
    return nominee_name(line.nominee)


def is_own(line: Line, actor: Actor) -> bool:
    """Whether the person reading is the nominee of this line."""
    return line.nominee.get("kind") == "person" and line.nominee.get("name") == actor.name
