"""Two versions of a TOML file compared entry by entry: lanes and groups, messages, parameters, days off, movements."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from workflows.definitions.difference.change import Change, altered, begun, kind_of, say, shortened
from workflows.definitions.difference.leaves import Leaf, beyond, compare, raw, shown
from workflows.definitions.difference.names import Names
from workflows.definitions.plain import read_toml
from workflows.domain.text import Text

ENTRY = 2
"""Keys that lead to an entry: its section and its own."""
SECTIONS: Mapping[str, Text] = {
    "rule_sets": Text("bộ quy tắc", "rule set"),
    "regimes": Text("luật áp dụng", "law followed"),
    "decisions": Text("ngày áp dụng của quyết định", "legal date of the decision"),
    "groups": Text("nhóm", "group"),
    "counted_with": Text("tính ngày chung của nhóm", "days counted with, of the group"),
    "lanes": Text("làn", "lane"),
    "parameters": Text("tham số", "parameter"),
    "messages": Text("thông điệp", "message"),
    "bodies": Text("cơ quan ngoài", "outside body"),
    "series": Text("dãy số", "number series"),
    "papers": Text("giấy tờ", "paper"),
    "notices": Text("thông báo", "notice"),
    "facts": Text("dữ kiện", "fact"),
    "wording": Text("cách gọi dữ kiện", "wording of the fact"),
    "labels": Text("tên tiếng Anh của phần tử", "English name of the element"),
    "lists": Text("cột của danh sách", "columns of the list"),
    "retention": Text("thời hạn lưu", "retention"),
    "off": Text("ngày nghỉ năm", "days off in"),
    "working": Text("ngày làm bù năm", "working Saturdays in"),
    "predicted": Text("lịch dự kiến", "predicted years"),
    "stages": Text("giai đoạn", "stage"),
    "contents": Text("nội dung", "content"),
    "targets": Text("đối tượng", "target"),
    "standards": Text("tiêu chuẩn", "standard"),
    "recipients": Text("nơi nhận", "recipient"),
    "cited": Text("văn bản viện dẫn", "cited document"),
    "text": Text("đoạn của kế hoạch", "paragraph of the plan"),
}
WORDS: Mapping[str, Text] = {
    "group": Text("nhóm được xử lý", "group that may act"),
    "scope": Text("phạm vi", "scope"),
    "en": Text("tên tiếng Anh", "English name"),
    "vi": Text("tên", "name"),
    "title": Text("tên", "name"),
    "short_title": Text("tên ngắn", "short name"),
    "to": Text("nơi nhận", "receiver"),
    "body": Text("nội dung", "text"),
    "value": Text("giá trị", "value"),
    "values": Text("các giá trị", "values"),
    "label": Text("nhãn", "label"),
    "source": Text("căn cứ", "source"),
    "valid_from": Text("ngày có hiệu lực", "first day in force"),
    "valid_to": Text("ngày hết hiệu lực", "first day no longer in force"),
    "transition": Text("chuyển tiếp", "transition"),
    "legal_date": Text("ngày chọn luật", "day that chooses the law"),
    "format": Text("cách viết số", "format"),
    "from": Text("ngày bắt đầu", "first day"),
    "submit_by": Text("hạn nộp", "to be sent by"),
    "legal_basis": Text("căn cứ pháp lý", "legal basis"),
    "authority": Text("cơ quan", "authority"),
    "key": Text("mã", "key"),
    "type": Text("kiểu", "type"),
    "years": Text("số năm", "years"),
    "sent": Text("lời khi gửi", "words when sent"),
    "received": Text("lời khi nhận", "words when received"),
    "carries": Text("dữ kiện gửi kèm", "facts carried along"),
}


def compare_entries(file: str, old: bytes, new: bytes, names: Names) -> Iterator[Change]:
    """The changes of a TOML file. Raises BundleRejected where one cannot be read."""
    read = read_toml(file, old), read_toml(file, new)
    told = tuple({name: _by_key(held) for name, held in side.items()} for side in read)
    for leaf in compare(*read):
        if isinstance(leaf.old, list) and isinstance(leaf.new, list):
            change = _list(file, leaf, _subject(leaf.path, *told))
        else:
            change = _entry(file, leaf, names, told)
        yield replace(change, where=_where(tuple(part for part in leaf.path if part), *told))


def _where(path: tuple[str, ...], *told: Mapping[str, Any]) -> Text:
    subject = begun(_subject(path, *told))
    return say("{entry}: {part}", "{entry}: {part}", entry=subject, part=_word(path)) if len(path) > ENTRY else subject


def _entry(file: str, leaf: Leaf, names: Names, told: tuple[Mapping[str, Any], ...]) -> Change:
    path = tuple(part for part in leaf.path if part)
    element = ".".join(path[:2])
    subject = _subject(path, *told)
    if (
        len(path) == ENTRY
        and path[0] in SECTIONS
        and isinstance(leaf.old, Mapping | None)
        and isinstance(leaf.new, Mapping | None)
    ):
        return _whole(file, element, subject, leaf)
    sides = [None if each is None else _value(path, each, names) for each in (leaf.old, leaf.new)]
    if leaf.old is not None and leaf.new is not None and path[:1] == ("lanes",) and path[-1:] == ("group",):
        said = say(
            "Quyền xử lý: {lane} từ nhóm «{old}» chuyển sang nhóm «{new}».",
            "Permission: the {lane} passes from the group «{old}» to the group «{new}».",
            lane=subject,
            old=sides[0] or "",
            new=sides[1] or "",
        )
    else:
        said = altered(subject, _word(path), *sides)
    kind = "changed" if len(path) > ENTRY else kind_of(leaf.old, leaf.new)
    return Change(file, kind, element, said, ".".join(path[2:]), raw(leaf.old), raw(leaf.new))


def _whole(file: str, element: str, subject: Text, leaf: Leaf) -> Change:
    held = leaf.new if leaf.old is None else leaf.old
    about = shortened(shown(held))
    if leaf.old is None:
        said = say("Thêm {what}: {about}.", "Added: the {what}: {about}.", what=subject, about=about)
    else:
        said = say("Bỏ {what}.", "Removed: the {what}.", what=subject)
    return Change(file, kind_of(leaf.old, leaf.new), element, said, "", raw(leaf.old), raw(leaf.new))


def _list(file: str, leaf: Leaf, subject: Text) -> Change:
    come, gone = beyond(leaf.new, leaf.old), beyond(leaf.old, leaf.new)
    word = begun(subject if len([each for each in leaf.path if each]) <= ENTRY else _with(subject, leaf.path))
    parts = {"what": word, "come": shortened(shown(come)), "gone": shortened(shown(gone))}
    if come and gone:
        said = say("{what}: thêm {come}; bỏ {gone}.", "{what}: added {come}; removed {gone}.", **parts)
    elif come:
        said = say("{what}: thêm {come}.", "{what}: added {come}.", **parts)
    elif gone:
        said = say("{what}: bỏ {gone}.", "{what}: removed {gone}.", **parts)
    else:
        said = say("{what}: đổi thứ tự.", "{what}: another order.", **parts)
    path = [part for part in leaf.path if part]
    return Change(file, "changed", ".".join(path[:2]), said, ".".join(path[2:]), raw(leaf.old), raw(leaf.new))


def _with(subject: Text, path: tuple[str, ...]) -> Text:
    return say("{subject}, {aspect}", "{subject}, {aspect}", subject=subject, aspect=_word(path))


def _subject(path: tuple[str, ...], *told: Mapping[str, Any]) -> Text:
    """The entry a path leads into: its section and what it is called."""
    if len(path) < ENTRY:
        return SECTIONS.get(path[0], WORDS.get(path[0], Text("gói", "the bundle"))) if path else Text("tệp", "the file")
    section = SECTIONS.get(path[0], Text(path[0], path[0]))
    return say("{section} «{name}»", "{section} «{name}»", section=section, name=_called(path, *told))


def _called(path: tuple[str, ...], *told: Mapping[str, Any]) -> Text:
    """The title of an entry, in the newer version where it has one; else its key."""
    for side in reversed(told):
        held = side.get(path[0])
        entry = held.get(path[1]) if isinstance(held, Mapping) else None
        title = entry.get("title", entry.get("label")) if isinstance(entry, Mapping) else None
        if isinstance(title, str) or (isinstance(title, Mapping) and "vi" in title):
            return Text.read(title)
        if isinstance(entry, Mapping) and "vi" in entry:
            return Text.read({"vi": str(entry["vi"]), "en": str(entry.get("en", ""))})
    return Text(path[1], path[1])


def _by_key(held: Any) -> Any:
    """A list of rows by their keys, to look up what they are called; anything else as it is."""
    if not isinstance(held, list):
        return held
    return {str(row["key"]): row for row in held if isinstance(row, Mapping) and "key" in row}


def _word(path: tuple[str, ...]) -> Text:
    """What the part of an entry is called: the words of the path beyond the entry."""
    beyond = path[2:] if len(path) > ENTRY else path[1:] or path
    if len(path) == ENTRY:
        return Text("giá trị", "value")
    words = [WORDS.get(part, Text(part, part)) for part in beyond]
    return Text(" · ".join(each.vi for each in words), " · ".join(each.of("en") for each in words))


def _value(path: tuple[str, ...], value: Any, names: Names) -> Text:
    """A group by its title; anything else as it is written."""
    if path[0] in {"lanes", "counted_with"} and isinstance(value, str) and path[-1] != "en":
        return names.group(value)
    return shown(value)
