"""Refusals of expressions and tables: what was written, where, and what to write instead; never a traceback."""

from collections.abc import Callable

from workflows.domain.errors import DefinitionRejected, InvalidState

_SHOWN = 160
_SOURCES = ("expression", "near", "part", "name", "value", "left", "right", "warning")


def _short(about: dict[str, object]) -> dict[str, object]:
    """Long sources are cut, so that the sentence around them can be read."""
    long = {key: text for key, text in about.items() if key in _SOURCES and len(str(text)) > _SHOWN}
    return about | {key: f"{str(text)[:_SHOWN]}…" for key, text in long.items()}


class ExpressionRejected(DefinitionRejected):
    """{place}: the expression «{expression}» is rejected."""

    def __init__(self, /, **about: object) -> None:
        super().__init__(**_short(about))


class NotReadable(ExpressionRejected):
    """{place}: «{expression}» cannot be read near «{near}». {hint}"""


class NothingWritten(ExpressionRejected):
    """{place}: the expression is empty. Write a condition, for example: lines.open = 0"""


class TooLong(ExpressionRejected):
    """{place}: «{expression}» has {length} characters; {limit} are allowed. Use a decision table."""


class TooDeep(ExpressionRejected):
    """{place}: «{expression}» is too large, or nested deeper than {limit} brackets."""


class NotReached(ExpressionRejected):
    """{place}: «{expression}» was not read: those before it took too long. Shorten the longest expressions."""


class NameUnknown(ExpressionRejected):
    """{place}: «{name}» in «{expression}» is not a declared fact.{hint}"""


class NameOfGroup(ExpressionRejected):
    """{place}: «{name}» in «{expression}» is a group of facts. Name one of them: {members}."""


class ValueUnknown(ExpressionRejected):
    """{place}: «{name}» is never "{value}" in «{expression}». Its values: {values}."""


class KindsDiffer(ExpressionRejected):
    """{place}: in «{expression}» {left} is {left_kind} and {right} is {right_kind}. Compare things of one kind."""


class KindNotAllowed(ExpressionRejected):
    """{place}: «{part}» in «{expression}» is {kind}; here only {allowed} can stand."""


class ResultKind(ExpressionRejected):
    """{place}: «{expression}» gives {kind}, but {expected} is needed.{hint}"""


class FunctionUnknown(ExpressionRejected):
    """{place}: there is no function «{name}» in «{expression}».{hint}"""


class FunctionRefused(ExpressionRejected):
    """{place}: «{name}» may not be used in «{expression}»: {instead}."""


class FunctionArguments(ExpressionRejected):
    """{place}: «{name}» in «{expression}» is called with {given} arguments; it takes {taken}."""


class ConstructRefused(ExpressionRejected):
    """{place}: «{part}» in «{expression}» is not allowed. {instead}"""


class NotExact(ExpressionRejected):
    """{place}: «{part}» in «{expression}» is not exact. Calculate with whole numbers: yes * 3 >= cast * 2."""


class CellIgnoresInput(ExpressionRejected):
    """{place}: the cell «{expression}» does not look at its input. Write ? for the input, or - for any value."""


class OutputUntyped(ExpressionRejected):
    """{place}: the output column has no type. Choose string, number, boolean, date or dateTime."""


class NameMalformed(ExpressionRejected):
    """The fact «{name}» cannot be declared: {why}."""


class RuleFailed(InvalidState):
    """{place}: the rule «{expression}» failed."""

    def __init__(self, /, **about: object) -> None:
        super().__init__(**_short(about))


class RuleUnusable(RuleFailed):
    """{place}: the rule cannot be used."""

    def __init__(self, problem: DefinitionRejected) -> None:
        self.problem = problem
        super().__init__(**problem.about)

    def message(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence of the rejection that stands behind it."""
        return self.problem.message(gettext)


class FactMissing(RuleFailed):
    """{place}: «{name}» is not known yet, and «{expression}» needs it. If it may be missing: {name} = null or …"""


class FactOfWrongKind(RuleFailed):
    """{place}: «{name}» is {value}, but it is declared as {kind}; «{expression}» was not evaluated."""


class FactValueUnknown(RuleFailed):
    """{place}: «{name}» is "{value}", which is not one of its values: {values}."""


class FactUnusable(RuleFailed):
    """{place}: «{name}» is {value}. Give numbers up to 15 digits, instants with a zone, lists up to 10000 items."""


class FactNotExact(RuleFailed):
    """{place}: «{name}» is {value}; «{expression}» is exact for whole numbers only."""


class RuleWarned(RuleFailed):
    """{place}: «{expression}» did not give an answer: {warning}."""


class NoValue(RuleFailed):
    """{place}: «{expression}» gives no value for {values}. Is something divided by 0, or a list too short?"""


class NotBoolean(RuleFailed):
    """{place}: «{expression}» must be true or false; it gave {value}."""


class ValueRefused(RuleFailed):
    """{place}: «{expression}» gives {value}, which no fact can hold. Give a text, a number, a date or a list."""


class TooExpensive(RuleFailed):
    """{place}: «{expression}» was stopped: it needs more than {limit}. Count or compare fewer things."""


class FeelinMissing(RuleFailed):
    """The rule engine is not built: {path} is missing. Run: ./run setup"""


class TableRejected(DefinitionRejected):
    """{place}: the decision table is rejected: {why}"""


class NoRuleMatches(RuleFailed):
    """{place}: no row of the table «{table}» fits {inputs}. Add a row for this case."""


class RulesConflict(RuleFailed):
    """{place}: the rows {rows} of the table «{table}» all fit {inputs}. Make them exclude each other."""


class OutputsConflict(RuleFailed):
    """{place}: the rows {rows} of the table «{table}» all fit {inputs}. Give them the same answer."""


class InputNotAllowed(RuleFailed):
    """{place}: «{input}» of the table «{table}» is {value}, which is not one of its values: {values}."""


class InputOutside(RuleFailed):
    """{place}: «{input}» is {value}; the table «{table}» knows an answer only for {admits}. Nothing may be guessed."""


class OutputNotAllowed(RuleFailed):
    """{place}: row {row} of the table «{table}» gives {value} for «{output}»; allowed: {values}."""


class DecisionsRejected(DefinitionRejected):
    """{place}: the decisions are rejected: {why}"""


class NoDecisions(DecisionsRejected):
    """{place}: the file holds no decision. Draw one, with a table or an expression."""


class DecisionNameless(DecisionsRejected):
    """{place}: the decision «{decision}» has no id, or two have this one. Give every decision an id of its own."""


class LogicUnknown(DecisionsRejected):
    """{place}: the decision «{decision}» has no table and no expression. Nothing else is run."""


class FunctionRequired(DecisionsRejected):
    """{place}: the decision «{decision}» requires the function «{required}». Functions of a model are not run."""


class RequirementUnknown(DecisionsRejected):
    """{place}: the decision «{decision}» requires the decision «{required}», which this file does not hold."""


class InputUnknown(DecisionsRejected):
    """{place}: the decision «{decision}» requires the input «{required}», which this file does not hold."""


class RequirementsCircle(DecisionsRejected):
    """{place}: these decisions require each other in a circle: {decisions}. Remove one of the arrows."""


class ResultNameMalformed(DecisionsRejected):
    """{place}: the result of «{decision}» cannot be called «{name}»: {why}."""


class ResultNameRepeated(DecisionsRejected):
    """{place}: «{decision}» requires two things called «{name}». Name the result of one of them otherwise."""


class DecisionNotHeld(DecisionsRejected):
    """{place}: there is no decision «{decision}». There are: {known}."""


class ResultOfWrongKind(RuleFailed):
    """{place}: «{expression}» gives {value}, but {expected} is needed."""


class ResultTooLarge(RuleFailed):
    """{place}: the result has more than {limit} parts. Count or choose fewer things."""
