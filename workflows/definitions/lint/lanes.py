"""Every element stands in a lane, and every lane leads to a candidate group: else nobody could do the task."""

from collections.abc import Iterator

from workflows.definitions.bundle import Bundle
from workflows.definitions.lint.finding import Finding, at, named, within
from workflows.definitions.manifest import FILE
from workflows.domain.text import Text

RULE = "lanes"
SCOPES = frozenset({"own_unit", "all"})


def _opened_by_nobody(bundle: Bundle) -> Iterator[Finding]:
    for process, kind in bundle.linked.items():
        if process not in bundle.processes or not kind.opened_by or not kind.opened_by <= bundle.groups.keys():
            what = Text(
                f"[linked.{process}] chỉ tới sơ đồ hoặc nhóm lạ.",
                f"[linked.{process}] names an unknown diagram or group.",
            )
            fix = Text("Dùng mã một sơ đồ và các nhóm của [groups].", "Use the id of a diagram and groups of [groups].")
            yield within(RULE, FILE, process, what, fix)


def check(bundle: Bundle) -> Iterator[Finding]:
    """Elements outside the lanes, lanes without a group, groups nobody declared, lanes that no diagram has."""
    drawn: set[str] = set()
    for process in bundle.processes.values():
        drawn |= set(process.lanes)
        for lane in process.lanes:
            if lane not in bundle.lanes:
                what = Text(f"Làn «{lane}» chưa có nhóm xử lý.", f"Lane «{lane}» has no candidate group.")
                fix = Text(f'Thêm [lanes."{lane}"] vào bundle.toml.', f'Add [lanes."{lane}"] to bundle.toml.')
                yield at(RULE, process, None, what, fix)
        for element in process.elements.values():
            if element.lane is None:
                what = Text(f"{named(element)} không nằm trong làn nào.", f"{named(element)} stands in no lane.")
                yield at(RULE, process, element, what, Text("Kéo phần tử vào một làn.", "Move it into a lane."))
    yield from _opened_by_nobody(bundle)
    for declared in bundle.lanes.values():
        fix = Text(
            "Dùng một nhóm của [groups]; scope là own_unit hoặc all.",
            "Use a group of [groups]; scope is own_unit or all.",
        )
        if declared.group not in bundle.groups or declared.scope not in SCOPES:
            what = Text(
                f"Làn «{declared.name}» chỉ tới nhóm lạ.", f"Lane «{declared.name}» names an unknown group or scope."
            )
            yield within(RULE, FILE, declared.name, what, fix)
        if declared.name not in drawn:
            what = Text(f"Không sơ đồ nào có làn «{declared.name}».", f"No diagram has the lane «{declared.name}».")
            yield within(RULE, FILE, declared.name, what, Text("Xóa mục này.", "Remove this entry."))
