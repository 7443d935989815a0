"""The layers of the check in their order, and how each is run: timed, told as it goes, never with a traceback."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from workflows.domain.gated import NOTHING, Fault, Layer, Report, State
from workflows.domain.text import Text

TITLES: Mapping[str, Text] = {
    "reading": Text("Đọc được, đúng quy tắc, luôn đi được tới kết thúc", "Readable, by the rules, always able to end"),
    "decisions": Text("Bảng quyết định đầy đủ", "Decision tables complete"),
    "expressions": Text("Biểu thức đúng, chỉ dùng tên đã khai báo", "Expressions compile and know their names"),
    "walks": Text("Chạy thử ngẫu nhiên", "Random walks of the real engine"),
    "stories": Text("Kịch bản", "Scenarios"),
    "closed": Text("Hồ sơ đã đóng chạy lại theo bản nháp", "Closed dossiers decided again on the draft"),
    "running": Text("Hồ sơ đang chạy có thể chuyển sang", "Running dossiers that can migrate"),
}
BROKE = "gate"
Progress = Callable[[Report], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a layer ended; the state follows from the findings unless it is given."""

    findings: tuple[Fault, ...] = ()
    said: Text = NOTHING
    counts: Mapping[str, int] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)
    state: State | None = None


@dataclass
class Checklist:
    """The layers as they stand; every change is told to `progress`."""

    sha256: str
    progress: Progress
    layers: dict[str, Layer] = field(default_factory=lambda: {key: Layer(key, title) for key, title in TITLES.items()})

    def run(self, key: str, work: Callable[[], Ended]) -> Layer:
        """Do the work of a layer; one that breaks is a finding of its own, and the others go on."""
        began = time.monotonic()
        self._set(key, state="running")
        try:
            ended = work()
        except Exception as error:  # noqa: BLE001  whatever a strange bundle breaks, the person is told
            ended = Ended((_broke(error),))
        found = ended.findings
        self._set(
            key,
            state=ended.state or _state(found),
            findings=found,
            said=ended.said,
            counts={**ended.counts},
            told={**ended.told},
            seconds=round(time.monotonic() - began, 2),
        )
        return self.layers[key]

    def skip(self, key: str, why: Text) -> None:
        """Say that a layer was not run, and why."""
        self._set(key, state="skipped", said=why)

    def say(self, key: str, said: Text, **counts: int) -> None:
        """Tell how far a layer has come."""
        self._set(key, said=said, counts=counts)

    def report(self) -> Report:
        """Everything as it stands now."""
        return Report(self.sha256, tuple(self.layers.values()))

    def _set(self, key: str, **changes: object) -> None:
        self.layers[key] = replace(self.layers[key], **changes)  # type: ignore[arg-type]
        self.progress(self.report())


def _state(found: tuple[Fault, ...]) -> State:
    severities = {each.severity for each in found}
    return "failed" if "error" in severities else "warned" if "warning" in severities else "passed"


def _broke(error: Exception) -> Fault:
    why = f"{type(error).__name__}: {error}"[:300]
    return Fault(
        BROKE,
        "",
        "",
        0,
        f"Phần kiểm tra này dừng giữa chừng: {why}",
        f"This part of the check broke off: {why}",
        "Xem tệp vừa sửa; nếu lặp lại, báo cho người quản trị máy.",
        "Look at what was changed last; if it happens again, tell whoever looks after the machine.",
    )
