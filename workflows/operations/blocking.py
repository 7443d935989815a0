"""Bars on lines at submission and appraisal, and who may lift one: the table says it, a lift needs a reason."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from workflows.definitions import Bundle, Form
from workflows.definitions.blocks import BLOCK, NOBODY, SIGNED_BY, Block, blocks
from workflows.definitions.process import Element
from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, LineUnknown, NotAllowed
from workflows.domain.facts import Facts
from workflows.domain.personal_events import BlockOverridden
from workflows.domain.record import set_values
from workflows.domain.text import Text
from workflows.operations.step import Intent, move
from workflows.store import awards
from workflows.store.bundles import deployed
from workflows.store.load import Instance, hold
from workflows.store.session import Database

FORWARD = "forward"
APPRAISE = "appraise"
SHORTEST_REASON = 5


class LineBarred(InvalidInput):
    """Line {line}, {name}: {why}. {earlier}"""


class OverrideRefused(NotAllowed):
    """This bar on line {line} is not yours to lift: {who}."""


class NoSuchBar(InvalidInput):
    """Nothing of this kind bars line {line} now."""


class ReasonNeeded(InvalidInput):
    """Write the reason."""


def barring(tx: Connection, bundle: Bundle, decision: str, facts: Facts, held: Instance) -> tuple[Block, ...]:
    """The rules of the table that fit the open lines of a dossier now."""
    known = awards.known_of(tx, facts.open_lines(), held.id)
    return blocks(bundle, decision, facts, known, awards.signers(tx, SIGNED_BY), held.now)


def require_unbarred(
    tx: Connection,
    bundle: Bundle,
    held: Instance,
    element: Element,
    form: Form,
    facts: Facts,
    answers: Mapping[str, Any],
) -> None:
    """Raises LineBarred where a line that is sent on is barred; a bar somebody may lift does not stop a submission."""
    decision = element.properties.get("blocks")
    if decision is None or not _sends_on(form, answers):
        return
    final = element.properties.get("act") == APPRAISE
    for each in barring(tx, bundle, decision, facts, held):
        if each.bars and (final or each.override == NOBODY):
            raise LineBarred(
                {_place(form, answers, each): "This cannot go on."},
                line=each.line.ordinal,
                name=each.line.nominee.get("name"),
                why=each.said,
                earlier=told_earlier(each),
            )


def override(db: Database, actor: Actor, number: str, line: int, rule: str, reason: str) -> None:
    """Let a line go on although a rule bars it, with the reason.

    Raises OverrideRefused where the table names nobody, or somebody else; NoSuchBar where the rule does not fit.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded({"/reason": "This must be filled in."})
    with db.write() as tx:
        held = hold(tx, number)
        bundle = deployed(tx, held.bundle_id)
        found = next((each for each in held.facts.open_lines() if each.ordinal == line), None)
        if found is None:
            raise LineUnknown(line=line, number=number)
        bars = [each for each in _all(tx, bundle, held) if each.line.id == found.id and each.rule == rule]
        if not bars or bars[0].effect != BLOCK:
            raise NoSuchBar(line=line)
        if bars[0].override not in actor.groups:
            raise OverrideRefused(line=line, who=_who(bundle, bars[0].override))
        lifted = found.values.get("overrides")
        known = tuple(map(str, lifted)) if isinstance(lifted, tuple) else ()
        recorded = set_values(held.facts, {"overrides": (*known, rule)}, found.id)
        event = BlockOverridden(line=found.id, rule=rule, reason=reason.strip())
        move(tx, held, Intent(actor, facts=recorded.facts, changes=recorded.changes, before=(event,)))


def told_earlier(each: Block) -> Text:
    """The earlier decision or dossier that a bar rests on, in words."""
    if each.earlier is None:
        return Text("")
    if not each.earlier.state:
        return Text(f"Hồ sơ {each.earlier.dossier}.", f"Dossier {each.earlier.dossier}.")
    day = f"{each.earlier.decision_date:%d/%m/%Y}" if each.earlier.decision_date else ""
    no, dossier = each.earlier.decision_no, each.earlier.dossier
    return Text(f"Quyết định số {no} ngày {day} ({dossier}).", f"Decision no. {no} of {day} ({dossier}).")


def _all(tx: Connection, bundle: Bundle, held: Instance) -> list[Block]:
    asked = {
        element.properties["blocks"]
        for process in bundle.processes.values()
        for element in process.of_type("userTask")
        if "blocks" in element.properties
    }
    return [each for decision in sorted(asked) for each in barring(tx, bundle, decision, held.facts, held)]


def _who(bundle: Bundle, group: str) -> Text:
    if group in bundle.groups:
        named = bundle.groups[group]
        return Text(f"chỉ {named.vi} được cho qua", f"only the {named.of('en')} may")
    return Text("không ai được cho qua", "nobody may")


def _sends_on(form: Form, answers: Mapping[str, Any]) -> bool:
    """Whether the chosen outcome leads on; a form without outcomes always does."""
    chosen = answers.get(str(form.ui.get("outcomes", {}).get("field", "")))
    told = form.outcomes.get(str(chosen), {})
    return not form.outcomes or told.get("kind", FORWARD) == FORWARD


def _place(form: Form, answers: Mapping[str, Any], barred: Block) -> str:
    for name, schema in form.fields.items():
        if schema.get("x-rows") in {"lines", "nominees"}:
            for place, row in enumerate(answers.get(name, ())):
                if row.get("line", place + 1) == barred.line.ordinal:
                    return f"/{name}/{place}"
    return ""
