"""Which way a dossier would go: the diagrams and tables played in memory for a subject, an award, a type and a day."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from workflows.definitions import Bundle
from workflows.definitions.applied import apply_decision
from workflows.definitions.requirements import required_papers
from workflows.domain.calendar import LOCAL, local_day
from workflows.domain.errors import DomainError, NotFound, NotOffered
from workflows.domain.events import DecisionMade, ElementPassed, TaskOpened
from workflows.domain.facts import Facts, Line
from workflows.domain.record import gather, set_values
from workflows.domain.text import Text
from workflows.queries.names import newest, step_name
from workflows.queries.rows import RequiredPaper
from workflows.queries.trace import Diagram
from workflows.rehearsal import Happened, Rehearsal, likely
from workflows.rehearsal.answers import MEMBERS
from workflows.store.session import Database

MORNING = time(8, 0)
PAPERS = "required_papers"
DOSSIER, ROUND, CONCLUDED = "dossier", "review_round", "round_concluded"
MEETING_AHEAD = 5
SUBJECTS = ("person", "collective", "household")
MARKS, SPACED = re.compile(r"\s*\[([VKD])\]"), re.compile(r"\s+([;:,.])")
FOUND = ("decision.", "number_decision.", "decisions.")


@dataclass(frozen=True, slots=True)
class Asked:
    """The dossier that is asked about; `on` is the day it is full, `movement` a key."""

    movement: str
    kind: str
    award_form: str
    subject: str
    on: date


@dataclass(frozen=True, slots=True)
class Basis:
    """What a step or a row rests on, and how sure that is: marks of V (read), K (from memory), D (ours to set)."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step of people on the way: who, where, until when at the latest, by which law, and how many do it.

    `days` are the working days it has, None where nothing limits it.
    """

    process: Text
    step: Text
    lane: Text
    opened: date
    latest: date | None
    days: int | None
    legal_basis: Basis
    times: int


@dataclass(frozen=True, slots=True)
class RouteRule:
    """A table that was asked on the way and the rows that answered, each with its article."""

    title: str
    rows: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """The whole way. `stopped` says why it cannot be told to its end; `amount` is the bonus in đồng, None if asked."""

    steps: tuple[RouteStep, ...]
    papers: tuple[RequiredPaper, ...]
    rules: tuple[RouteRule, ...]
    diagrams: tuple[Diagram, ...]
    amount: int | None
    ends: date
    stopped: str | DomainError | None


def route(db: Database, asked: Asked) -> Route:
    """The way of such a dossier under the newest procedure. Raises NotFound, NotOffered."""
    with db.read() as tx:
        bundle = newest(tx)
    if bundle is None or asked.movement not in bundle.movements:
        raise NotFound(what=f"Movement «{asked.movement}»")
    offered = bundle.vocabulary(DOSSIER)
    for name in ("kind", "award_form"):
        if getattr(asked, name) not in offered[f"dossier.{name}"].values:
            raise NotOffered({f"/{name}": "Choose one of the answers offered."}, value=getattr(asked, name))
    if asked.subject not in SUBJECTS:
        raise NotOffered({"/subject": "Choose one of the answers offered."}, value=asked.subject)
    dossier, board = _played(bundle, asked)
    told = [*dossier.happened, *(board.happened if board else ())]
    told.sort(key=lambda each: each.at)
    last = max((each.at for each in told), default=dossier.now)
    return Route(
        tuple(_steps(bundle, told)),
        _papers(bundle, dossier),
        (*_paper_rules(bundle, dossier), *_rules(bundle, told)),
        tuple(_diagrams(bundle, told)),
        _amount(board),
        local_day(last),
        dossier.stopped or (board.stopped if board else None),
    )


def diagram_of(db: Database, process: str) -> bytes:
    """A diagram of the newest procedure. Raises NotFound."""
    with db.read() as tx:
        bundle = newest(tx)
    if bundle is None or process not in bundle.processes:
        raise NotFound(what=f"Diagram «{process}»")
    return bundle.processes[process].xml


def _played(bundle: Bundle, asked: Asked) -> tuple[Rehearsal, Rehearsal | None]:
    now = datetime.combine(asked.on, MORNING, LOCAL).astimezone(UTC)
    nominees = [_nominee(bundle, asked)]
    said = _said(bundle, asked)

    def answer(_task: object, form: Any, facts: Facts, at: datetime) -> Mapping[str, Any]:
        ahead = bundle.working_days().after(local_day(at), MEETING_AHEAD)
        return dict(likely(form, facts, local_day(at), nominees, {**said, "meeting_on": ahead.isoformat()}))

    begun = {f"dossier.{name}": said[name] for name in ("movement", "kind", "award_form", "stage")} | {
        "dossier.preparer": "mot_nguoi",
        "dossier.unit": "mot_don_vi",
        "dossier.number": "HS-0000",
    }
    dossier = Rehearsal(bundle, DOSSIER, Facts(begun), now)
    dossier.begin()
    dossier.play(answer)
    if CONCLUDED not in dossier.awaited:
        return dossier, None
    lines = [Line(line.id, line.dossier, line.ordinal, line.nominee) for line in dossier.facts.open_lines()]
    shared = {n: v for n, v in dossier.facts.values.items() if n.startswith("dossier.")}
    known = gather(Facts({**shared, "round.title": "…", "council.members": MEMBERS}), lines).facts
    board = Rehearsal(bundle, ROUND, known, dossier.now)
    board.begin()
    board.play(answer)
    if board.ended:
        dossier.now = board.now
        dossier.deliver(CONCLUDED, _result(dossier.facts, board.facts))
        dossier.play(answer)
    return dossier, board


def _amount(board: Rehearsal | None) -> int | None:
    found = next((line.values for line in board.facts.lines), {}) if board else {}
    amount = None if found.get("decisions.bonus.ask") else found.get("decisions.bonus.amount")
    return amount if isinstance(amount, int) else None


def _said(bundle: Bundle, asked: Asked) -> dict[str, Any]:
    stages = bundle.movements[asked.movement].told.get("stages", ())
    ad_hoc = asked.kind == "ad_hoc"
    return {
        "movement": asked.movement,
        "kind": asked.kind,
        "award_form": asked.award_form,
        "outside_plan": ad_hoc,
        "received_on": asked.on.isoformat(),
        "full_on": asked.on.isoformat(),
        "stage": str(stages[0]["key"]) if stages else "",
    }


def _nominee(bundle: Bundle, asked: Asked) -> dict[str, Any]:
    told = bundle.movements[asked.movement].told
    first = {part: str(told[part][0]["key"]) if told.get(part) else "" for part in ("targets", "contents")}
    about = {"kind": asked.subject, "name": "…", "target": first["targets"], "content": first["contents"]}
    return {**about, "achieved_on": asked.on.isoformat()} | ({"title": "ba"} if asked.subject == "person" else {})


def _result(facts: Facts, board: Facts) -> Facts:
    found = {name: value for name, value in board.values.items() if name.startswith(FOUND)}
    known = set_values(facts, found).facts
    for line in board.lines:
        told = {n: v for n, v in line.values.items() if n.startswith(("verdict", "decisions.", "award."))}
        known = set_values(known, {**told, "award.rank": line.ordinal}, line.id).facts
    return known


def _steps(bundle: Bundle, told: list[Happened]) -> Iterator[RouteStep]:
    steps: dict[tuple[str, str, date], RouteStep] = {}
    for each in told:
        if isinstance(event := each.event, TaskOpened):
            key = (event.process, event.element, local_day(each.at))
            if key in steps:
                steps[key] = replace(steps[key], times=steps[key].times + 1)
                continue
            lane = bundle.lane(event.process, event.lane).title if event.lane else Text("")
            basis = bundle.element(event.process, event.element).properties.get("legalBasis", "")
            steps[key] = RouteStep(
                _process(bundle, event.process),
                step_name(bundle, event.process, event.element),
                lane,
                local_day(each.at),
                local_day(event.due) if event.due else None,
                bundle.working_days().between(local_day(each.at), local_day(event.due)) if event.due else None,
                basis_of(basis),
                1,
            )
    yield from steps.values()


def basis_of(told: str) -> Basis:
    """What a citation says without its marks, and the marks."""
    plain = " ".join(MARKS.sub(" ", told).split())
    return Basis(SPACED.sub(r"\1", plain), tuple(dict.fromkeys(MARKS.findall(told))))


def _paper_rules(bundle: Bundle, dossier: Rehearsal) -> Iterator[RouteRule]:
    if not dossier.happened:
        return
    at, rows, name = dossier.happened[0].at, dict[str, Basis](), ""
    for line in dossier.facts.open_lines() or (None,):
        applied = apply_decision(bundle, PAPERS, dossier.facts, at, line=line)
        name, told = applied.table.name, {rule.id: rule.description for rule in applied.table.rules}
        rows |= {rule: basis_of(told[rule]) for rule in applied.decided.rules}
    if rows:
        yield RouteRule(name, tuple(rows.values()))


def _papers(bundle: Bundle, dossier: Rehearsal) -> tuple[RequiredPaper, ...]:
    if not dossier.happened:
        return ()
    needed = required_papers(bundle, PAPERS, dossier.facts, dossier.happened[0].at)
    return tuple(RequiredPaper(each.kind, bundle.papers[each.kind], False, each.mandatory) for each in needed)


def _rules(bundle: Bundle, told: list[Happened]) -> Iterator[RouteRule]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for each in told:
        if isinstance(event := each.event, DecisionMade) and (event.decision, event.rules) not in seen:
            seen.add((event.decision, event.rules))
            table = bundle.tables[event.decision][event.rule_set]
            rows = tuple(basis_of(rule.description) for rule in table.rules if rule.id in event.rules)
            yield RouteRule(table.name, rows)


def _diagrams(bundle: Bundle, told: list[Happened]) -> Iterator[Diagram]:
    passed: dict[str, dict[str, int]] = {}
    for each in told:
        if isinstance(event := each.event, ElementPassed):
            here = passed.setdefault(event.process, {})
            for part in (event.element, event.flow):
                if part:
                    here[part] = here.get(part, 0) + 1
    for process, counts in passed.items():
        yield Diagram(process, _process(bundle, process), tuple(counts), (), (), (), {})


def _process(bundle: Bundle, process: str) -> Text:
    return Text(bundle.processes[process].name, bundle.manifest.labels.get(process, ""))
