"""The scenarios of the draft, played within a time, those its changes touch first; names what was not played."""

import json
from collections.abc import Callable, Iterator, Mapping

from workflows.definitions import Bundle
from workflows.domain.gated import Fault
from workflows.domain.text import Text
from workflows.gate.layers import Ended
from workflows.settings import Settings
from workflows.store.bundles import in_force
from workflows.store.session import Database
from workflows.stories.again import every_story
from workflows.stories.scenarios import Played, play_all
from workflows.stories.story import Story

SECONDS = 38.0
MOST_SAID = 400
FIX = Text(
    "Nếu đúng là phải khác trước, sửa kịch bản; nếu không, sửa lại bản nháp.",
    "If it is meant to go otherwise now, change the scenario; if not, change the draft.",
)


def played(db: Database | None, bundle: Bundle, say: Callable[[Text, int], None], seconds: float = SECONDS) -> Ended:
    """A scenario that goes otherwise than it is written stands against publishing."""
    known = every_story(bundle)
    if not known:
        return Ended(said=Text("Gói không có kịch bản nào.", "The bundle has no scenarios."))
    chosen, touched = in_turn(bundle, known, changed_files(db, bundle))
    done: list[str] = []

    def heard(told: str) -> None:
        done.append(told)
        say(Text(f"{len(done)} trên {len(chosen)} kịch bản.", f"{len(done)} of {len(chosen)} scenarios."), len(done))

    found = play_all(bundle, [known[name] for name in chosen], Settings(), heard, seconds)
    return Ended(tuple(_faults(found)), _said(found, len(chosen), touched), _counts(found, len(chosen)), _told(found))


def changed_files(db: Database | None, bundle: Bundle) -> frozenset[str]:
    """The files in which the draft differs from what is in force; none where there is no database to ask."""
    if db is None:
        return frozenset()
    with db.read() as tx:
        below = in_force(tx, bundle.key)[1].files
    return frozenset(path for path in {*below, *bundle.files} if below.get(path) != bundle.files.get(path))


def in_turn(bundle: Bundle, known: Mapping[str, Story], changed: frozenset[str]) -> tuple[list[str], int]:
    """The scenarios in the order in which they are played, and how many of them the changes touch.

    A changed scenario is touched, and one that names a step of a changed diagram or form, or of a diagram that asks
    a changed table. Those that only tell another again from another day come last.
    """
    words = frozenset(_words(bundle, changed))
    touched = {name for name in known if _touched(bundle, name, words, changed)}
    order = sorted(known, key=lambda name: (name not in touched, "@" in name))
    return order, len(touched)


def _words(bundle: Bundle, changed: frozenset[str]) -> Iterator[str]:
    tables = {path.split("/")[1] for path in changed if path.startswith("decisions/")}
    yield from (path.split("/")[1].split(".")[0] for path in changed if path.startswith("forms/"))
    for process in bundle.processes.values():
        asks = any(each.decision in tables for each in process.of_type("businessRuleTask"))
        if asks or f"{process.id}.bpmn" in changed:
            yield from (each.id for each in process.of_type("userTask"))


def _touched(bundle: Bundle, name: str, words: frozenset[str], changed: frozenset[str]) -> bool:
    plain = name.split("@", maxsplit=1)[0]
    if f"scenarios/{plain}.toml" in changed:
        return True
    told = json.dumps(bundle.scenarios[plain], default=str)
    return any(f'"{word}"' in told for word in words)


def _faults(found: Played) -> Iterator[Fault]:
    for name, why in found.failed.items():
        path = f"scenarios/{name.split('@')[0]}.toml"
        yield Fault("story", path, "", 0, why[:MOST_SAID], why[:MOST_SAID], FIX.vi, FIX.en, matter=name)


def _said(found: Played, every: int, touched: int) -> Text:
    number = every - len(found.unplayed)
    vi = f"Đã chạy {number} trên {every} kịch bản, {len(found.failed)} không như đã viết; thay đổi chạm tới {touched}."
    en = f"Played {number} of {every} scenarios, {len(found.failed)} not as written; the changes touch {touched}."
    if not found.unplayed:
        return Text(vi, en)
    return Text(
        f"{vi} Hết giờ: {len(found.unplayed)} chưa chạy.", f"{en} Out of time: {len(found.unplayed)} not played."
    )


def _counts(found: Played, every: int) -> dict[str, int]:
    return {"played": every - len(found.unplayed), "failed": len(found.failed), "unplayed": len(found.unplayed)}


def _told(found: Played) -> dict[str, object]:
    never: dict[str, list[str]] = {}
    for each in found.coverage:
        if each.kind in {"element", "flow"} and (each.never or each.explained):
            never.setdefault(each.place, []).extend((*each.never, *each.explained))
    return {"never": never, "unplayed": list(found.unplayed)}
