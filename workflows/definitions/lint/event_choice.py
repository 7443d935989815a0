"""After an event-based gateway stand the events it waits for, and nothing else: whichever comes first takes its way."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.definitions.process import Element, Process
from workflows.domain.text import Text

RULE = "event_choice"
TIMER, MESSAGE = "timerEventDefinition", "messageEventDefinition"


def check(bundle: Bundle) -> Iterator[Finding]:
    """Gateways with one way, a way to anything but an event of their own, two deadlines, or one message twice."""
    for process in bundle.processes.values():
        for gateway in process.of_type("eventBasedGateway"):
            yield from _ways(process, gateway)


def _ways(process: Process, gateway: Element) -> Iterator[Finding]:
    flows = process.out_of(gateway.id)
    events = [process.elements[flow.target] for flow in flows if flow.target in process.elements]
    if len(events) < 2:  # noqa: PLR2004
        what = Text(f"Cổng {named(gateway)} chỉ chờ một sự kiện.", f"The gateway {named(gateway)} waits for one event.")
        fix = Text("Bỏ cổng, giữ sự kiện.", "Keep the event and remove the gateway.")
        yield at(RULE, process, gateway, what, fix)
    for event in events:
        if event.type != "intermediateCatchEvent" or len(process.into(event.id)) > 1:
            what = Text(
                f"Sau cổng {named(gateway)} là {named(event)}, không phải một sự kiện chờ của riêng cổng.",
                f"After the gateway {named(gateway)} stands {named(event)}, which is no event of its own.",
            )
            fix = Text(
                "Sau cổng chỉ đặt sự kiện chờ thông điệp hoặc hạn.", "Put only message and deadline events after it."
            )
            yield at(RULE, process, event, what, fix)
    messages = [trigger.message for event in events for trigger in event.triggers if trigger.kind == MESSAGE]
    if len(messages) > len(set(messages)):
        what = Text(
            f"Cổng {named(gateway)} chờ cùng một thông điệp ở hai nhánh: cả hai sẽ đi tiếp.",
            f"The gateway {named(gateway)} waits for one message on two ways: both would be taken.",
        )
        fix = Text("Chờ mỗi thông điệp một lần, rẽ bằng cổng loại trừ.", "Wait once, then choose by a gateway.")
        yield at(RULE, process, gateway, what, fix)
    if sum(TIMER in event.kinds() for event in events) > 1:
        what = Text(f"Cổng {named(gateway)} chờ hai hạn.", f"The gateway {named(gateway)} waits for two deadlines.")
        fix = Text("Giữ hạn tới trước.", "Keep the one that comes first.")
        yield at(RULE, process, gateway, what, fix)
