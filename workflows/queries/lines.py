"""The nominee lines of an instance as pages show them."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.facts import Facts, Line
from workflows.domain.text import Text
from workflows.queries.names import nominee_name, value_name
from workflows.queries.rows import LineRow

OWN_LINE = Text(
    "Không biểu quyết dòng này: bạn là đối tượng đề nghị.", "You do not vote on this line: you are its nominee."
)
TOO_FEW_VOTES = Text("Không đủ số phiếu đồng ý của Hội đồng.", "Too few members of the Council voted for.")
UNITS = text("select i.number, u.name from instance i join unit u on u.code = i.unit where i.number = any(:numbers)")


def units_of(tx: Connection, facts: Facts) -> dict[str, str]:
    """The names of the units whose dossiers these lines come from, by number of the dossier."""
    numbers = sorted({line.dossier for line in facts.lines})
    return {row.number: row.name for row in tx.execute(UNITS, {"numbers": numbers})}


def line_rows(
    bundle: Bundle,
    facts: Facts,
    actor: Actor,
    *,
    own_number: str | None = None,
    units: Mapping[str, str] | None = None,
) -> tuple[LineRow, ...]:
    """The lines in their order, with their `units` by dossier. `own_number` is left out where it is the page's own."""
    return tuple(_row(bundle, line, actor, own_number, units or {}) for line in facts.lines)


def _row(bundle: Bundle, line: Line, actor: Actor, own_number: str | None, units: Mapping[str, str]) -> LineRow:
    told, votes = line.nominee, line.tally()
    amount = line.values.get("decisions.bonus.amount")
    return LineRow(
        line.ordinal,
        nominee_name(told),
        _detail(line),
        value_name(bundle, "nominee.kind", str(told["kind"])) if told.get("kind") else None,
        None if line.dossier == own_number else line.dossier,
        units.get(line.dossier),
        line.status,
        _reason(line, actor.locale),
        OWN_LINE if line.is_about(actor.name) else None,
        (votes["yes"], votes["no"], votes["abstain"]) if votes["cast"] else None,
        None,
        amount if isinstance(amount, int) and line.status == "passed" else None,
        str(told.get("summary") or ""),
    )


def _detail(line: Line) -> str:
    """Who the nominee is and what for."""
    who = ", ".join(str(line.nominee[name]) for name in ("position", "place_of_work") if line.nominee.get(name))
    return ". ".join(each for each in (who, str(line.nominee.get("work") or "")) if each)


def _reason(line: Line, locale: str) -> str | None:
    """Why the line failed or must be completed."""
    if line.status == "failed" and line.values.get("decisions.line_result.passed") is False:
        return TOO_FEW_VOTES.of(locale)
    reason = line.values.get("appraise_dossier.note")
    return str(reason) if reason else None
