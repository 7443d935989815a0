"""The register of examples: a unit enters what is worth copying, the office recognises it; both are recorded acts."""

from dataclasses import dataclass

from sqlalchemy import Connection

from workflows.domain.actor import Actor
from workflows.domain.errors import InvalidInput, InvalidState, NotAllowed, NotFound, NotOffered
from workflows.domain.events import Event, PaperAttached
from workflows.domain.movement_events import ExampleProposed, ExampleRecognised
from workflows.domain.paper import Paper
from workflows.operations.dossiers import media_type
from workflows.operations.step import Intent, tell
from workflows.store import examples, instances, papers
from workflows.store.bundles import in_force
from workflows.store.load import Instance, hold_id
from workflows.store.session import Database

PROCEDURE = "commendation"
KINDS = ("person_or_team", "initiative", "model")
"""Điển hình tiên tiến; sáng kiến, kinh nghiệm hay; mô hình, cách làm sáng tạo (kế hoạch mục I.2)."""
PAPER_KIND = "other"
LONGEST_TITLE, LONGEST_TEXT, LONGEST_GROUND = 200, 2_000, 500


class ExampleIncomplete(InvalidInput):
    """Write a title of at most {title} characters and a description of at most {text} characters."""


class GroundMissing(InvalidInput):
    """Write on what the recognition rests, in at most {longest} characters."""


class PlanNotHere(InvalidState):
    """Your unit has not been sent the plan of this movement yet."""


class RecognisedAlready(InvalidState):
    """«{title}» is recognised already."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a unit enters; `filename` and `content` are the paper that shows it, where there is one."""

    kind: str
    title: str
    summary: str
    filename: str = ""
    content: bytes = b""


def propose_example(db: Database, actor: Actor, movement: str, proposal: Proposal) -> int:
    """A unit enters an example (kế hoạch mục I.2: discover and spread good examples early); returns its id.

    Raises NotAllowed, NotFound, PlanNotHere, NotOffered, ExampleIncomplete, UnknownKindOfFile, FileTooLarge.
    """
    if not actor.may("dossier.open") or actor.unit is None:
        raise NotAllowed(why="only people of a proposing unit enter examples")
    title, summary = " ".join(proposal.title.split()), proposal.summary.strip()
    if proposal.kind not in KINDS:
        raise NotOffered({"/kind": "Choose one of the answers offered."}, value=proposal.kind)
    if not 0 < len(title) <= LONGEST_TITLE or not 0 < len(summary) <= LONGEST_TEXT:
        wrong = "/title" if not 0 < len(title) <= LONGEST_TITLE else "/summary"
        raise ExampleIncomplete({wrong: "This must be filled in."}, title=LONGEST_TITLE, text=LONGEST_TEXT)
    with db.write() as tx:
        held = _participation(tx, movement, actor.unit)
        paper, before = _paper(tx, held, actor, proposal)
        new = examples.New(movement, actor.unit, proposal.kind, title, summary, paper)
        made = examples.add(tx, held.id, new, actor.login, held.now)
        event = ExampleProposed(example=made, kind=proposal.kind, title=title, summary=summary, paper=paper)
        tell(tx, held, Intent(actor, before=(*before, event)))
        return made


def recognise_example(db: Database, actor: Actor, example: int, ground: str) -> None:
    """The office recognises an example, so that every unit sees it. Raises NotAllowed, NotFound, RecognisedAlready."""
    if not actor.may("movement.lead"):
        raise NotAllowed(why="only the department's office recognises examples")
    if not 0 < len(ground.strip()) <= LONGEST_GROUND:
        raise GroundMissing({"/ground": "This must be filled in."}, longest=LONGEST_GROUND)
    with db.write() as tx:
        found = examples.locked(tx, example)
        if found is None:
            raise NotFound(what="This entry")
        if found.state == "recognised":
            raise RecognisedAlready(title=found.title)
        held = hold_id(tx, found.instance)
        examples.recognise(tx, example, actor.login, held.now, ground.strip())
        event = ExampleRecognised(example=example, title=found.title, ground=ground.strip())
        tell(tx, held, Intent(actor, before=(event,)))


def _participation(tx: Connection, movement: str, unit: str) -> Instance:
    if movement not in in_force(tx, PROCEDURE)[1].movements:
        raise NotFound(what=f"Movement «{movement}»")
    found = instances.participations(tx, movement).get(unit)
    if found is None:
        raise PlanNotHere
    return hold_id(tx, found)


def _paper(tx: Connection, held: Instance, actor: Actor, proposal: Proposal) -> tuple[int | None, tuple[Event, ...]]:
    if not proposal.content:
        return None, ()
    name = proposal.filename.replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "")[:LONGEST_TITLE] or "paper"
    kind = media_type(name, proposal.content)
    paper = Paper(PAPER_KIND, name, name, kind, proposal.content)
    made = papers.keep(tx, held.id, paper, actor.login, held.now)
    size = len(proposal.content)
    return made, (PaperAttached(paper=made, paper_kind=PAPER_KIND, title=name, sha256=paper.sha256, size=size),)
