"""What the parts of two versions are called, as far as their files tell; a file that cannot be read fails nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.definitions.bundle import Bundle
from workflows.definitions.difference.change import say
from workflows.definitions.errors import BundleRejected
from workflows.definitions.read import load_files
from workflows.domain.errors import DomainError
from workflows.domain.text import Text


@dataclass(frozen=True, slots=True)
class Names:
    """The two versions as bundles; None where one of them cannot be read as a whole yet."""

    old: Bundle | None
    new: Bundle | None

    def element(self, process: str, element: str, drawn: str) -> Text:
        """An element by the name that stands on its diagram, in English as the bundle says it."""
        for bundle in self._known():
            if process in bundle.processes and element in bundle.processes[process].elements:
                titled = bundle.forms[element].ui.get("title") if element in bundle.forms else None
                return Text(drawn, Text.read(titled).en if titled else bundle.manifest.labels.get(element, ""))
            if element in bundle.manifest.labels:
                return Text(drawn, bundle.manifest.labels[element])
        return Text(drawn)

    def lane(self, name: str, *, new: bool) -> Text:
        """A lane with the group that works in it, which may differ between the versions."""
        bundle = self.new if new else self.old
        lane = bundle.lanes.get(name) if bundle else None
        if bundle is None or lane is None:
            return say("«{name}»", "«{name}»", name=name)
        group = bundle.groups.get(lane.group, Text(lane.group))
        called = Text(name, lane.title.en)
        return say("«{lane}» (nhóm {group})", "«{lane}» (group {group})", lane=called, group=group)

    def group(self, key: str) -> Text:
        """A candidate group by its key."""
        return next((bundle.groups[key] for bundle in self._known() if key in bundle.groups), Text(key))

    def rules(self, key: str) -> Text:
        """A rule set by its key; "" where it has no title."""
        found = (rules.title for bundle in self._known() for rules in bundle.rule_sets if rules.key == key)
        return next(found, Text(""))

    def values(self, fact: str) -> Mapping[str, Text]:
        """What the values of a fact are called."""
        known = (bundle.worded(fact).values or _papers(bundle, fact) for bundle in self._known())
        return next((told for told in known if told), {})

    def label(self, fact: str) -> Text | None:
        """What a fact is called; None where nothing says."""
        return next((label for bundle in self._known() if (label := bundle.label(fact)).vi != fact), None)

    def form(self, task: str) -> Text | None:
        """The title of a form by its task."""
        titles = (bundle.forms[task].ui.get("title") for bundle in self._known() if task in bundle.forms)
        return next((Text.read(title) for title in titles if title), None)

    def paper(self, key: str) -> Text | None:
        """A kind of paper by its key."""
        return next((bundle.papers[key] for bundle in self._known() if key in bundle.papers), None)

    def _known(self) -> tuple[Bundle, ...]:
        return tuple(bundle for bundle in (self.new, self.old) if bundle is not None)


def read_names(old: Bundle | Mapping[str, bytes], new: Mapping[str, bytes]) -> Names:
    """The names of two versions by their files; the older may have been read already."""
    return Names(old if isinstance(old, Bundle) else _read(old), _read(new))


def _papers(bundle: Bundle, fact: str) -> Mapping[str, Text]:
    """The kinds of paper, for the answer of a decision that some task requires papers by."""
    tasks = (element for process in bundle.processes.values() for element in process.of_type("userTask"))
    decisions = {task.properties["requires"] for task in tasks if "requires" in task.properties}
    return bundle.papers if fact in {f"decisions.{each}.kind" for each in decisions} else {}


def _read(files: Mapping[str, bytes]) -> Bundle | None:
    try:
        bundle = load_files(files)
        bundle.worded("")
    except (DomainError, BundleRejected):
        return None
    return bundle
