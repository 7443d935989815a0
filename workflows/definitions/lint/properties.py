"""A property that the system reads must point at something that exists; one that nobody reads is a slip of the pen."""

from collections.abc import Callable, Iterator, Mapping

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.definitions.process import Element, Process
from workflows.definitions.vocabulary import family
from workflows.domain.text import Text

RULE = "properties"
KNOWN = {
    "userTask": frozenset(
        "act admits award blocks due assignee encloses forEach notAmong notBy requires legalBasis status".split()
    ),
    "intermediateCatchEvent": frozenset({"status", "legalBasis"}),
    "boundaryEvent": frozenset({"award", "status", "legalBasis"}),
    "endEvent": frozenset({"status", "verdict", "reason"}),
    "businessRuleTask": frozenset({"forEach", "verdict", "any", "amount", "otherwise", "legalBasis"}),
    "serviceTask": frozenset(
        "council operation template paper series notice reason body number copies state legalBasis".split()
    ),
}
STATUSES = frozenset(
    "dang-soan cho-tiep-nhan da-tiep-nhan tra-lai dang-tham-dinh cho-hoi-dong cho-ky "
    "cho-cap-so co-quan-ngoai tam-dung da-khen khong-dat da-rut huy-bo da-luu".split()
)
AWARD_FACTS = 2
"""The number and the day of the decision."""
DRAFT_STATES = frozenset({"open", "published", "left"})
VERDICT_REASON = "verdict_reason"
VERDICTS = frozenset({"failed", "passed", "withdrawn", "suspended", "revoked"})


def check(bundle: Bundle) -> Iterator[Finding]:
    """Properties of the wrong element, and values that mean nothing."""
    for process in bundle.processes.values():
        for element in process.elements.values():
            for name, value in element.properties.items():
                if name not in KNOWN.get(element.type, frozenset()) or not _meant(
                    bundle, process, element, name, value
                ):
                    what = Text(
                        f"Thuộc tính {name} = «{value}» của {named(element)} không có nghĩa.",
                        f"{name} = «{value}» of {named(element)} means nothing.",
                    )
                    fix = Text(
                        "Xem bảng thuộc tính trong bpmn/README.md.", "See the table of properties in bpmn/README.md."
                    )
                    yield at(RULE, process, element, what, fix)


def _meant(bundle: Bundle, process: Process, element: Element, name: str, value: str) -> bool:
    outputs = _outputs(bundle, element.decision or "")
    means: Mapping[str, Callable[[], bool]] = {
        "status": lambda: value in STATUSES,
        "notBy": lambda: bool(value.split()) and set(value.split()) <= _tasks(bundle, process),
        "notAmong": lambda: _is_list(bundle, process, value),
        "admits": lambda: all({"field", "refused"} <= _outputs(bundle, each) for each in value.split()),
        "encloses": lambda: value in bundle.papers,
        "requires": lambda: {"kind", "mandatory"} <= _outputs(bundle, value),
        "assignee": lambda: value == "item" if element.loop else value in bundle.vocabulary(process.id),
        "forEach": lambda: _is_list(bundle, process, value) if element.loop else value == "line",
        "verdict": lambda: value in (VERDICTS if element.type == "endEvent" else outputs),
        "award": lambda: (
            len(value.split()) == AWARD_FACTS and set(value.split()) <= bundle.vocabulary(process.id).keys()
        ),
        "blocks": lambda: {"rule", "effect", "override"} <= _outputs(bundle, value),
        "act": lambda: value in _acts(bundle),
        "amount": lambda: {"coefficient", "round_up_to"} <= outputs and value in bundle.vocabulary(process.id),
        "any": lambda: element.properties.get("forEach") == "line" and value in _truths(bundle, element.decision or ""),
        "otherwise": lambda: "amount" in element.properties and value in bundle.vocabulary(process.id),
        "council": lambda: f"{value}.members" in bundle.vocabulary(process.id),
        "notice": lambda: value in bundle.notices,
        "reason": lambda: _is_reason(bundle, process, element, value),
        "paper": lambda: value in bundle.papers,
        "body": lambda: value in bundle.bodies,
        "number": lambda: value in bundle.vocabulary(process.id),
        "state": lambda: value in DRAFT_STATES,
        "copies": lambda: value in bundle.vocabulary(process.id),
        "series": lambda: value in bundle.series and "paper" in element.properties,
    }
    return means[name]() if name in means else True


def _is_reason(bundle: Bundle, process: Process, element: Element, value: str) -> bool:
    """On an end a worded reason for its verdict, elsewhere facts."""
    if element.type == "endEvent":
        return "verdict" in element.properties and value in bundle.worded(VERDICT_REASON).values
    return bool(value.split()) and set(value.split()) <= bundle.vocabulary(process.id).keys()


def _acts(bundle: Bundle) -> tuple[str, ...]:
    fact = bundle.manifest.facts.get("conflict.act")
    return fact.type.values if fact else ()


def _is_list(bundle: Bundle, process: Process, fact: str) -> bool:
    known = bundle.vocabulary(process.id)
    return fact in known and known[fact].kind == "list"


def _tasks(bundle: Bundle, process: Process) -> set[str]:
    members = family(bundle.processes, process.id)
    return {task.id for each in members for task in bundle.processes[each].of_type("userTask")}


def _truths(bundle: Bundle, decision: str) -> set[str]:
    tables = bundle.tables.get(decision, {}).values()
    return {str(name) for table in tables for name, given in table.gives().items() if given.kind == "boolean"}


def _outputs(bundle: Bundle, decision: str) -> set[str]:
    return {output.name for table in bundle.tables.get(decision, {}).values() for output in table.outputs}
