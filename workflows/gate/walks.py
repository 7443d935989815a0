"""Random courses of every process that begins by itself, through the real engine, within a time; it keeps nothing."""

import time
from collections.abc import Callable

from workflows.definitions import Bundle
from workflows.domain.gated import Fault
from workflows.domain.text import Text
from workflows.gate.layers import Ended
from workflows.rehearsal.stroll import Course, stroll

SECONDS, MOST_COURSES, MOST_NAMED = 10.0, 200, 20
SAID = {
    "stuck": Text("Hồ sơ đứng lại: không còn việc, hạn hay thư nào để chờ.", "It stands still: nothing is waited for."),
    "endless": Text("Hồ sơ đi vòng mãi, không tới kết thúc.", "It goes round and comes to no end."),
    "crash": Text("Bộ máy chạy quy trình bị lỗi: {why}", "The engine broke: {why}"),
    "incident": Text("Hồ sơ dừng vì sự cố: {why}", "It stopped as an incident: {why}"),
}
WRONG = frozenset({"stuck", "endless", "crash"})
"""What stands against publishing; such a process is walked no further."""
FIX = Text(
    "Xem đường đi tới đó; với sự cố, xem dữ kiện nào chưa có khi tới bước này.",
    "Look at the way there; for an incident, at which fact is not yet known at this step.",
)


def walks(bundle: Bundle, say: Callable[[Text, int], None], seconds: float = SECONDS) -> Ended:
    """Course after course, process by process in turn, until the time or the number is used up.

    A course that hangs, goes round or breaks the engine stands against publishing. One that stops as an incident is
    a warning: the facts from outside were drawn at random too, and no law says that they can come together.
    """
    begins = sorted(bundle.processes.keys() - {each for p in bundle.processes.values() for each in p.called()})
    until, found, played, seed = time.monotonic() + seconds, dict[tuple[str, ...], Course](), 0, 0
    while begins and played < MOST_COURSES and time.monotonic() < until:
        seed += 1
        for process in tuple(begins):
            course = stroll(bundle, process, seed)
            played += 1
            if course.outcome in SAID:
                found.setdefault((course.outcome, *course.at), course)
            if course.outcome in WRONG:
                begins.remove(process)
        say(_said(played, seed), played)
    return Ended(tuple(map(_fault, found.values()))[:MOST_NAMED], _said(played, seed), {"walks": played})


def _said(played: int, seed: int) -> Text:
    return Text(f"{played} lượt, hạt giống 1–{seed}.", f"{played} courses, seeds 1-{seed}.")


def _fault(course: Course) -> Fault:
    said = SAID[course.outcome]
    return Fault(
        f"walk_{course.outcome}",
        f"{course.at[0]}.bpmn",
        course.at[1],
        0,
        said.vi.format(why=course.why),
        said.en.format(why=course.why),
        FIX.vi,
        FIX.en,
        "error" if course.outcome in WRONG else "warning",
        course.path,
        course.seed,
    )
