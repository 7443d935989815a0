"""Two drawings of a process compared element by element; what is only drawn elsewhere is told apart from what runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workflows.definitions.difference.change import Change, Kind, altered, apart, begun, joined, say, shortened
from workflows.definitions.difference.conditions import in_words, only_blanks
from workflows.definitions.difference.elements import LANE, ORDER, SCOPE, TYPE, Part, read_parts
from workflows.definitions.difference.names import Names
from workflows.definitions.difference.words import aspect_word, type_word
from workflows.domain.text import Text

FLOW, NAME = "sequenceFlow", "name"
ENDS = ("sourceRef", "targetRef")
OF_IDS = frozenset({"default", "attachedToRef", SCOPE})
"""Aspects that hold the id of another element."""
IN_SILENCE = frozenset({NAME, TYPE, LANE, SCOPE, ORDER, *ENDS})
"""Not told again where the sentence about a new or gone element says it."""
EXPRESSIONS = frozenset({"conditionExpression", "multiInstanceLoopCharacteristics.loopCardinality"})
TYPED = ("conditionExpression", "multiInstanceLoopCharacteristics.loopCardinality", "timerEventDefinition.timeDate")
WRITTEN = frozenset({"exporter", "exporterVersion", "targetNamespace", *(f"{each}.type" for each in TYPED)})
"""What an editor says of itself, and that an expression is one."""
SAID_OF_YES = {"true": Text("có", "yes"), "false": Text("không", "no")}


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a diagram: its elements by id, and what they are called."""

    process: str
    parts: Mapping[str, Part]
    names: Names
    new: bool
    flows: dict[tuple[int, str], list[Part]] = field(default_factory=dict)
    """The flows by which of their ends an element is, and its id."""

    def __post_init__(self) -> None:
        for part in self.parts.values():
            for end in (0, 1) if part.type == FLOW else ():
                self.flows.setdefault((end, part.aspects.get(ENDS[end], "")), []).append(part)

    def called(self, key: str) -> Text:
        """An element as a clerk calls it: its label, else its kind with its id."""
        part = self.parts.get(key)
        if part is None:
            return Text(f"«{key}»", f"«{key}»")
        if not part.name:
            return self._placed(part)
        told = self.names.element(self.process, part.aspects.get("processRef", key), part.name)
        return say("«{name}»", "«{name}»", name=shortened(told))

    def _placed(self, part: Part) -> Text:
        """An element without a label: by the one after which it stands, else before which, else by its id."""
        kind = type_word(part.type)
        for near, far, vi, en in ((1, 0, "sau", "after"), (0, 1, "trước", "before")):
            for flow in self.flows.get((near, part.id), ()):
                other = self.parts.get(flow.aspects.get(ENDS[far], ""))
                if other is not None and other.name:
                    where, name = Text(vi, en), self.called(other.id)
                    return say("{kind} {where} {name}", "{kind} {where} {name}", kind=kind, where=where, name=name)
        return say("{kind} ({key})", "{kind} ({key})", kind=kind, key=part.id)

    def subject(self, part: Part) -> Text:
        """An element with its kind, a flow by its ends."""
        if part.type == FLOW:
            ends = {
                name: self.called(part.aspects.get(end, "")) for name, end in zip(("start", "end"), ENDS, strict=True)
            }
            if not part.name:
                return say("luồng từ {start} tới {end}", "the flow from {start} to {end}", **ends)
            return say(
                "luồng «{name}» từ {start} tới {end}", "the flow «{name}» from {start} to {end}", name=part.name, **ends
            )
        if not part.id:
            return Text("tệp sơ đồ", "the file of the diagram")
        if not part.name:
            return self.called(part.id)
        return say("{kind} {name}", "the {kind} {name}", kind=type_word(part.type), name=self.called(part.id))

    def value(self, aspect: str, value: str) -> Text | str:
        """What an aspect holds, in words."""
        if aspect in OF_IDS:
            return Text(self.called(value).vi.strip("«»"), self.called(value).of("en").strip("«»"))
        if aspect == LANE:
            lane = self.parts.get(value)
            return self.names.lane(lane.name if lane else value, new=self.new)
        if aspect == TYPE:
            return type_word(value)
        if aspect == ORDER:
            ways = [self.parts[key] for key in value.split("\n") if key in self.parts]
            return joined([self.called(way.aspects.get("targetRef", "")) for way in ways])
        return in_words(value, self.names) if aspect in EXPRESSIONS else SAID_OF_YES.get(value, value)


def compare_diagrams(file: str, old: bytes, new: bytes, names: Names) -> Iterator[Change]:
    """The changes of a diagram, in the order of the new one. Raises BundleRejected where one cannot be read."""
    process = file.removesuffix(".bpmn")
    before = Side(process, read_parts(file, old), names, new=False)
    after = Side(process, read_parts(file, new), names, new=True)
    for key in [*after.parts, *(key for key in before.parts if key not in after.parts)]:
        if key not in before.parts:
            yield _whole(file, "added", after, after.parts[key])
        elif key not in after.parts:
            yield _whole(file, "removed", before, before.parts[key])
        else:
            found = list(_element(file, before, after, key))
            yield from found or _moved(file, before.parts[key], after, after.parts[key])


def _whole(file: str, kind: Kind, side: Side, part: Part) -> Change:
    subject, where = side.subject(part), _where(side, part)
    about = [
        say(
            "{aspect} «{value}»",
            "{aspect} «{value}»",
            aspect=aspect_word(each),
            value=shortened(side.value(each, value)),
        )
        for each, value in part.aspects.items()
        if each not in IN_SILENCE | WRITTEN and value
    ]
    more = say(": {about}", ": {about}", about=joined(about, "; ")) if about else Text("", "")
    if kind == "added":
        said = say("Thêm {what}{where}{more}.", "Added: {what}{where}{more}.", what=subject, where=where, more=more)
    else:
        said = say("Bỏ {what}{where}.", "Removed: {what}{where}.", what=subject, where=where)
    told = "\n".join(f"{each}: {value}" for each, value in part.aspects.items())
    held = ("", told) if kind == "added" else (told, "")
    return Change(file, kind, part.id, said, "", *held, part.line, begun(subject))


def _where(side: Side, part: Part) -> Text:
    """The lane an element stands in; who works in a lane."""
    if LANE in part.aspects:
        return say(" trong làn {lane}", " in the lane {lane}", lane=side.value(LANE, part.aspects[LANE]))
    if part.type == "lane":
        return say(": {lane}", ": {lane}", lane=side.value(LANE, part.id))
    return Text("", "")


def _element(file: str, before: Side, after: Side, key: str) -> Iterator[Change]:
    old, new = before.parts[key], after.parts[key]
    changed = [name for name in {**old.aspects, **new.aspects} if old.aspects.get(name) != new.aspects.get(name)]
    if old.type == FLOW and any(end in changed for end in ENDS):
        yield _rerouted(file, before, after, key)
        changed = [name for name in changed if name not in ENDS]
    for aspect in changed:
        held, holds = old.aspects.get(aspect), new.aspects.get(aspect)
        if aspect != ORDER or _order_differs(held, holds):
            said = _sentence(before, after, key, aspect)
            kind: Kind = "moved" if aspect in WRITTEN or only_blanks(held, holds) else "changed"
            where = say("{element}: {part}", "{element}: {part}", element=begun(after.subject(new)), part=_word(aspect))
            yield Change(file, kind, key, said, aspect, held or "", holds or "", new.line, where)


def _order_differs(old: str | None, new: str | None) -> bool:
    """Whether the ways that both versions know are tried in another order."""
    first, second = (old or "").split("\n"), (new or "").split("\n")
    return [key for key in first if key in second] != [key for key in second if key in first]


def _sentence(before: Side, after: Side, key: str, aspect: str) -> Text:
    old, new = before.parts[key], after.parts[key]
    held, holds = old.aspects.get(aspect), new.aspects.get(aspect)
    subject = begun(after.subject(new))
    if aspect == NAME and new.type == "lane":
        lanes = {"old": before.names.lane(old.name, new=False), "new": after.names.lane(new.name, new=True)}
        return say("Làn {old} nay là {new}.", "The lane {old} is now {new}.", **lanes)
    if aspect == NAME and held and holds:
        return say(
            "{old} đổi tên thành «{new}».",
            "{old} is now called «{new}».",
            old=begun(before.subject(old)),
            new=shortened(holds),
        )
    if aspect == LANE and held and holds:
        return say(
            "{subject} chuyển từ làn {old} sang làn {new}.",
            "{subject} moves from the lane {old} to the lane {new}.",
            subject=subject,
            old=before.value(LANE, held),
            new=after.value(LANE, holds),
        )
    word = _word(aspect)
    if not held and not holds:
        return _present(subject, word, there=held is None)
    if only_blanks(held, holds):
        said = "{subject}: {aspect} chỉ được viết khác đi.", "{subject}: {aspect} only written differently."
        return say(*said, subject=subject, aspect=word)
    gone, come = (side.value(aspect, each) if each else None for side, each in ((before, held), (after, holds)))
    if gone is not None and come is not None:
        gone, come = apart(gone, come, (held or "", holds or ""))
    return altered(after.subject(new), word, gone, come)


def _word(aspect: str) -> Text:
    """What a part of an element is called, its name and lane included."""
    return Text("tên", "name") if aspect == NAME else Text("làn", "lane") if aspect == LANE else aspect_word(aspect)


def _present(subject: Text, word: Text, *, there: bool) -> Text:
    """Something that is there or not, without a value."""
    if there:
        return say("{subject}: thêm {aspect}.", "{subject}: {aspect} added.", subject=subject, aspect=word)
    return say("{subject}: bỏ {aspect}.", "{subject}: {aspect} removed.", subject=subject, aspect=word)


def _rerouted(file: str, before: Side, after: Side, key: str) -> Change:
    old, new = before.parts[key], after.parts[key]
    start, end = (old.aspects.get(each) != new.aspects.get(each) for each in ENDS)
    said = say(
        "{old} nay {where}.",
        "{old} now {where}.",
        old=begun(before.subject(old)),
        where=say(
            ("đi từ {start} tới {end}" if start and end else "dẫn tới {end}" if end else "bắt đầu từ {start}"),
            ("leads from {start} to {end}" if start and end else "leads to {end}" if end else "begins at {start}"),
            start=after.called(new.aspects.get(ENDS[0], "")),
            end=after.called(new.aspects.get(ENDS[1], "")),
        ),
    )
    ways = [" → ".join(part.aspects.get(end, "") for end in ENDS) for part in (old, new)]
    return Change(file, "changed", key, said, "route", ways[0], ways[1], new.line)


def _moved(file: str, old: Part, side: Side, new: Part) -> Iterator[Change]:
    if old.drawn != new.drawn:
        said = say(
            "{subject} chỉ được vẽ khác đi; quy trình chạy như cũ.",
            "{subject} is only drawn differently; the procedure runs as before.",
            subject=begun(side.subject(new)),
        )
        if not (old.drawn and new.drawn):
            said = say(
                "{subject} {drawn} trên sơ đồ.",
                "{subject} {drawn} on the diagram.",
                subject=begun(side.subject(new)),
                drawn=Text("nay được vẽ", "is now drawn")
                if new.drawn
                else Text("không còn được vẽ", "is no longer drawn"),
            )
        yield Change(file, "moved", new.id, said, "drawing", line=new.line)
