"""What hypothesis makes up: diagrams, tables, expressions, schemas, answers; near enough to right ones to get far."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from lxml import etree

from workflows.rules.vocabulary import FactType, Vocabulary

settings.register_profile(
    "suite",
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.register_profile("wide", settings.get_profile("suite"), max_examples=400, derandomize=False)
FUZZ = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
"""Same examples each time; HYPOTHESIS_PROFILE=wide makes up others, with --hypothesis-seed=N those of N."""
SMALL = Path(__file__).parents[1] / "definitions" / "small"
FACTS: Vocabulary = {
    "dossier.kind": FactType("text", ("thematic", "ad_hoc")),
    "dossier.note": FactType("text"),
    "dossier.signed_on": FactType("date"),
    "due.answer": FactType("instant"),
    "lines.open": FactType("number"),
    "lines.any_open": FactType("boolean"),
    "council.members": FactType("list", of="text"),
}
TEXTS = st.text(max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20
)

ATOMS = st.sampled_from(
    [*FACTS, "1", "0.5", "-3", '"thematic"', '"x"', "true", "null", "item", "?", 'date("2021-02-29")', "[]", "{}", "x"]
)
BINARY = st.sampled_from(
    ["+", "-", "*", "/", "**", "=", "!=", "<", ">=", "and", "or", "in", "between", ".", "[", "instance of"]
)
CALLS = st.sampled_from(
    ["count", "sum", "not", "string length", "contains", "min", "floor", "now", "matches", "day of week", "concatenate"]
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        st.tuples(inner, BINARY, inner).map(" ".join)
        | st.tuples(CALLS, st.lists(inner, max_size=3)).map(lambda each: f"{each[0]}({', '.join(each[1])})")
        | inner.map(lambda each: f"({each})")
        | st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]")
        | st.tuples(inner, inner, inner).map(lambda each: f"if {each[0]} then {each[1]} else {each[2]}")
        | st.tuples(inner, inner).map(lambda each: f"some x in {each[0]} satisfies {each[1]}")
        | st.tuples(inner, inner).map(lambda each: f"for x in {each[0]} return {each[1]}")
        | st.tuples(inner, inner).map(lambda each: f"{each[0]}[{each[1]}]")
        | inner.map(lambda each: f"{{a: {each}}}.a")
    )


EXPRESSIONS = st.recursive(ATOMS, _larger, max_leaves=8) | st.text(max_size=40)
CELLS = (
    EXPRESSIONS
    | st.sampled_from(
        ["-", "", "> 3", "[1..5]", "(1..3]", '"a","b"', 'not("thematic")', "< 3, > 5", "? > 3", "not(null)"]
    )
    | EXPRESSIONS.map(lambda each: f"> {each}")
)


@st.composite
def tables(draw: Callable[..., Any]) -> bytes:
    """A decision table as a file."""
    kinds = st.sampled_from(["string", "number", "boolean", "date", "dateTime", "any", ""])
    columns = draw(st.lists(st.tuples(EXPRESSIONS, kinds), max_size=3))
    outputs = draw(st.lists(st.tuples(st.sampled_from(["way", "days", "a b", "if", ""]), kinds), max_size=2))
    rows = draw(st.lists(st.tuples(*(CELLS for _ in columns), *(CELLS for _ in outputs)), max_size=4))
    policy = draw(st.sampled_from(["UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER", "X"]))
    adds = draw(st.sampled_from(["", "SUM", "MIN", "COUNT"]))
    told = [f'<decisionTable hitPolicy="{policy}"' + (f' aggregation="{adds}">' if adds else ">")]
    told += [
        f"<input><inputExpression typeRef={quoteattr(kind)}>{_text(each)}</inputExpression></input>"
        for each, kind in columns
    ]
    told += [f"<output name={quoteattr(name)} typeRef={quoteattr(kind)}/>" for name, kind in outputs]
    for row in rows:
        cells = [f"<inputEntry>{_text(cell)}</inputEntry>" for cell in row[: len(columns)]]
        cells += [f"<outputEntry>{_text(cell)}</outputEntry>" for cell in row[len(columns) :]]
        told.append(f"<rule>{''.join(cells)}</rule>")
    body = f'<decision id="made_up">{"".join(told)}</decisionTable></decision>'
    return f'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">{body}</definitions>'.encode(
        errors="replace"
    )


def _text(told: str) -> str:
    return f"<text>{escape(''.join(sign for sign in told if sign.isprintable()))}</text>"


@st.composite
def damaged(draw: Callable[..., Any], file: str) -> bytes:
    """A file of the small bundle with a few of its parts removed, doubled, moved, renamed or rewritten."""
    root = etree.fromstring((SMALL / file).read_bytes())
    words = [*sorted({str(value) for node in root.iter() for value in node.attrib.values()}), "", "x", "1", "true"]
    for _ in range(draw(st.integers(1, 4))):
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        node, other = (nodes[draw(st.integers(0, len(nodes) - 1))] for _ in range(2))
        deed = draw(st.sampled_from(["remove", "double", "move", "rename", "rewrite", "attribute", "forget"]))
        _damage(root, node, other, deed, draw(st.sampled_from(words)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _damage(root: Any, node: Any, other: Any, deed: str, word: str) -> None:
    if deed == "rename":
        node.tag = other.tag
    elif deed == "rewrite":
        node.text = word
    elif deed == "attribute" and node.attrib:
        node.set(sorted(node.attrib)[len(word) % len(node.attrib)], word)
    elif deed == "forget" and node.attrib:
        del node.attrib[min(node.attrib)]
    elif node is not root and deed == "remove":
        node.getparent().remove(node)
    elif deed == "double":
        other.append(etree.fromstring(etree.tostring(node)))
    elif deed == "move" and node is not root and other not in list(node.iter()):
        other.append(node)


WORDS_OF_TOML = st.sampled_from(
    ["1", "-1", "1e400", "true", "[]", "{}", "[[]]", '""', '"x"', '"unit"', "2020-13-01", "2020-01-01", "{ vi = 1 }"]
) | st.text(max_size=8)


@st.composite
def damaged_toml(draw: Callable[..., Any], content: str) -> bytes:
    """A TOML file with a few of its lines removed, doubled, moved, cut or given another value."""
    lines = content.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at, to = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(st.sampled_from(["remove", "double", "move", "cut", "value", "value", "key"])):
            case "remove":
                lines[at] = ""
            case "double":
                lines.insert(to, lines[at])
            case "move":
                lines.insert(to, lines.pop(at))
            case "cut":
                lines[at] = lines[at][: to % (len(lines[at]) + 1)]
            case "value":
                lines[at] = f"{lines[at].partition('=')[0]}= {draw(WORDS_OF_TOML)}"
            case _:
                lines[at] = f"{draw(WORDS_OF_TOML)} = {lines[at].partition('=')[2]}"
    return "\n".join(lines).encode(errors="replace")


FIELD_KINDS = st.sampled_from(["string", "integer", "number", "boolean", "array", "object"])
LIMITS = st.dictionaries(
    st.sampled_from(["minLength", "maxLength", "minimum", "maximum", "multipleOf", "minItems", "maxItems"]),
    st.integers(1, 50),
    max_size=3,
)
PATTERNS = st.sampled_from(
    [{}, {"pattern": "^[0-9]{12}$"}, {"format": "date"}, {"format": "email"}, {"enum": ["a", "b"]}]
)
SCALAR_FIELDS = st.builds(
    lambda kind, limits, pattern: {"type": kind, **limits, **pattern}, FIELD_KINDS, LIMITS, PATTERNS
)
NAMES = st.sampled_from(["a", "b", "line", "rows", "x1", "kind"])
GROUPS = st.dictionaries(NAMES, SCALAR_FIELDS, max_size=4).map(
    lambda fields: {"type": "object", "properties": fields, "additionalProperties": False}
)
ROWS = GROUPS.map(lambda group: {"type": "array", "items": group, "maxItems": 20})
SCHEMAS = st.dictionaries(NAMES, SCALAR_FIELDS | ROWS | GROUPS, max_size=5).map(
    lambda fields: {
        "type": "object",
        "properties": fields,
        "required": sorted(fields)[:2],
        "additionalProperties": False,
    }
)
ANSWERS = st.dictionaries(NAMES | TEXTS, JSON, max_size=5)
POSTED = st.dictionaries(
    st.tuples(NAMES, st.sampled_from(["", "-0-", "-1-", "-999-", "-x-", "-"]), NAMES | st.just("")).map("".join),
    st.lists(TEXTS | st.sampled_from(["1", "1.000", "01/02/2021", "on", "-0", "1e400", "٣"]), max_size=3),
    max_size=6,
)


def as_json(told: Any) -> bytes:
    """Anything as a JSON file."""
    return json.dumps(told).encode()
