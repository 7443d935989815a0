"""How instances, steps, values, nominees, rules and days are called on a page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from workflows.definitions import Bundle
from workflows.domain.calendar import WorkingDays, local_day
from workflows.domain.errors import NotFound
from workflows.domain.text import Text
from workflows.store.bundles import in_force

PROCEDURE = "commendation"
ROUND = Text("Đợt xét khen", "Review round")
NONE = Text("")
UNNAMED = Text("Chưa ghi đối tượng", "No nominee written down yet")
OF_PROCEDURES = {
    "complaint": Text("Khiếu nại", "Complaint"),
    "revocation": Text("Hủy bỏ khen thưởng", "Revocation"),
    "correction": Text("Đính chính", "Correction"),
}
AD_HOC = "ad_hoc"
ADDRESS = {"ong": "Ông", "ba": "Bà"}
OF_MOVEMENT = ("stages", "contents", "targets")
KNOWN_ONLY = " (chưa đối chiếu nguyên văn)"


def newest(tx: Connection) -> Bundle | None:
    """The newest deployed procedure, or None on an empty database."""
    try:
        return in_force(tx, PROCEDURE)[1]
    except NotFound:
        return None


def step_name(bundle: Bundle, process: str, element: str) -> Text:
    """A step in both languages: the title of its form, else the label of the diagram."""
    return bundle.element_name(process, element)


def procedure_name(bundle: Bundle, process: str, number: str) -> Text:
    """A procedure about a dossier, with its number: «Hủy bỏ quyết định khen thưởng HB-0001»."""
    named = process_name(bundle, process)
    return Text(f"{named.vi} {number}", f"{named.of('en')} {number}")


def process_name(bundle: Bundle, process: str) -> Text:
    """What the diagram of a process is called; a version that does not know it says what kind of procedure it is."""
    if process in bundle.processes:
        return Text(bundle.processes[process].name, bundle.manifest.labels.get(process, ""))
    return OF_PROCEDURES.get(process, Text(process))


def value_name(bundle: Bundle, fact: str, value: str | None) -> Text:
    """A chosen value in both languages, as forms and bundle.toml name it; what nothing names stands for itself."""
    if not value:
        return NONE
    worded = bundle.worded(fact)
    if value in worded.values:
        return worded.values[value]
    if worded.holds == "papers" and value in bundle.papers:
        return bundle.papers[value]
    if worded.holds == "movement" and value in bundle.movements:
        return bundle.movements[value].title
    if worded.holds in OF_MOVEMENT:
        return next((Text.read(each["title"]) for each in _listed(bundle, worded.holds, value)), Text(value))
    return Text(value)


def _listed(bundle: Bundle, part: str, key: str) -> list[Mapping[str, Any]]:
    return [
        each for movement in bundle.movements.values() for each in movement.told.get(part, ()) if each["key"] == key
    ]


def matter_title(process: str, kind: str | None, title: str) -> Text:
    """What a matter is called: a dossier by its nominee, a procedure by its kind too, a round by its name."""
    if process == "dossier":
        return Text(title) if title else UNNAMED
    if process in OF_PROCEDURES:
        named = OF_PROCEDURES[process]
        return Text(f"{named.vi}: {title}", f"{named.of('en')}: {title}")
    return Text(f"Khen đột xuất: {title}", f"Ad hoc commendation: {title}") if kind == AD_HOC else Text(title)


def nominee_name(nominee: Mapping[str, Any]) -> str:
    """A nominee's name with its form of address."""
    return f"{ADDRESS.get(str(nominee.get('title')), '')} {nominee.get('name') or ''}".strip()


def citation(told: str) -> str:
    """What a row of a table or a step cites, without the marks of how sure we are; what was not read says so."""
    return told.replace(" [K]", KNOWN_ONLY).replace(" [V]", "").replace(" [D]", "")


def days_of_step(calendar: WorkingDays, opened: datetime, due: datetime, now: datetime) -> tuple[int, int]:
    """Working days since a step was opened, and those it has in all."""
    first = local_day(opened)
    return calendar.between(first, local_day(now)), calendar.between(first, local_day(due))


def days_left(calendar: WorkingDays, due: datetime | None, now: datetime) -> int | None:
    """Working days until a deadline: 0 today, negative when it has passed."""
    if due is None:
        return None
    if due < now and local_day(due) == local_day(now):
        return -1
    return calendar.between(local_day(now), local_day(due))
