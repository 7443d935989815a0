"""One reading of an expression against the declared facts: which it names, which may be null, what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from workflows.domain.said import Said
from workflows.rules.errors import ConstructRefused, ExpressionRejected
from workflows.rules.shapes import Shape
from workflows.rules.tree import Node
from workflows.rules.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that hold only here: loop variables, the item of a filter and its fields, `?` in a table cell."""

    names: Mapping[str, Shape] = field(default_factory=dict)
    element: Shape | None = None
    input: Shape | None = None

    def with_names(self, **names: Shape) -> "Scope":
        """The same scope with these local names added."""
        return replace(self, names={**self.names, **names})


Rule = Callable[["Reader", Node, Scope], Shape]


class Reader:
    """Walks one tree; `rules` holds one reading per kind of node, and a node without one is refused."""

    def __init__(self, expression: str, vocabulary: Vocabulary, place: str, rules: Mapping[str, Rule]) -> None:
        self.expression = expression
        self.vocabulary = vocabulary
        self.place = place
        self.rules = rules
        self.references: dict[str, None] = {}
        self.nullable: set[str] = set()
        self.whole: set[str] = set()
        self.mentions_null = False
        self.mentions_input = False

    def shape(self, node: Node, scope: Scope) -> Shape:
        """What the node stands for; raises a kind of ExpressionRejected that names the part."""
        rule = self.rules.get(node.name)
        if rule is None:
            raise self.rejection(
                ConstructRefused, part=node.text, instead=Said("Use comparisons, and, or, if, some, every or for.")
            )
        return rule(self, node, scope)

    def rejection(self, error: type[ExpressionRejected], **about: object) -> ExpressionRejected:
        """The sentence that rejects this expression, to be raised."""
        return error(place=self.place, expression=self.expression, **about)

    def forbidden(self, part: str, instead: Said) -> ExpressionRejected:
        """The sentence that rejects a part which is never allowed, to be raised."""
        return self.rejection(ConstructRefused, part=part, instead=instead)
