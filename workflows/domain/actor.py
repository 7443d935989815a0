"""Who acts and what that person may do; it knows nothing of sessions or passwords."""

from dataclasses import dataclass

PERMISSIONS: dict[str, frozenset[str]] = {
    "unit": frozenset({"award.read", "task.work", "dossier.open", "dossier.withdraw"}),
    "clerk": frozenset({"award.read", "task.work", "dossier.read_all", "letter.enter"}),
    "office": frozenset(
        {
            "award.read",
            "task.work",
            "dossier.read_all",
            "round.open",
            "dossier.suspend",
            "movement.lead",
            "letter.enter",
        }
    ),
    "office_head": frozenset(
        {
            "award.read",
            "task.work",
            "dossier.read_all",
            "round.open",
            "dossier.suspend",
            "movement.lead",
            "substitute.manage",
            "task.hand_over",
        }
    ),
    "council": frozenset({"award.read", "task.work"}),
    "director": frozenset({"award.read", "task.work", "dossier.read_all", "task.hand_over"}),
    "home_affairs": frozenset({"task.work", "dossier.read_sent"}),
    "province_office": frozenset({"task.work", "dossier.read_sent"}),
    "province_council": frozenset({"task.work", "dossier.read_sent"}),
    "chairman": frozenset({"task.work", "dossier.read_sent"}),
    "auditor": frozenset({"award.read", "dossier.read_all", "history.verify", "account.history"}),
    "admin": frozenset(
        {
            "task.work",
            "incident.retry",
            "instance.intervene",
            "definition.edit",
            "definition.approve",
            "account.manage",
            "account.history",
            "substitute.manage",
        }
    ),
}
"""What each group may do at all; which dossiers it reaches is the scope of practice.md's «who may see what»."""


CONFLICTING: tuple[frozenset[str], ...] = (frozenset({"admin", "auditor"}),)
"""Groups that one person never has together: who gives rights does not check what was done with them."""


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody for whom another person acts today."""

    login: str
    name: str
    unit: str | None
    groups: frozenset[str]

    def works_for(self, group: str, unit: str | None) -> bool:
        """Whether a task of the candidate `group`, limited to `unit` when one is given, is this person's."""
        return group in self.groups and (unit is None or unit == self.unit)


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the system itself when a timer or a job moves a dossier; `stands_for` holds today."""

    id: int
    login: str
    name: str
    title: str = ""
    unit: str | None = None
    unit_name: str | None = None
    groups: frozenset[str] = frozenset()
    locale: str = "vi"
    stands_for: tuple[Absent, ...] = ()
    must_choose_password: bool = False

    @property
    def permissions(self) -> frozenset[str]:
        """The union of what the groups allow."""
        return frozenset().union(*(PERMISSIONS.get(group, frozenset()) for group in self.groups))

    def may(self, permission: str) -> bool:
        """Whether one of the groups allows `permission`; an unknown permission is refused."""
        return permission in self.permissions

    def works_for(self, group: str, unit: str | None) -> bool:
        """Whether a task of the candidate `group`, limited to `unit` when one is given, may be this person's."""
        return group in self.groups and (unit is None or unit == self.unit)

    def acts_for(self, group: str, unit: str | None, assignee: str | None) -> Absent | None:
        """For whom this person does a task of `group` («Xử lý thay»); None: in the own name, or not at all.

        A substitute has the tasks of the absent person, and those of that person's groups that nobody has.
        """
        if assignee in {None, self.login}:
            if self.works_for(group, unit):
                return None
            return next((each for each in self.stands_for if each.works_for(group, unit)), None)
        return next((each for each in self.stands_for if each.login == assignee), None)

    @property
    def logins(self) -> tuple[str, ...]:
        """The own login and those of the people stood in for."""
        return (self.login, *(each.login for each in self.stands_for))

    def reaches(self) -> tuple[tuple[str, str | None], ...]:
        """Groups and units whose tasks this person may take on, own ones and those of people stood in for."""
        own = ((group, self.unit) for group in self.groups)
        others = ((group, each.unit) for each in self.stands_for for group in each.groups)
        return tuple(dict.fromkeys((*own, *others)))


SYSTEM = Actor(0, "system", "Hệ thống", groups=frozenset({"system"}))
"""Timers, jobs and messages act under this name."""
