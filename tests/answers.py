"""Valid answers for every task of the procedure, so that a test names only what it is about."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from itertools import count
from typing import Any

from workflows.definitions import load_bundle, shipped
from workflows.domain.calendar import WorkingDays
from workflows.domain.count import counted
from workflows.domain.facts import Facts

Answers = dict[str, Any]

COUNCIL = ("giam_doc", "chanh_vp", *(f"uy_vien_{number}" for number in range(1, 8)))
"""The members of the council, the Director in the chair."""

DOES: Mapping[str, str] = {
    "prepare_dossier": "don_vi_a",
    "receive_dossier": "van_thu",
    "assign_officer": "chanh_vp",
    "appraise_dossier": "chuyen_vien",
    "supplement_dossier": "don_vi_a",
    "conclude_suspension": "chuyen_vien",
    "confirm_spelling": "don_vi_a",
    "correct_spelling": "chuyen_vien",
    "announce_result": "chuyen_vien",
    "close_dossier": "chuyen_vien",
    "compile_summary": "chuyen_vien",
    "explain_late_invitation": "chuyen_vien",
    "record_attendance": "chuyen_vien",
    "count_ballots": "uy_vien_1",
    "write_minutes": "chuyen_vien",
    "draft_decision": "chuyen_vien",
    "initial_decision": "chanh_vp",
    "sign_decision": "giam_doc",
    "number_decision": "van_thu",
    "decide_bonus": "chanh_vp",
}
"""Who does a task when a test does not say."""

PAPERS = ("request_letter", "achievement_report", "meeting_minutes")
"""What a thematic dossier must hold."""


def answers_for(element: str, facts: Facts, today: date) -> Answers:
    """Answers with which the task is done and the matter goes on."""
    return TELLS[element](facts, today)


def dossier(today: date, *names: str) -> Answers:
    """A thematic dossier for these people; for one, where nobody is named."""
    return {
        "kind": "thematic",
        "award_form": "giay_khen",
        "stage": "gd1_2021",
        "outside_plan": False,
        "letter_date": f"{today}",
        "letter_signer": "Trưởng phòng Mẫu",
        "letter_signer_title": "Trưởng phòng",
        "unit_meeting_on": f"{today}",
        "nominees": [nominee(name, today) for name in names or ("Nguyễn Thị Ví Dụ",)],
    }


def ad_hoc(today: date, *names: str) -> Answers:
    """An ad hoc dossier, which asks for a review of its own."""
    asked = {"kind": "ad_hoc", "outside_plan": True, "prompt_reason": "Cần nêu gương ngay."}
    return {**dossier(today, *names), **asked}


NUMBERS = count(1)
"""Of people who do not exist: no two nominees of a test are the same person, whatever they are called."""


def nominee(name: str, today: date) -> Answers:
    """One person who is nominated, for the first time."""
    return {
        "kind": "person",
        "title": "ba",
        "name": name,
        "place_of_work": "Phòng Mẫu",
        "citizen_id": f"9992{next(NUMBERS):08}",
        "target": "G1",
        "content": "II.3",
        "achieved_on": f"{today}",
        "work": "Đã có thành tích xuất sắc trong công tác phòng, chống dịch COVID-19",
        "summary": "Trực 45 ngày tại khu cách ly.",
    }


def appraised(line: int, verdict: str = "eligible") -> Answers:
    """What the officer finds about one line."""
    found = {"line": line, "criteria": "met", "block": "none", "verdict": verdict}
    return found if verdict == "eligible" else {**found, "note": "Thiếu số liệu."}


def returned(facts: Facts) -> Answers:
    """The officer sends the dossier back to the unit."""
    lines = [appraised(line.ordinal, "incomplete") for line in facts.open_lines()]
    return {"outcome": "return", "lines": lines, "defects": [{"missing": "Thiếu số liệu.", "mend": "Nêu số liệu."}]}


def supplemented(facts: Facts, today: date) -> Answers:
    """The dossier once more, with the lines it has, full from this day."""
    rows = [{**nominee(str(line.nominee["name"]), today), "line": line.ordinal} for line in facts.open_lines()]
    asked = facts.get("appraise_dossier.defects")
    count = len(asked) if isinstance(asked, tuple) else 0
    said = [{"line": line, "answer": "Đã bổ sung."} for line in range(1, count + 1)]
    return {**dossier(today), "nominees": rows, "answers": said}


def concluded(facts: Facts, *failed: int, at: str = "where_it_was") -> Answers:
    """The conclusion of a suspension: every suspended line goes on but those named here."""
    rows = [
        {"line": line.ordinal, "conclusion": "fail" if line.ordinal in failed else "resume", "note": "Theo kết luận."}
        for line in facts.lines
        if line.status == "suspended"
    ]
    return {"lines": rows, "at": at, "document": "Kết luận số 12/KL-SLĐTBXH"}


def meeting(dossiers: list[str], today: date) -> Answers:
    """The summary table of a round: these dossiers, a meeting for which it is not too late to invite."""
    day = procedure_calendar().after(today, 4)
    return {"meeting_on": f"{day}", "meeting_place": "Phòng họp Sở", "chair": "giam_doc", "dossiers": dossiers}


@cache
def procedure_calendar() -> WorkingDays:
    """The working days of the procedure as shipped."""
    return load_bundle(shipped()).working_days()


def attendance(present: tuple[str, ...] = COUNCIL) -> Answers:
    """Who comes to the meeting, and who counts."""
    return {"present": list(present), "teller_head": "uy_vien_1", "tellers": ["uy_vien_2", "uy_vien_3"]}


def counts(facts: Facts) -> Answers:
    """What the tellers find when they count right."""
    return counted(facts, "council")


def ballot(facts: Facts, vote: str = "yes") -> Answers:
    """One member votes the same way on every open line."""
    return {"lines": [{"line": line.ordinal, "vote": vote} for line in facts.open_lines()]}


def agreed(facts: Facts) -> Answers:
    """The officer finds every open line eligible, by a sheet on which every standard is met."""
    return {
        "outcome": "forward",
        "lines": [appraised(line.ordinal) for line in facts.open_lines()],
        "sheet": sheet(facts),
    }


STANDARDS: Mapping[object, tuple[str, ...]] = {"person": ("I1", "I2"), "collective": ("C1", "C2", "C3", "C4")}
"""What the plan demands of whom."""


def sheet(facts: Facts) -> list[Answers]:
    """Every standard of every open line, met by the report."""
    return [
        {"line": line.ordinal, "criterion": key, "met": "met", "evidence": "Báo cáo thành tích"}
        for line in facts.open_lines()
        for key in STANDARDS.get(line.nominee.get("kind"), ())
    ]


TELLS: Mapping[str, Callable[[Facts, date], Answers]] = {
    "prepare_dossier": lambda _, today: dossier(today),
    "receive_dossier": lambda _, today: {"received_on": f"{today}", "full_on": f"{today}"},
    "assign_officer": lambda _, __: {"officer": "chuyen_vien"},
    "appraise_dossier": lambda facts, _: agreed(facts),
    "supplement_dossier": supplemented,
    "compile_summary": lambda _, today: meeting([], today),
    "explain_late_invitation": lambda _, __: {"reason": "Hồ sơ đến sát ngày họp."},
    "record_attendance": lambda _, __: attendance(),
    "count_ballots": lambda facts, _: counts(facts),
    "send_opinion": lambda facts, _: ballot(facts),
    "cast_secret_ballot": lambda facts, _: ballot(facts),
    "cast_ballot": lambda facts, _: ballot(facts),
    "write_minutes": lambda _, __: {"secretary": "chuyen_vien", "conclusion": "Hội đồng nhất trí."},
    "draft_decision": lambda _, __: {"abstract": "Về việc tặng Giấy khen", "grounds": "Căn cứ Nghị định 91/2017"},
    "initial_decision": lambda _, __: {"outcome": "initial"},
    "sign_decision": lambda _, __: {"outcome": "sign"},
    "number_decision": lambda facts, today: {"decision_date": f"{facts.get('compile_summary.meeting_on') or today}"},
    "decide_bonus": lambda _, __: {"amount": 450_000, "decided_by": "Giám đốc Sở", "reason": "Bằng mức của cá nhân."},
    "conclude_suspension": lambda facts, _: concluded(facts),
    "confirm_spelling": lambda _, __: {"outcome": "right"},
    "announce_result": lambda _, today: {"announced_on": f"{today}", "way": "ceremony"},
    "close_dossier": lambda _, today: {"archived_on": f"{today}", "archive_place": "Kho lưu trữ Văn phòng Sở"},
}
"""What everybody says at each task, from what is known and the day."""
