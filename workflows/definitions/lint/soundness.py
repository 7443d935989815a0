"""Every instance can end, whatever is chosen: none hangs, none does a step twice, none goes round for ever."""

from collections.abc import Iterator
from dataclasses import replace

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named
from workflows.definitions.process import Process
from workflows.definitions.soundness import Problem, judge
from workflows.domain.text import Text

RULE = "soundness"
WHAT = {
    "deadlock": Text("Hồ sơ có thể treo mãi tại {at}.", "An instance can hang for ever at {at}."),
    "unsynchronised": Text("Bước {at} có thể bị làm hai lần cùng lúc.", "The step {at} can be done twice at once."),
    "livelock": Text(
        "Từ {at} không đường nào dẫn tới kết thúc.",
        "From {at} no way leads to an end: an instance goes round for ever.",
    ),
    "dead": Text("Không hồ sơ nào tới được {at}.", "No instance can ever reach {at}."),
}
WAY = Text(" Đường ngắn nhất: {way}.", " The shortest way there: {way}.")
FIX = {
    "deadlock": Text(
        "Nhập bằng cùng loại cổng đã rẽ: rẽ loại trừ thì nhập loại trừ, rẽ song song thì nhập song song.",
        "Merge with the kind of gateway that split: exclusive after exclusive, parallel after parallel.",
    ),
    "unsynchronised": Text(
        "Nhập các nhánh song song bằng cổng song song, và không nhảy ra khỏi giữa các nhánh.",
        "Merge parallel branches with a parallel gateway, and let none of them jump out.",
    ),
    "livelock": Text("Vẽ một lối ra khỏi vòng lặp.", "Draw a way out of the loop."),
    "dead": Text("Nối bước đó vào đường đi, hoặc xóa nó.", "Connect that step, or remove it."),
}


def check(bundle: Bundle) -> Iterator[Finding]:
    """Each kind of thing that can go wrong in a process, with the shortest way to it; or that it is too parallel."""
    for process in bundle.processes.values():
        verdict = judge(process)
        if verdict is None:
            continue
        yield from (_found(process, problem) for problem in verdict.problems)
        if not verdict.complete and not verdict.problems:
            what = Text(
                f"Quá nhiều nhánh song song để kiểm tra hết: đã xem {verdict.states} trạng thái.",
                f"It is too parallel to check: {verdict.states} states were looked at, and there are more.",
            )
            fix = Text(
                "Tách các nhánh thành quy trình được gọi.",
                "Move the branches into processes of their own and call them.",
            )
            yield at(RULE, process, None, what, fix, severity="warning")


def _found(process: Process, problem: Problem) -> Finding:
    places = ", ".join(named(process.elements[each]) for each in problem.at)
    way = WAY if problem.path else Text("", "")
    facts = {"at": places, "way": " > ".join(problem.path)}
    what = Text((WHAT[problem.kind].vi + way.vi).format(**facts), (WHAT[problem.kind].en + way.en).format(**facts))
    found = at(RULE, process, process.elements[problem.at[0]], what, FIX[problem.kind])
    return replace(found, path=problem.path)
