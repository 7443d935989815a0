"""The nominee lines of an instance as pages show them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.definitions.conflicts import LINE, STRENGTH, Conflict, act_of, conflicts
from workflows.definitions.process import Element
from workflows.domain.actor import Actor
from workflows.domain.facts import Facts, Line
from workflows.domain.sheet import standards_of
from workflows.domain.text import Text
from workflows.queries.names import nominee_name, value_name
from workflows.queries.rows import LineRow
from workflows.store.ties import ties_of

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
    tied: Mapping[str, Conflict] | None = None,
) -> tuple[LineRow, ...]:
    """The lines in their order, with their `units` by dossier. `own_number` is left out where it is the page's own.

    `tied` are the reader's own ties by line: one that excludes takes the cells of the line away, others are only said.
    """
    movement = bundle.movements.get(facts.text("dossier.movement") or "")
    plan = movement.told if movement else {}
    voting = [council for council in facts.councils() if any(line.tally(council)["cast"] for line in facts.lines)]
    found = []
    for line in facts.lines:
        standards = tuple(str(each["key"]) for each in standards_of(plan, line.nominee.get("kind")))
        votes = line.tally(voting[-1]) if voting else line.tally()
        row = _row(bundle, line, actor, own_number, units or {}, standards, votes)
        found.append(with_tie(row, (tied or {}).get(line.id)))
    return tuple(found)


def ties_to(
    tx: Connection, bundle: Bundle, facts: Facts, actor: Actor, element: Element, now: datetime, unit: str | None
) -> dict[str, Conflict]:
    """The ties of a reader, and of those stood in for, to the lines of a task: the strongest of each line."""
    known = ties_of(tx, actor.logins) if facts.lines else ()
    found = (each for ties in known for each in conflicts(bundle, ties, facts.lines, act_of(element), now, unit=unit))
    return {each.line.id: each for each in sorted(found, key=lambda one: STRENGTH.index(one.effect)) if each.line}


def with_tie(row: LineRow, tie: Conflict | None) -> LineRow:
    """A line with what the reader's tie to it means: excluded from it, or only shown."""
    if tie is None:
        return row
    if tie.effect == LINE:
        vi, en = tie.sentence.vi, tie.sentence.of("en")
        return replace(row, excluded=Text(f"Bạn không tham gia dòng này: {vi}.", f"You stand aside here: {en}."))
    return replace(row, tie=Text(f"Lưu ý: {tie.sentence.vi}.", f"Note: {tie.sentence.of('en')}."))


def _row(
    bundle: Bundle,
    line: Line,
    actor: Actor,
    own_number: str | None,
    units: Mapping[str, str],
    standards: tuple[str, ...],
    votes: Mapping[str, int],
) -> LineRow:
    told = line.nominee
    amount = line.values.get("decisions.bonus.amount")
    return LineRow(
        line.ordinal,
        nominee_name(told),
        _detail(line),
        value_name(bundle, "nominee.kind", str(told["kind"])) if told.get("kind") else None,
        None if line.dossier == own_number else line.dossier,
        units.get(line.dossier),
        line.status,
        _reason(bundle, line, actor.locale),
        None,
        (votes["yes"], votes["no"], votes["abstain"]) if votes["cast"] else None,
        None,
        amount if isinstance(amount, int) and line.status == "passed" else None,
        str(told.get("summary") or ""),
        standards=standards,
    )


def _detail(line: Line) -> str:
    """Who the nominee is and what for."""
    who = ", ".join(str(line.nominee[name]) for name in ("position", "place_of_work") if line.nominee.get(name))
    return ". ".join(each for each in (who, str(line.nominee.get("work") or "")) if each)


def _reason(bundle: Bundle, line: Line, locale: str) -> str | None:
    """Why the line failed, left the review, or must be completed."""
    told = line.values
    if line.status in {"withdrawn", "suspended"}:
        act = "withdrawal" if line.status == "withdrawn" else "suspension"
        by = told.get(f"{act}.by") or told.get(f"{act}.ground")
        fact = "withdrawal.by" if act == "withdrawal" else "suspension.ground"
        said = [value_name(bundle, fact, str(by)).of(locale)] if by else []
        return ": ".join([*said, *([str(told[f"{act}.reason"])] if told.get(f"{act}.reason") else [])]) or None
    if line.status == "failed" and told.get("suspension.conclusion") == "fail":
        return str(told["suspension.note"])
    if line.status == "failed" and line.values.get("decisions.line_result.passed") is False:
        return TOO_FEW_VOTES.of(locale)
    if line.status == "failed" and told.get("verdict_reason"):
        return value_name(bundle, "verdict_reason", str(told["verdict_reason"])).of(locale)
    reason = line.values.get("appraise_dossier.note")
    return str(reason) if reason else None
