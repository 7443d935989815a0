"""One tree of refusals, five kinds; the docstring of each is its message, in English, and the key of its translation."""

from collections.abc import Callable, Mapping


class DomainError(Exception):
    """The request was refused."""

    def __init__(self, /, **about: object) -> None:
        self.about = about
        super().__init__(self.message())

    def message(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence for a person, in the language of `gettext`; values that are texts of their own stay as they are."""
        template = gettext((type(self).__doc__ or "").strip())
        return template.format_map({key: "" if value is None else value for key, value in self.about.items()})


class NotFound(DomainError):
    """{what} does not exist, or is not for you to see."""


class NotAllowed(DomainError):
    """You may not do this: {why}"""


class InvalidState(DomainError):
    """This cannot be done now: {why}"""


class InvalidInput(DomainError):
    """The entries cannot be accepted: {why}"""

    def __init__(self, /, fields: Mapping[str, str] | None = None, **about: object) -> None:
        self.fields = dict(fields or {})
        super().__init__(**about)


class DefinitionRejected(DomainError):
    """The definition is rejected: {why}"""


class TaskNotOpen(InvalidState):
    """Task «{task}» of {number} is already {state} by {by} at {at}."""


class TaskTaken(InvalidState):
    """Task «{task}» of {number} is already being handled by {by}."""


class InstanceStopped(InvalidState):
    """{number} is stopped by an incident at «{element}»: {reason}"""


class InstanceClosed(InvalidState):
    """{number} is already closed."""


class StaleRevision(InvalidState):
    """{number} has changed since you opened this page: {what}. What you typed is kept."""


class MissingPapers(InvalidInput):
    """These papers are missing: {papers}."""
