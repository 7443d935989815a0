"""A council's meeting as a page shows it, and chosen lines of a round side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from workflows.definitions import Bundle
from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, NotFound
from workflows.domain.facts import Facts, Line
from workflows.domain.sheet import standards_of
from workflows.domain.text import Text
from workflows.queries.lines import line_rows, units_of
from workflows.queries.names import value_name
from workflows.queries.papers import papers_of
from workflows.queries.people import EarlierAward, earlier_awards
from workflows.queries.rows import LineRow, PaperRow
from workflows.queries.scope import visible
from workflows.store.bundles import deployed
from workflows.store.load import facts_of
from workflows.store.session import Database

FEWEST, MOST = 2, 4
NAMES = text("select login, name, title from account where login = any(:logins)")
MATTERS = text("select id, number from instance where number = any(:numbers)")
SAID = ("criteria", "block", "verdict")


class ChooseLines(InvalidInput):
    """Choose two, three or four nominees to see side by side."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the council; `present` is None before the attendance is recorded."""

    name: str
    title: str
    present: bool | None
    is_chair: bool
    is_teller: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """One line of a round with all that a member compares."""

    row: LineRow
    earlier: tuple[EarlierAward, ...]
    papers: tuple[PaperRow, ...]
    appraised: tuple[Text, ...]
    standards: tuple[tuple[str, bool, str], ...]
    note: str
    by: str


def members(tx: Connection, facts: Facts) -> tuple[Member, ...]:
    """The council of a round in the order of its list."""
    logins, present = _several(facts, "council.members"), _several(facts, "council.present")
    tellers = {facts.get("council.teller_head"), *_several(facts, "council.tellers")}
    known = {row.login: row for row in tx.execute(NAMES, {"logins": logins})}
    return tuple(
        Member(
            known[login].name,
            known[login].title or "",
            login in present if present else None,
            login == facts.get("compile_summary.chair"),
            login in tellers,
        )
        for login in logins
        if login in known
    )


def _several(facts: Facts, name: str) -> list[str]:
    found = facts.get(name)
    return [str(each) for each in found] if isinstance(found, tuple) else []


def side_by_side(db: Database, actor: Actor, number: str, chosen: Sequence[int]) -> tuple[Beside, ...]:
    """Two to four lines of a round, by their places, with what each dossier holds on them.

    Raises NotFound where the round is not this person's to see, ChooseLines.
    """
    with db.read() as tx:
        round_ = visible(tx, actor, number)
        if round_.process != "review_round":
            raise NotFound(what=number)
        bundle, facts = deployed(tx, round_.bundle_id), facts_of(tx, round_.id, round_.number)
        places = list(dict.fromkeys(chosen))
        lines = [line for place in places for line in facts.lines if line.ordinal == place]
        if not FEWEST <= len(lines) <= MOST:
            raise ChooseLines
        rows = {row.line: row for row in line_rows(bundle, facts, actor, units=units_of(tx, facts))}
        matters = {row.number: row.id for row in tx.execute(MATTERS, {"numbers": [line.dossier for line in lines]})}
        return tuple(
            _beside(tx, bundle, rows[line.ordinal], line, matters[line.dossier])
            for line in lines
            if line.dossier in matters
        )


def _beside(tx: Connection, bundle: Bundle, row: LineRow, line: Line, matter: int) -> Beside:
    facts = facts_of(tx, matter, line.dossier)
    own = next((each for each in facts.lines if each.id == line.id), line)
    told = own.values
    movement = bundle.movements.get(facts.text("dossier.movement") or "")
    keys = [str(each["key"]) for each in standards_of(movement.told if movement else {}, own.nominee.get("kind"))]
    by = next(iter(tx.execute(NAMES, {"logins": [str(told.get("appraised_by") or "")]})), None)
    return Beside(
        row,
        tuple(each for each in earlier_awards(tx, bundle, (own,), matter) if each.dossier != own.dossier),
        papers_of(tx, bundle, matter, may_remove=False),
        tuple(
            value_name(bundle, f"appraise_dossier.{name}", str(told[f"appraise_dossier.{name}"]))
            for name in SAID
            if told.get(f"appraise_dossier.{name}")
        ),
        tuple(_standard(own, key) for key in keys if told.get(f"appraise_dossier.{key.lower()}")),
        str(told.get("appraise_dossier.note") or ""),
        by.name if by else "",
    )


def _standard(line: Line, key: str) -> tuple[str, bool, str]:
    name = f"appraise_dossier.{key.lower()}"
    return key, line.values[name] == "met", str(line.values.get(f"{name}_evidence") or "")
