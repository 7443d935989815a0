"""One tree of refusals, five kinds; the docstring of each is its message in English and the key of its translation."""

from collections.abc import Callable, Mapping

from workflows.domain.said import filled


class DomainError(Exception):
    """The request was refused."""

    def __init__(self, /, **about: object) -> None:
        self.about = about
        super().__init__(self.message())

    def message(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence for a person, in the language of `gettext`; names and numbers stay as they are."""
        template = gettext((type(self).__doc__ or "").strip())
        return filled(template, self.about, gettext)


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


class TaskCalledOff(TaskNotOpen):
    """Task «{task}» of {number} was called off at {at}."""


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


class NotOffered(InvalidInput):
    """«{value}» is not one of the choices offered."""


class LineNotOpen(InvalidInput):
    """Line {line} of {number} is not open here."""


class LineUnknown(InvalidInput):
    """There is no line {line} in {number}."""


class NoLongerWaiting(InvalidInput):
    """{numbers} no longer waits for a round."""


class PasswordTooShort(InvalidInput):
    """A password has at least {least} characters."""


class GivenByProcedure(InvalidState):
    """«{task}» is given to you by the procedure and cannot go back to the group."""


class CannotBeWithdrawn(InvalidState):
    """{number} can no longer be withdrawn, or not yet."""


class AlreadyDecided(InvalidState):
    """The decision about {number} is already signed; its result is on its way."""


class AlreadyHandedIn(InvalidState):
    """{number} has been handed in; its papers can be changed when it is returned."""


class CalendarEnds(InvalidState):
    """The calendar of working days does not know the year {year}. An administrator adds that year to calendar.toml."""


class UnitHasEnded(InvalidState):
    """{name} has become part of another unit, which now has its tasks."""


class NotStopped(InvalidState):
    """{number} is not stopped."""
