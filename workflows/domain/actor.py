"""Who acts and what that person may do; it knows nothing of sessions or passwords."""

from dataclasses import dataclass

PERMISSIONS: dict[str, frozenset[str]] = {
    "unit": frozenset({"task.work", "dossier.open", "dossier.withdraw"}),
    "clerk": frozenset({"task.work", "dossier.read_all"}),
    "office": frozenset({"task.work", "dossier.read_all", "round.open"}),
    "office_head": frozenset({"task.work", "dossier.read_all", "round.open"}),
    "council": frozenset({"task.work"}),
    "director": frozenset({"task.work", "dossier.read_all"}),
    "auditor": frozenset({"dossier.read_all", "history.verify"}),
    "admin": frozenset({"incident.retry", "definition.deploy", "account.manage"}),
}
"""What each group may do at all; which dossiers it reaches is the scope of practice.md's «who may see what»."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the system itself when a timer or a job moves a dossier."""

    id: int
    login: str
    name: str
    title: str = ""
    unit: str | None = None
    unit_name: str | None = None
    groups: frozenset[str] = frozenset()
    locale: str = "vi"

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


SYSTEM = Actor(0, "system", "Hệ thống", groups=frozenset({"system"}))
"""Timers, jobs and messages act under this name."""
