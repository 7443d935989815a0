"""An error or an escalation is caught where the process that throws it is called, and only that is waited for."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.definitions.process import SUBPROCESS, Element, Process, Trigger
from workflows.domain.text import Text

RULE = "caught"
KINDS = frozenset({"errorEventDefinition", "escalationEventDefinition"})
FIX = Text(
    "Gắn sự kiện biên lỗi hoặc leo thang có cùng mã vào nơi gọi.",
    "Attach an error or escalation event with the same code where the process is called.",
)


def check(bundle: Bundle) -> Iterator[Finding]:
    """Codes that are missing, thrown where nobody calls, not caught at a call, or waited for and never thrown."""
    called = {each.called for process in bundle.processes.values() for each in process.elements.values()}
    for process in bundle.processes.values():
        for event, thrown in _thrown(process):
            if not thrown.code:
                what = Text(f"Sự kiện {named(event)} chưa có mã.", f"The event {named(event)} has no code.")
                yield at(RULE, process, event, what, Text("Ghi mã lỗi hoặc mã leo thang.", "Give it a code."))
            elif event.scope is None and process.id not in called:
                what = Text(
                    f"Không ai gọi quy trình này để bắt «{thrown.code}» của {named(event)}.",
                    f"Nobody calls this process, so nobody catches «{thrown.code}» of {named(event)}.",
                )
                fix = Text("Dùng sự kiện kết thúc thường.", "Use a plain end event.")
                yield at(RULE, process, event, what, fix)
        for host in process.of_type("callActivity", SUBPROCESS):
            yield from _host(bundle, process, host)


def _host(bundle: Bundle, process: Process, host: Element) -> Iterator[Finding]:
    inner = process if host.type == SUBPROCESS else bundle.processes.get(host.called or "")
    scope = host.id if host.type == SUBPROCESS else None
    thrown = [each for event, each in _thrown(inner) if event.scope == scope] if inner else []
    caught = [(event, each) for event in process.attached_to(host.id) for each in event.triggers if each.kind in KINDS]
    for each in dict.fromkeys(thrown):
        if each.code and not any(_matches(one, each) for _, one in caught):
            what = Text(f"{named(host)} không bắt «{each.code}».", f"{named(host)} does not catch «{each.code}».")
            yield at(RULE, process, host, what, FIX)
    for event, one in caught:
        if not any(_matches(one, each) for each in thrown):
            what = Text(
                f"{named(event)} chờ điều mà {named(host)} không bao giờ báo.",
                f"{named(event)} waits for what {named(host)} never throws.",
            )
            fix = Text("Sửa mã, hoặc xóa sự kiện biên.", "Mend its code, or remove it.")
            yield at(RULE, process, event, what, fix)


def _thrown(process: Process) -> list[tuple[Element, Trigger]]:
    events = process.of_type("endEvent", "intermediateThrowEvent")
    return [(event, each) for event in events for each in event.triggers if each.kind in KINDS]


def _matches(caught: Trigger, thrown: Trigger) -> bool:
    return caught.kind == thrown.kind and caught.code in {None, thrown.code}
