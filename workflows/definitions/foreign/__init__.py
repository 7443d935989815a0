"""What of a diagram drawn elsewhere would run here: element by element, by the rules of our own; it keeps nothing."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from workflows.definitions.bundle import Bundle
from workflows.definitions.diagram import is_bpmn, line_of, tag
from workflows.definitions.difference.words import type_word
from workflows.definitions.foreign.opening import opened
from workflows.definitions.foreign.parts import SHARED, Taken, take_apart
from workflows.definitions.foreign.report import (
    VERDICTS,
    ForeignElement,
    ForeignProcess,
    ForeignReport,
    Reason,
    Refusal,
    Verdict,
)
from workflows.definitions.foreign.vendors import hint, is_foreign, vendor_of
from workflows.definitions.lint import (
    allowed_elements,
    caught,
    condition_placement,
    connections,
    deadlines,
    decisions,
    event_choice,
    expressions,
    forms,
    gateway_default,
    lanes,
    legal_basis,
    messages,
    no_numerals,
    no_scripts,
    operations,
    parallel_cycle,
    references,
    refused,
    soundness,
    tree_size,
)
from workflows.definitions.lint.finding import Finding, reason
from workflows.definitions.manifest import FILE
from workflows.definitions.process import Process
from workflows.definitions.read import load_files
from workflows.domain.errors import DefinitionRejected
from workflows.domain.text import Text
from workflows.rules.sandbox import allowance

__all__ = [
    "VERDICTS",
    "ForeignElement",
    "ForeignProcess",
    "ForeignReport",
    "Reason",
    "Refusal",
    "hint",
    "inspect_foreign",
]

BARE = b'key = "foreign"\ntitle = "foreign"\nrule_sets = []\n'
CONSTRUCTS = (allowed_elements, no_scripts, references, connections, parallel_cycle, event_choice, caught, tree_size)
"""What breaks one of these must be drawn otherwise."""
LACKS = (
    forms,
    lanes,
    expressions,
    gateway_default,
    condition_placement,
    no_numerals,
    decisions,
    messages,
    deadlines,
    operations,
    legal_basis,
)
"""What breaks one of these runs once it is written."""
Found = tuple[Verdict, Finding]
SECONDS = 10
MOST_PROCESSES, MOST_REASONS = 60, 12
OUTSIDE = frozenset(
    {"choreography", "globalTask", "globalUserTask", "globalScriptTask", "globalConversation", "import"}
)
ROUND_ABOUT = frozenset({"messageFlow", "conversationNode", "conversation", "conversationLink", "dataStore"})
WITHOUT_LANES = Reason(
    "lanes",
    Text("quy trình không có làn nào.", "the process has no lanes."),
    Text("Vẽ mỗi nhóm xử lý một làn và kéo các phần tử vào.", "Draw a lane for each group and move the elements in."),
)
POOL = Reason(
    "allowed_elements",
    Text("bể này không có quy trình bên trong.", "this pool has no process inside."),
    Text("Cơ quan ngoài là một thông điệp có to = «outside».", "A body outside is a message with to = «outside»."),
)


def inspect_foreign(file: str, content: bytes) -> ForeignReport:
    """What runs of a file of another program, what cannot and why; what is no BPMN 2.0 is refused, never raised."""
    root = opened(content)
    if isinstance(root, Refusal):
        return ForeignReport(file, refused=root)
    vendor, beside = vendor_of(root), tuple(_beside(root))
    taken = list(take_apart(root))
    if not taken or len(taken) > MOST_PROCESSES:
        what = Text(
            f"Tệp có {len(taken)} quy trình; cần từ 1 đến {MOST_PROCESSES}.",
            f"The file holds {len(taken)} processes; there must be 1 to {MOST_PROCESSES}.",
        )
        fix = Text("Vẽ quy trình trong một bể rồi xuất lại.", "Draw the process inside a pool and export it again.")
        return ForeignReport(file, vendor, Refusal(line_of(root), what, fix), beside=beside)
    names = {each.id: f"process_{number}.bpmn" for number, each in enumerate(taken, 1)}
    try:
        bundle = load_files({FILE: BARE, **{names[each.id]: each.xml for each in taken}})
    except DefinitionRejected as error:
        why = reason(error.about["why"]) if "why" in error.about else Text(error.message(), error.message())
        return ForeignReport(file, vendor, Refusal(0, why, Text("", "")), beside=beside)
    found = _findings(bundle)
    processes = tuple(_process(file, each, bundle.processes[each.id], found.get(names[each.id], ())) for each in taken)
    return ForeignReport(file, vendor, None, processes, beside)


def _findings(bundle: Bundle) -> Mapping[str, Sequence[Found]]:
    """What the rules find, by file; how it all fits together only where every part of it could run."""
    found: dict[str, list[Found]] = {}
    with allowance(SECONDS):
        broken: list[Found] = [
            ("needs" if _calls_elsewhere(bundle, finding) else "cannot", finding)
            for rule in CONSTRUCTS
            for finding in rule.check(bundle)
        ]
        if not broken:
            broken += [("cannot", finding) for finding in soundness.check(bundle)]
        broken += [("needs", finding) for rule in LACKS for finding in rule.check(bundle)]
    for verdict, finding in broken:
        if finding.severity == "error":
            found.setdefault(finding.file, []).append((verdict, finding))
    return found


def _calls_elsewhere(bundle: Bundle, finding: Finding) -> bool:
    """Whether all that is wrong is that the called process stands in another file."""
    elements = (process.elements.get(finding.element) for process in bundle.processes.values())
    element = next((each for each in elements if each is not None), None)
    called = element.called if element is not None and finding.rule == connections.RULE else None
    return called is not None and called not in bundle.processes


def _process(file: str, taken: Taken, process: Process, found: Sequence[Found]) -> ForeignProcess:
    told: dict[str, list[Found]] = {}
    for each in found:
        if process.lanes or each[1].rule != lanes.RULE:
            told.setdefault(each[1].element, []).append(each)
    places = {key: (each.type, each.name) for key, each in process.elements.items()}
    places.update({key: ("sequenceFlow", each.name) for key, each in process.flows.items() if key in told})
    elements = [_element(file, taken, key, place, told.pop(key, [])) for key, place in places.items()]
    elements.sort(key=lambda each: (each.line, each.id))
    rest = [] if process.lanes else [WITHOUT_LANES]
    rest += [_reason(file, finding) for some in told.values() for _, finding in some]
    rest += [
        Reason("extension", Text(f"{name}: {hint(name).vi}", f"{name}: {hint(name).en}"), Text("", ""))
        for name in taken.ignored.get(taken.id, ())
    ]
    return ForeignProcess(taken.id, taken.name, taken.pool, taken.line, tuple(elements), tuple(rest[:MOST_REASONS]))


def _element(file: str, taken: Taken, key: str, place: tuple[str, str], found: Sequence[Found]) -> ForeignElement:
    kind, name = place
    verdict: Verdict = "runs"
    if found:
        verdict = "cannot" if any(each == "cannot" for each, _ in found) else "needs"
    why = tuple(_reason(file, finding) for _, finding in found[:MOST_REASONS])
    line = taken.lines.get(key, taken.line)
    return ForeignElement(key, kind, type_word(kind), name, line, verdict, why, taken.ignored.get(key, ()))


def _reason(file: str, finding: Finding) -> Reason:
    """A finding, with the name of the file that was brought."""
    vi, en = (said.replace(finding.file, file) for said in (finding.vi, finding.en))
    return Reason(finding.rule, Text(vi, en), Text(finding.fix_vi, finding.fix_en))


def _beside(root: etree._Element) -> Iterator[ForeignElement]:
    """What stands outside every process: pools without one, flows between pools, other kinds of diagrams."""
    for node in root.iter(etree.Element):
        name, around = tag(node), node.getparent()
        if not is_bpmn(node) or around is None or any(tag(each) == "process" for each in node.iterancestors()):
            continue
        if name == "participant" and not node.get("processRef"):
            yield _outside(node, POOL)
        elif name in refused.TAGS and (name in ROUND_ABOUT or around is root) and name not in SHARED:
            told = refused.TAGS[name]
            yield _outside(node, Reason("allowed_elements", told.sentence(f"«{node.get('id', name)}»"), told.instead))
        elif name in OUTSIDE | ROUND_ABOUT:
            what = Text(f"«{name}» không chạy được.", f"«{name}» is not run.")
            yield _outside(node, Reason("allowed_elements", what, allowed_elements.FIX))


def _outside(node: etree._Element, why: Reason) -> ForeignElement:
    key, name = str(node.get("id", "")), str(node.get("name", ""))
    ignored = tuple(
        f"{each.localname}" for each in map(etree.QName, map(str, node.attrib)) if is_foreign(each.namespace)
    )
    return ForeignElement(key, tag(node), type_word(tag(node)), name, line_of(node), "cannot", (why,), ignored)
