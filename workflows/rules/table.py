"""A decision table as dmn-js writes it (DMN 1.3), read into plain values; it evaluates nothing."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Literal, cast

from lxml import etree

from workflows.domain.said import Said
from workflows.rules.markup import check_language, children, kind_in, read_xml, reject, tag, text_in
from workflows.rules.vocabulary import FactType, Kind

HitPolicy = Literal["UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"]
Aggregation = Literal["SUM", "MIN", "MAX", "COUNT"]
_HIT_POLICIES = ("UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER")
_AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions: what it asks, of which kind, and the texts it may have (() if any).

    `admits` says of which numbers, days or instants the table knows an answer, as a cell would ("": of all).
    """

    label: str
    expression: str
    kind: Kind | None
    values: tuple[str, ...]
    admits: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A column of answers; the order of `values` is their priority, `default` holds where no row fits ("": none)."""

    name: str
    label: str
    kind: Kind | None
    values: tuple[str, ...]
    default: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: one cell per input, one expression per output, and its citation."""

    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A decision and its rows; `sha256` is that of the file it came from."""

    id: str
    name: str
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    sha256: str

    def gives(self) -> dict[str, FactType]:
        """What the decision adds to the facts, by output name; lists for COLLECT, RULE ORDER and OUTPUT ORDER."""
        return {output.name: self._given(output) for output in self.outputs}

    def _given(self, output: Output) -> FactType:
        if self.aggregation is not None:
            return FactType("number")
        if self.gives_lists:
            return FactType("list", output.values, of=output.kind)
        return FactType(output.kind or "text", output.values)

    @property
    def gives_lists(self) -> bool:
        """Whether every output is a list, one entry per row that fits."""
        return self.aggregation is None and self.hit_policy in ("COLLECT", "RULE ORDER", "OUTPUT ORDER")

    @property
    def has_defaults(self) -> bool:
        """Whether the table answers where no row fits."""
        return all(output.default for output in self.outputs)


def parse_table(xml: bytes, *, place: str) -> Table:
    """The one decision table of a DMN file; raises TableRejected with what to change."""
    root = read_xml(xml, place=place)
    decisions = [child for child in root if tag(child) == "decision"]
    if tag(root) != "definitions" or len(decisions) != 1:
        reject(place, "the file holds {found} decisions. Keep one decision in one .dmn file.", found=len(decisions))
    return read_decision(decisions[0], hashlib.sha256(xml).hexdigest(), place=place)


def read_decision(decision: etree._Element, sha256: str, *, place: str) -> Table:
    """The table of one decision element."""
    tables = children(decision, "decisionTable")
    if len(tables) != 1:
        reject(place, "the decision has no table. Only decision tables are run, not expressions or functions.")
    element = tables[0]
    key = decision.get("id") or ""
    inputs = tuple(_input(child, place) for child in children(element, "input"))
    outputs = _outputs(element, key, place)
    rules = tuple(_rule(child, row, inputs, outputs, place) for row, child in enumerate(children(element, "rule"), 1))
    _no_repeats(place, Said("rule id"), [rule.id for rule in rules])
    hit_policy, aggregation = _policy(element, outputs, place)
    return Table(key, decision.get("name") or key, hit_policy, aggregation, inputs, outputs, rules, sha256)


def _policy(element: etree._Element, outputs: tuple[Output, ...], place: str) -> tuple[HitPolicy, Aggregation | None]:
    policy = element.get("hitPolicy", "UNIQUE")
    aggregation = element.get("aggregation") or None
    if policy not in _HIT_POLICIES:
        reject(
            place,
            "the hit policy «{policy}» is unknown. Use one of: {known}.",
            policy=policy,
            known=", ".join(_HIT_POLICIES),
        )
    if aggregation is not None and (policy != "COLLECT" or aggregation not in _AGGREGATIONS):
        reject(
            place,
            "the aggregation «{name}» fits only COLLECT, as {known}.",
            name=aggregation,
            known=", ".join(_AGGREGATIONS),
        )
    if aggregation is not None and len(outputs) != 1:
        reject(place, "the aggregation {name} needs exactly one output column.", name=aggregation)
    if policy in ("PRIORITY", "OUTPUT ORDER") and not any(output.values for output in outputs):
        reject(
            place,
            "{policy} ranks by the allowed values of an output. Declare them in the output column, best first.",
            policy=policy,
        )
    return cast("HitPolicy", policy), cast("Aggregation | None", aggregation)


def _input(element: etree._Element, place: str) -> Input:
    expressions = children(element, "inputExpression")
    label = element.get("label") or ""
    expression = text_in(expressions[0]) if expressions else ""
    if not expression:
        reject(
            place,
            "the input column «{label}» has no expression. Write the fact it asks for, e.g. dossier.kind",
            label=label,
        )
    check_language(expressions[0], place)
    kind = kind_in(expressions[0], place)
    if kind in ("number", "date", "instant"):
        return Input(label or expression, expression, kind, (), _written(element, "inputValues"))
    return Input(label or expression, expression, kind, _values(element, "inputValues", place))


def _outputs(element: etree._Element, key: str, place: str) -> tuple[Output, ...]:
    columns = children(element, "output")
    outputs = tuple(_output(column, key if len(columns) == 1 else "", place) for column in columns)
    if not outputs:
        reject(place, "the table has no output column.")
    _no_repeats(place, Said("output name"), [output.name for output in outputs])
    without = [output.name for output in outputs if not output.default]
    if without and len(without) < len(outputs):
        reject(
            place,
            "«{names}» has no default output, others have. Give one to every output, or to none.",
            names=", ".join(without),
        )
    return outputs


def _output(element: etree._Element, otherwise: str, place: str) -> Output:
    name = element.get("name") or otherwise
    if not name:
        reject(
            place,
            "the output column «{label}» has no name. Name it in the column's settings.",
            label=element.get("label"),
        )
    kind = kind_in(element, place)
    defaults = children(element, "defaultOutputEntry")
    for default in defaults:
        check_language(default, place)
    otherwise = text_in(defaults[0]) if defaults else ""
    return Output(name, element.get("label") or name, kind, _values(element, "outputValues", place), otherwise)


def _rule(
    element: etree._Element, row: int, inputs: tuple[Input, ...], outputs: tuple[Output, ...], place: str
) -> Rule:
    entries, answers = children(element, "inputEntry"), children(element, "outputEntry")
    if (len(entries), len(answers)) != (len(inputs), len(outputs)):
        reject(
            place,
            "row {row} has {found} cells, not {needed}.",
            row=row,
            found=f"{len(entries)} + {len(answers)}",
            needed=f"{len(inputs)} + {len(outputs)}",
        )
    for entry in (*entries, *answers):
        check_language(entry, place)
    written = tuple(text_in(answer) for answer in answers)
    for output, answer in zip(outputs, written, strict=True):
        if not answer:
            reject(place, "row {row} gives nothing for «{name}». Write the answer, or null.", row=row, name=output.name)
    notes = [text_in(note) for note in children(element, "annotationEntry")]
    notes += [(note.text or "").strip() for note in children(element, "description")]
    description = "\n".join(note for note in notes if note)
    return Rule(element.get("id") or f"row_{row}", tuple(text_in(entry) for entry in entries), written, description)


def _values(element: etree._Element, named: str, place: str) -> tuple[str, ...]:
    """The declared texts `"a","b"` of a column."""
    text = _written(element, named)
    if not text:
        return ()
    try:
        values = json.loads(f"[{text}]")
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        reject(place, 'the allowed values {text} cannot be read. Write texts in quotes: "a","b"', text=text)
    _no_repeats(place, Said("allowed value"), values)
    return tuple(values)


def _written(element: etree._Element, named: str) -> str:
    found = children(element, named)
    return text_in(found[0]) if found else ""


def _no_repeats(place: str, what: str, written: list[str]) -> None:
    repeated = next((entry for entry, times in Counter(written).items() if times > 1), None)
    if repeated is not None:
        reject(place, "the {what} «{name}» is there twice.", what=what, name=repeated)
