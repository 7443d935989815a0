"""Two versions of a form compared field by field: what it asks (schema) and how it shows it (ui)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflows.definitions.difference.change import Change, altered, begun, joined, kind_of, say
from workflows.definitions.difference.leaves import Leaf, beyond, compare, raw, shown
from workflows.definitions.plain import read_json
from workflows.domain.text import Text

SCHEMA, UI = ".schema.json", ".ui.json"
WORDS: Mapping[str, Text] = {
    "type": Text("kiểu", "type"),
    "required": Text("ô bắt buộc", "required fields"),
    "order": Text("thứ tự các ô", "order of the fields"),
    "format": Text("dạng", "format"),
    "enum": Text("các lựa chọn", "choices"),
    "const": Text("giá trị cố định", "fixed value"),
    "default": Text("giá trị điền sẵn", "value filled in"),
    "minimum": Text("nhỏ nhất", "least value"),
    "maximum": Text("lớn nhất", "greatest value"),
    "minLength": Text("số ký tự ít nhất", "least length"),
    "maxLength": Text("số ký tự nhiều nhất", "greatest length"),
    "minItems": Text("số mục ít nhất", "least number of entries"),
    "maxItems": Text("số mục nhiều nhất", "greatest number of entries"),
    "pattern": Text("mẫu ký tự", "pattern"),
    "readOnly": Text("chỉ đọc", "read only"),
    "title": Text("tên", "title"),
    "label": Text("nhãn", "label"),
    "widget": Text("cách nhập", "way of entering"),
    "help": Text("gợi ý", "help"),
    "legal": Text("căn cứ pháp lý", "legal reference"),
    "visibleIf": Text("điều kiện hiện", "condition of being shown"),
    "values": Text("tên lựa chọn", "names of the choices"),
    "instructions": Text("hướng dẫn", "instructions"),
    "submit": Text("nút gửi", "button"),
    "outcomes": Text("các nút kết thúc", "buttons"),
    "sections": Text("các phần", "sections"),
    "facts": Text("tên dữ kiện", "name of the facts"),
    "allOf": Text("quy định giữa các ô", "rules between fields"),
    "if": Text("quy định giữa các ô, khi", "rule between fields, if"),
    "then": Text("quy định giữa các ô, thì", "rule between fields, then"),
    "else": Text("quy định giữa các ô, nếu không", "rule between fields, else"),
    "x-verdict": Text("kết luận của dòng", "verdict of the line"),
    "x-verdict-all": Text("kết luận của mọi dòng", "verdict of all lines"),
    "x-series": Text("dãy số", "number series"),
    "x-person": Text("nhóm người được chọn", "group to choose from"),
    "x-rows": Text("loại bảng", "kind of table"),
    "x-not-before": Text("không trước ngày", "not before"),
    "x-secret": Text("bỏ phiếu kín", "secret ballot"),
}


class Labels:
    """What the fields of a form are called, by the newest ui that names them."""

    def __init__(self, *uis: Mapping[str, Any]) -> None:
        self.uis = uis

    def field(self, chain: Sequence[str]) -> Text:
        """A field by its label; its own name where none is written."""
        for ui in self.uis:
            at: Any = ui
            for name in chain:
                at = at.get("fields", {}).get(name, {}) if isinstance(at, Mapping) else {}
            label = at.get("label") if isinstance(at, Mapping) else None
            if isinstance(label, str) or (isinstance(label, Mapping) and "vi" in label):
                return Text.read(label)
        return Text(chain[-1], chain[-1])

    def value(self, chain: Sequence[str], value: object) -> Text:
        """A choice of a field in words."""
        for ui in self.uis:
            at: Any = ui
            for name in (*[part for each in chain for part in ("fields", each)], "values", str(value)):
                at = at.get(name, {}) if isinstance(at, Mapping) else {}
            if at and (isinstance(at, str) or (isinstance(at, Mapping) and "vi" in at)):
                return Text.read(at)
        return shown(value)


def compare_forms(file: str, old: bytes, new: bytes, labels: Labels) -> Iterator[Change]:
    """The changes of one of the two files of a form. Raises BundleRejected where one cannot be read."""
    for leaf in compare(read_json(file, old), read_json(file, new)):
        chain, rest = _field(leaf.path, schema=file.endswith(SCHEMA))
        where = _where(labels, chain, rest, leaf)
        yield from (replace(change, where=where) for change in _told(file, labels, chain, rest, leaf))


def _where(labels: Labels, chain: tuple[str, ...], rest: tuple[str, ...], leaf: Leaf) -> Text:
    subject = begun(_subject(labels, chain))
    return say("{field}: {part}", "{field}: {part}", field=subject, part=_word(rest, leaf)) if rest else subject


def _field(path: tuple[str, ...], *, schema: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields that a path leads through, outermost first, and what it then names."""
    chain: list[str] = []
    word = "properties" if schema else "fields"
    while len(path) > 1 and path[0] == word:
        chain.append(path[1])
        path = path[2:]
        if schema and path[:1] == ("items",) and len(path) > 1:
            path = path[1:]
    return tuple(chain), path


def _told(file: str, labels: Labels, chain: tuple[str, ...], rest: tuple[str, ...], leaf: Leaf) -> Iterator[Change]:
    subject = _subject(labels, chain)
    element = ".".join(chain)
    aspect = ".".join(rest)
    if not rest and chain:
        yield Change(file, kind_of(leaf.old, leaf.new), element, _whole(subject, leaf, schema=file.endswith(SCHEMA)),
                     "", raw(leaf.old), raw(leaf.new))  # fmt: skip
    elif rest == ("required",):
        yield from _required(file, labels, chain, leaf)
    elif rest == ("order",) and isinstance(leaf.old, list) and isinstance(leaf.new, list):
        yield from _order(file, labels, chain, leaf)
    elif rest == ("enum",) and isinstance(leaf.old, list) and isinstance(leaf.new, list):
        yield from _choices(file, labels, chain, leaf)
    else:
        said = altered(
            subject, _word(rest, leaf), *[None if each is None else shown(each) for each in (leaf.old, leaf.new)]
        )
        yield Change(file, "changed", element, said, aspect, raw(leaf.old), raw(leaf.new))


def _subject(labels: Labels, chain: tuple[str, ...]) -> Text:
    if not chain:
        return Text("biểu mẫu", "the form")
    inner = say("ô «{field}»", "the field «{field}»", field=labels.field(chain))
    if len(chain) == 1:
        return inner
    table = labels.field(chain[:1])
    field = labels.field(chain)
    return say("bảng «{table}», cột «{field}»", "the table «{table}», column «{field}»", table=table, field=field)


def _word(rest: tuple[str, ...], leaf: Leaf) -> Text:
    """What a part of a field is called, with its language and the choice it is about."""
    name = rest[0] if rest else ""
    known = WORDS.get(name, Text(f"thuộc tính {name}", f"property {name}"))
    beyond = [part for part in rest[1:] if part not in {"vi", "en"}]
    if beyond:
        known = say("{word} ({more})", "{word} ({more})", word=known, more=" · ".join(beyond))
    if rest and rest[-1] == "en" and not isinstance(leaf.new, Mapping):
        return say("{word} tiếng Anh", "English {word}", word=known)
    return known


def _whole(subject: Text, leaf: Leaf, *, schema: bool) -> Text:
    if schema:
        if leaf.old is None:
            return say("Thêm {field}.", "Added: {field}.", field=subject)
        return say("Bỏ {field}.", "Removed: {field}.", field=subject)
    if leaf.old is None:
        return say("{field}: thêm nhãn và cách hiện.", "{field}: label and look added.", field=begun(subject))
    return say("{field}: bỏ nhãn và cách hiện.", "{field}: label and look removed.", field=begun(subject))


def _required(file: str, labels: Labels, chain: tuple[str, ...], leaf: Leaf) -> Iterator[Change]:
    old, new = (
        [str(each) for each in side or []] if isinstance(side, list | None) else [] for side in (leaf.old, leaf.new)
    )
    for name in (*new, *old):
        if (name in old) == (name in new):
            continue
        subject = begun(_subject(labels, (*chain, name)))
        if name in new:
            said = say("{field} nay bắt buộc phải điền.", "{field} must now be filled in.", field=subject)
        else:
            said = say("{field} không còn bắt buộc.", "{field} need not be filled in any more.", field=subject)
        yield Change(
            file,
            "changed",
            ".".join((*chain, name)),
            said,
            "required",
            str(name in old).lower(),
            str(name in new).lower(),
        )
    if sorted(old) == sorted(new):
        said = Text(
            "Danh sách ô bắt buộc chỉ viết khác đi.", "The list of required fields is only written differently."
        )
        yield Change(file, "moved", ".".join(chain), said, "required", raw(leaf.old), raw(leaf.new))


def _order(file: str, labels: Labels, chain: tuple[str, ...], leaf: Leaf) -> Iterator[Change]:
    old, new = list(map(str, leaf.old)), list(map(str, leaf.new))
    names = joined([labels.field((*chain, name)) for name in new])
    said = say("{form}: các ô nay theo thứ tự {names}.", "{form}: the fields now stand as {names}.",
               form=begun(_subject(labels, chain)), names=names)  # fmt: skip
    yield Change(file, "changed", ".".join(chain), said, "order", "\n".join(old), "\n".join(new))


def _choices(file: str, labels: Labels, chain: tuple[str, ...], leaf: Leaf) -> Iterator[Change]:
    subject = begun(_subject(labels, chain))
    parts = [
        say(
            template,
            english,
            names=joined([say("«{name}»", "«{name}»", name=labels.value(chain, each)) for each in some]),
        )
        for template, english, some in (
            ("thêm lựa chọn {names}", "added: {names}", beyond(leaf.new, leaf.old)),
            ("bỏ lựa chọn {names}", "removed: {names}", beyond(leaf.old, leaf.new)),
        )
        if some
    ] or [Text("các lựa chọn đổi thứ tự", "the choices stand in another order")]
    said = say("{field}: {what}.", "{field}: {what}.", field=subject, what=joined(parts, "; "))
    yield Change(file, "changed", ".".join(chain), said, "enum", raw(leaf.old), raw(leaf.new))
