"""A few lines of the demo become the steps that a lawyer would have written out."""

from datetime import date, datetime
from typing import Any

import pytest

from workflows.stories.example_rounds import lines_of, round_steps
from workflows.stories.examples import Cast, dossier_steps, nominee, open_lines
from workflows.stories.story import StoryRejected, read_story

DEMO: dict[str, Any] = {
    "cast": {"clerk": "van_thu", "office_head": "chanh_vp", "director": "giam_doc", "officer": "chuyen_vien"},
    "grounds": "Căn cứ Luật Thi đua, khen thưởng",
    "fund": "Quỹ của Sở",
    "units": [{"key": "phong", "name": {"vi": "Phòng Mẫu"}, "head": "Tạ Văn Giả Thiết", "head_title": "Trưởng phòng"}],
    "people": [
        {"login": "don_vi", "unit": "phong", "groups": ["unit"]},
        {"login": "giam_doc", "unit": "phong", "groups": ["council"]},
        {"login": "uy_vien", "unit": "phong", "groups": ["council"]},
    ],
}
CAST = Cast(DEMO)
PERSON = {
    "name": "Bà Nguyễn Thị Ví Dụ",
    "plan": "G1 II.3",
    "on": date(2021, 12, 1),
    "work": "Có thành tích.",
    "summary": "…",
}


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2021, 12, day, hour)  # noqa: DTZ001  as TOML writes a local time


def example(**more: Any) -> dict[str, Any]:
    return {"as": "ho_so", "unit": "phong", "opened": at(6), "nominees": [PERSON, PERSON], **more}


def told(**more: Any) -> list[dict[str, Any]]:
    return list(dossier_steps(example(**more), CAST, "covid-2021"))


def test_an_example_goes_as_far_as_it_is_told() -> None:
    assert [next(iter(set(step) & {"open", "attach", "do"})) for step in told()] == [
        "open",
        "attach",
        "attach",
        "attach",
    ]
    steps = told(submitted=at(7), received=at(8), assigned=at(8, 10), appraised=at(9))
    assert [(step["by"], step["do"]) for step in steps[4:]] == [
        ("don_vi", "prepare_dossier"),
        ("van_thu", "receive_dossier"),
        ("chanh_vp", "assign_officer"),
        ("chuyen_vien", "appraise_dossier"),
    ]
    assert steps[5]["answers"] == {"received_on": date(2021, 12, 8), "full_on": date(2021, 12, 8)}
    assert steps[0]["at"] == "2021-12-06T08:00:00+07:00"


def test_an_ad_hoc_example_needs_no_minutes_and_says_why() -> None:
    steps = told(kind="ad_hoc", prompt_reason="Cần nêu gương ngay.", submitted=at(6, 9))
    assert [step["attach"]["kind"] for step in steps[1:3]] == ["request_letter", "achievement_summary"]
    answers = steps[3]["answers"]
    assert (answers["outside_plan"], answers["prompt_reason"]) == (True, "Cần nêu gương ngay.")
    assert "stage" not in answers


@pytest.mark.parametrize(
    ("name", "kind", "written"),
    [
        ("Bà Nguyễn Thị Ví Dụ", "person", "Nguyễn Thị Ví Dụ"),
        ("Gia đình ông Nguyễn Văn Cổ Tích", "household", "Gia đình ông Nguyễn Văn Cổ Tích"),
        ("Tập thể Phòng Mẫu", "collective", "Tập thể Phòng Mẫu"),
    ],
)
def test_the_name_says_what_a_nominee_is(name: str, kind: str, written: str) -> None:
    made = nominee({**PERSON, "name": name}, "Phòng Mẫu")
    assert (made["kind"], made["name"], made["target"], made["content"]) == (kind, written, "G1", "II.3")
    assert made.get("place_of_work") == ("Phòng Mẫu" if kind == "person" else None)


def test_a_returned_example_comes_back_with_what_was_corrected() -> None:
    steps = told(
        submitted=at(7),
        appraised={
            "at": at(9),
            "outcome": "return",
            "defects": [{"missing": "Thiếu nơi.", "mend": "Ghi nơi."}],
            "lines": [{"line": 2, "verdict": "incomplete"}],
        },
        supplemented={"at": at(20), "explanation": "Đã bổ sung.", "lines": [{"line": 2, "place": "Xã Mẫu"}]},
    )
    returned, completed = steps[-2]["answers"], steps[-1]["answers"]
    assert [row["verdict"] for row in returned["lines"]] == ["eligible", "incomplete"]
    assert [(row["line"], row.get("place")) for row in completed["nominees"]] == [(1, None), (2, "Xã Mẫu")]
    assert (completed["answers"], completed["letter_date"]) == (
        [{"line": 1, "answer": "Đã bổ sung."}],
        date(2021, 12, 7),
    )


def test_a_round_counts_the_lines_of_its_dossiers_by_kind_unit_and_opening() -> None:
    out = {"at": at(9), "lines": [{"line": 1, "verdict": "not_eligible"}]}
    examples = {
        "sau": example(opened=at(8), appraised=at(9)),
        "truoc": example(opened=at(6), appraised=out),
    }
    assert open_lines(examples["truoc"]) == [2]
    assert lines_of(["sau", "truoc"], examples) == [("truoc", 2), ("sau", 1), ("sau", 2)]
    steps = list(
        round_steps(
            {
                "as": "dot",
                "title": "Đợt",
                "opened": at(10),
                "summarised": {"at": at(10, 9), "meeting_on": date(2021, 12, 14), "dossiers": ["sau", "truoc"]},
                "attended": {"at": at(11), "absent": ["uy_vien"], "tellers": ["giam_doc"]},
                "counted": at(14, 15),
                "ballots": [{"at": at(14), "by": ["uy_vien"], "against": {"sau.2": "Chưa rõ."}}],
            },
            examples,
            CAST,
        )
    )
    assert steps[2]["answers"]["present"] == ["giam_doc"]
    assert (steps[3]["do"], steps[3]["by"]) == ("send_opinion", ["uy_vien"])
    assert steps[4]["answers"]["lines"][2] == {"line": 3, "yes": 0, "no": 1}
    assert steps[3]["answers"]["lines"] == [
        {"line": 1, "vote": "yes"},
        {"line": 2, "vote": "yes"},
        {"line": 3, "vote": "no", "remark": "Chưa rõ."},
    ]


def test_a_word_that_examples_do_not_know_is_refused_by_name() -> None:
    with pytest.raises(StoryRejected, match="recieved"):
        told(recieved=at(8))
    with pytest.raises(StoryRejected, match="sgined"):
        list(round_steps({"as": "dot", "sgined": at(8)}, {}, CAST))


def test_the_steps_are_a_story() -> None:
    steps = told(submitted=at(7), claimed={"at": at(7, 9), "by": "van_thu", "task": "receive_dossier"})
    story = read_story("demo", {"title": "Mẫu", "starts": steps[0]["at"], "step": steps})
    assert [step.act for step in story.steps] == ["open", "attach", "attach", "attach", "do", "claim"]
