"""Files that are only text to the reader, compared line by line; a file that is no text differs as a whole."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from workflows.definitions.difference.change import Change, Kind, say
from workflows.domain.text import Text

MOST_LINES = 3_000
"""More lines than these that differ are one difference: comparing them would take too long, and reading them too."""
MOST_EXACT, MOST_HUNKS = 400, 400
"""With more lines than these, lines that stand everywhere lead no comparison; it would take minutes."""


def compare_texts(file: str, old: bytes, new: bytes, kind: Kind = "changed") -> Iterator[Change]:
    """The differing lines of a file, those that touch one another as one change."""
    try:
        before, after = old.decode("utf-8").splitlines(), new.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        yield _bytes(file, old, new)
        return
    same = list(_hunks(before, after))
    for number, (first, last, begin, end) in enumerate(same):
        if number == MOST_HUNKS:
            more = say("… và {n} chỗ khác nữa.", "… and {n} more places.", n=len(same) - MOST_HUNKS)
            yield Change(file, kind, "", more)
            return
        yield _hunk(file, kind, (first, before[first:last]), (begin, after[begin:end]))


def _hunks(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where lines differ, without the equal beginning and end of the file."""
    head = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(map(len, middle)) > MOST_LINES:
        yield head, len(before) - tail, head, len(after) - tail
        return
    usual = max(map(len, middle)) > MOST_EXACT
    for tag, first, last, begin, end in SequenceMatcher(None, *middle, autojunk=usual).get_opcodes():
        if tag != "equal":
            yield head + first, head + last, head + begin, head + end


def _hunk(file: str, kind: Kind, old: tuple[int, list[str]], new: tuple[int, list[str]]) -> Change:
    (_, gone), (begin, come) = old, new
    if not gone:
        said = say("Thêm {where}.", "{where} added.", where=_lines(begin, len(come)))
    elif not come:
        where = _lines(old[0], len(gone))
        said = say("Bỏ {where} của bản cũ.", "{where} of the old version removed.", where=where)
    else:
        said = say("Sửa {where}.", "{where} changed.", where=_lines(begin, len(come)))
    return Change(
        file,
        kind,
        "",
        Text(said.vi, said.en[:1].upper() + said.en[1:]),
        "text",
        "\n".join(gone),
        "\n".join(come),
        begin + 1,
    )


def _lines(first: int, many: int) -> Text:
    if many == 1:
        return say("dòng {n}", "line {n}", n=first + 1)
    return say("dòng {n}-{m}", "lines {n}-{m}", n=first + 1, m=first + many)


def _bytes(file: str, old: bytes, new: bytes) -> Change:
    said = say(
        "Tệp được thay: từ {old} thành {new} byte.",
        "The file is another one: from {old} to {new} bytes.",
        old=len(old),
        new=len(new),
    )
    return Change(file, "changed", "", said, "bytes", str(len(old)), str(len(new)))
