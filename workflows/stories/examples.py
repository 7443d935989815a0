"""The examples of a demo, told in a few lines each, become the steps of one story; it knows the forms and no law."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflows.domain.calendar import LOCAL
from workflows.stories.story import StoryRejected

Told = Mapping[str, Any]
Step = dict[str, Any]

WORDS = frozenset(
    "as unit kind stage letter_no prompt_reason officer remark claimed nominees opened papers saved submitted received "
    "assigned appraised supplemented appraised_again spelled announced archived withdrawn award_form then".split()
)
PAPERS = {
    "thematic": ("request_letter", "achievement_report", "meeting_minutes"),
    "ad_hoc": ("request_letter", "achievement_summary"),
}
GIAY_KHEN = "giay_khen"
ADDRESS = {"Ông": "ong", "Bà": "ba"}
LEADING = ("Trưởng", "Phó", "Giám đốc", "Chánh")
HOUSEHOLD = "Gia đình"
NO_STANDARD = "Kế hoạch không có tiêu chuẩn riêng; việc làm thiết thực, có xác nhận của địa phương."


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays what in the examples: the units and people of demo.toml."""

    demo: Told

    def unit(self, key: str) -> Told:
        """A unit by its key."""
        return next(unit for unit in self.demo["units"] if unit["key"] == key)

    def preparer(self, unit: str) -> str:
        """Who prepares the dossiers of a unit."""
        return str(next(p["login"] for p in self.demo["people"] if p.get("unit") == unit and "unit" in p["groups"]))

    def council(self) -> list[str]:
        """The members of the council in their order."""
        return [str(person["login"]) for person in self.demo["people"] if "council" in person["groups"]]

    def role(self, name: str) -> str:
        """The one person of a role: clerk, office_head, director or officer."""
        return str(self.demo["cast"][name])


def moment(told: datetime | Told) -> tuple[datetime, Told]:
    """When something happens in local time, and what is told of it."""
    at, more = (told, {}) if isinstance(told, datetime) else (told["at"], told)
    return at.replace(tzinfo=LOCAL), more


def step(at: datetime, by: str | list[str], **what: Any) -> Step:
    """One step of the story."""
    return {"at": at.isoformat(), "by": by, **what}


def dossier_steps(example: Told, cast: Cast, movement: str) -> Iterator[Step]:
    """What happens to the dossier of one example. Raises StoryRejected for a word it does not know."""
    if unknown := sorted(set(example) - WORDS):
        raise StoryRejected(story=example.get("as", "?"), step=0, why=f"«{unknown[0]}» is not a word of examples")
    yield from _prepared(example, cast, movement)
    if "claimed" in example:
        at, told = moment(example["claimed"])
        yield step(at, told["by"], claim=told["task"], on=example["as"])
    yield from _handled(example, cast)
    if "withdrawn" in example:
        at, told = moment(example["withdrawn"])
        yield step(at, cast.preparer(example["unit"]), withdraw=told["reason"], on=example["as"])
    yield from told_steps(example, example["as"])


def told_steps(told: Told, about: str = "") -> Iterator[Step]:
    """The steps of `then`, written as stories write them, with local times; about `about` where they name nothing."""
    for each in told.get("then", ()):
        at, _ = moment(each)
        yield ({"on": about} if about else {}) | {**each, "at": at.isoformat()}


def open_lines(example: Told) -> list[int]:
    """The nominees of an example that its appraisal left in, by their place."""
    _, told = moment(example.get("appraised_again", example["appraised"]))
    out = {row["line"] for row in told.get("lines", ()) if row["verdict"] == "not_eligible"}
    return [place for place in range(1, len(example["nominees"]) + 1) if place not in out]


def _prepared(example: Told, cast: Cast, movement: str) -> Iterator[Step]:
    alias, unit, kind = example["as"], example["unit"], example.get("kind", "thematic")
    by = cast.preparer(unit)
    opened, _ = moment(example["opened"])
    about = {"unit": unit, "movement": movement, "kind": kind, "award_form": example.get("award_form", GIAY_KHEN)}
    yield step(opened, by, open={"process": "dossier", "as": alias, **about})
    for paper in example.get("papers", PAPERS[kind]):
        yield step(opened, by, attach={"kind": paper, "title": _title(paper, example, cast)}, on=alias)
    if "saved" in example:
        at, _ = moment(example["saved"])
        yield step(at, by, save="prepare_dossier", answers=letter(example, cast, at.date()), on=alias)
    if "submitted" in example:
        at, _ = moment(example["submitted"])
        yield step(at, by, do="prepare_dossier", answers=letter(example, cast, at.date()), on=alias)


def _handled(example: Told, cast: Cast) -> Iterator[Step]:
    officer = example.get("officer", cast.role("officer"))
    for name, (task, by, answers) in {
        "received": ("receive_dossier", cast.role("clerk"), _received),
        "assigned": ("assign_officer", cast.role("office_head"), _assigned),
        "appraised": ("appraise_dossier", officer, _appraised),
        "supplemented": ("supplement_dossier", cast.preparer(example["unit"]), _supplemented),
        "appraised_again": ("appraise_dossier", officer, _appraised),
        "spelled": ("confirm_spelling", cast.preparer(example["unit"]), _spelled),
        "announced": ("announce_result", officer, _announced),
        "archived": ("close_dossier", officer, _archived),
    }.items():
        if name in example:
            at, told = moment(example[name])
            yield step(at, by, do=task, answers=answers(example, cast, at.date(), told), on=example["as"])


def letter(example: Told, cast: Cast, day: date) -> Step:
    """What the unit writes on the form: the letter of its head on `day`, and the nominees."""
    unit, kind = cast.unit(example["unit"]), example.get("kind", "thematic")
    told = {
        "kind": kind,
        "award_form": example.get("award_form", GIAY_KHEN),
        "outside_plan": kind == "ad_hoc",
        "letter_date": day,
        "letter_signer": unit["head"],
        "letter_signer_title": unit["head_title"],
        "nominees": [nominee(each, unit["name"]["vi"]) for each in example["nominees"]],
    }
    if kind == "thematic":
        told |= {"stage": example.get("stage", "gd1_2021"), "unit_meeting_on": moment(example["opened"])[0].date()}
    return told | {name: example[name] for name in ("letter_no", "prompt_reason") if name in example}


def nominee(told: Told, unit: str) -> Step:
    """A nominee from a name such as «Bà …», «Gia đình …» or that of a collective, and a plan such as «G1 II.3»."""
    first, _, rest = told["name"].partition(" ")
    target, content = told["plan"].split()
    about: Step = {"kind": kind_of(told), "name": told["name"]}
    if first in ADDRESS:
        about |= {"title": ADDRESS[first], "name": rest, "place_of_work": unit, **class_of(told)}
    plain = {key: value for key, value in told.items() if key not in {"name", "plan", "on"}}
    return about | plain | {"target": target, "content": content, "achieved_on": told["on"]}


def class_of(told: Told) -> Step:
    """The class of staff that a position tells of; nothing of who has none."""
    position = str(told.get("position", ""))
    return {"staff_class": "division_head" if position.startswith(LEADING) else "direct"} if position else {}


def kind_of(told: Told) -> str:
    """The kind of nominee that a name tells of."""
    if told["name"].partition(" ")[0] in ADDRESS:
        return "person"
    return "household" if told["name"].startswith(HOUSEHOLD) else "collective"


def _title(paper: str, example: Told, cast: Cast) -> str:
    first, others = example["nominees"][0]["name"], len(example["nominees"]) - 1
    who = f"{first} và {others} đối tượng khác" if others else first
    number, unit = example.get("letter_no"), cast.unit(example["unit"])["name"]["vi"]
    return {
        "request_letter": f"Tờ trình số {number} của {unit}" if number else f"Văn bản đề nghị khen thưởng của {unit}",
        "achievement_report": f"Báo cáo thành tích: {who}",
        "achievement_summary": f"Tóm tắt thành tích: {who}",
        "meeting_minutes": f"Biên bản họp xét của {unit}",
        "recognition": f"Xác nhận thành tích, phạm vi ảnh hưởng: {who}",
    }[paper]


def _received(_example: Told, _cast: Cast, day: date, _told: Told) -> Step:
    return {"received_on": day, "full_on": day}


def _assigned(example: Told, cast: Cast, _day: date, _told: Told) -> Step:
    officer = example.get("officer", cast.role("officer"))
    return {"officer": officer} | ({"remark": example["remark"]} if "remark" in example else {})


def _appraised(example: Told, _cast: Cast, _day: date, told: Told) -> Step:
    special = {row["line"]: row for row in told.get("lines", ())}
    lines = [_found(n, each, special.get(n, {})) for n, each in enumerate(example["nominees"], 1)]
    words = {name: told[name] for name in ("defects", "reason") if name in told}
    return {"outcome": told.get("outcome", "forward"), "lines": lines, "sheet": list(_sheet(example, lines)), **words}


def _found(line: int, nominee: Told, told: Told) -> Step:
    """What is found of a line: eligible by the plan's standards unless told otherwise; where there are none, why."""
    criteria = "no_own_standard" if nominee["name"].startswith(HOUSEHOLD) else "met"
    found = {"line": line, "criteria": criteria, "block": "none", "verdict": "eligible", **told}
    return {"note": NO_STANDARD, **found} if found["criteria"] == "no_own_standard" else found


def _sheet(example: Told, lines: Sequence[Step]) -> Iterator[Step]:
    for line in lines:
        named = example["nominees"][line["line"] - 1]["name"]
        if line["criteria"] != "met" or line["verdict"] != "eligible":
            continue
        for key in ("I1", "I2") if named.partition(" ")[0] in ADDRESS else ("C1", "C2", "C3", "C4"):
            yield {"line": line["line"], "criterion": key, "met": "met", "evidence": "Báo cáo thành tích của đơn vị"}


def _supplemented(example: Told, cast: Cast, _day: date, told: Told) -> Step:
    again = letter(example, cast, moment(example["submitted"])[0].date())
    corrected = {row["line"]: row for row in told.get("lines", ())}
    again["nominees"] = [{**each, "line": n, **corrected.get(n, {})} for n, each in enumerate(again["nominees"], 1)]
    asked = moment(example["appraised"])[1].get("defects", ())
    return {**again, "answers": [{"line": n, "answer": told["explanation"]} for n in range(1, len(asked) + 1)]}


def _spelled(_example: Told, _cast: Cast, _day: date, _told: Told) -> Step:
    return {"outcome": "right"}


def _announced(_example: Told, _cast: Cast, day: date, told: Told) -> Step:
    place = {"place": told["place"]} if "place" in told else {}
    return {"announced_on": day, "way": told.get("way", "ceremony"), "bonus_paid_on": day, **place}


def _archived(_example: Told, _cast: Cast, day: date, told: Told) -> Step:
    return {"archived_on": day, "archive_place": told["place"]}
