"""A message has a sender, a receiver and an entry in bundle.toml: one without the other waits for ever."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named, within
from workflows.definitions.manifest import FILE
from workflows.domain.text import Text

RULE = "messages"
THROWS = frozenset({"intermediateThrowEvent", "endEvent"})


def check(bundle: Bundle) -> Iterator[Finding]:
    """Unknown names, receivers that do not exist, messages without a sender or without anybody who waits."""
    thrown, awaited = set[str](), set[str]()
    for process in bundle.processes.values():
        for element in process.elements.values():
            for trigger in element.triggers:
                if trigger.kind != "messageEventDefinition":
                    continue
                (thrown if element.type in THROWS else awaited).add(trigger.message or "")
                if trigger.message not in bundle.messages:
                    what = Text(
                        f"{named(element)} dùng thông điệp «{trigger.message}» chưa khai báo.",
                        f"{named(element)} uses «{trigger.message}», which is not declared.",
                    )
                    fix = Text(
                        "Khai báo trong [messages] của bundle.toml.", "Declare it under [messages] in bundle.toml."
                    )
                    yield at(RULE, process, element, what, fix)
    for message in bundle.messages.values():
        kind, _, target = message.to.partition(":")
        sent = message.name in thrown or kind in {"person", "outside"}
        received = (
            message.name in awaited
            if kind in {"dossiers", "person", "outside", "self"}
            else kind in {"gathered", "original"} or target in bundle.processes
        )
        if not sent or not received:
            missing = ("nơi gửi", "sender") if not sent else ("nơi nhận", "receiver")
            what = Text(
                f"Thông điệp «{message.name}» không có {missing[0]}.",
                f"The message «{message.name}» has no {missing[1]}.",
            )
            fix = Text("Vẽ sự kiện gửi và sự kiện nhận.", "Draw the event that sends it and the one that waits for it.")
            yield within(RULE, FILE, message.name, what, fix)
