"""A folder becomes a bundle: what it holds, what it is called, and what is refused before anything is built."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from workflows.definitions import BundleRejected, load_bundle, load_files, shipped
from workflows.domain.errors import DefinitionRejected, InvalidState, NotFound
from workflows.rules.vocabulary import FactType, check_vocabulary

SMALL = Path(__file__).parent / "small"
PLAN = "174d5df0c5b0f6f07490d35b001e6fdb3f0ecbdc0ca61c847629b5a332ecd397"
"""SHA-256 of the plan of October 2021 as its paper reads, white space reduced to single blanks."""


def files() -> dict[str, bytes]:
    return dict(load_bundle(SMALL).files)


def test_a_folder_and_its_files_are_the_same_bundle() -> None:
    assert load_bundle(SMALL).sha256 == load_files(files()).sha256


def test_one_changed_byte_is_another_version() -> None:
    held = files()
    held["bundle.toml"] += b"\n"
    assert load_files(held).sha256 != load_bundle(SMALL).sha256


def test_hidden_files_do_not_belong_to_a_bundle(tmp_path: Path) -> None:
    for path, content in files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / ".notes").write_text("x", encoding="utf-8")
    assert load_bundle(tmp_path).sha256 == load_bundle(SMALL).sha256


def test_a_folder_without_a_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleRejected, match=r"bundle\.toml"):
        load_bundle(tmp_path)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("bundle.toml", b"key = "),
        ("bundle.toml", b'key = "small"'),
        ("walk.bpmn", b"<not xml"),
        ("walk.bpmn", b'<!DOCTYPE x [<!ENTITY e "e">]><x/>'),
        ("walk.bpmn", b"\x00"),
        ("walk.bpmn", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'),
        ("../outside.bpmn", b"<x/>"),
        ("/etc/passwd", b"x"),
        ("forms/ask_question.ui.json", b"[]"),
        ("forms/ask_question.schema.json", b"{"),
        ("decisions/weigh_answer/r1.dmn", b"<x/>"),
        ("calendar.toml", b"[off]\n2021 = [2021-01-01]\n[working]\n2021 = [2021-01-01]"),
        ("calendar.toml", b"[off]\n2021 = ['x']"),
        ("scenarios/x.toml", b"="),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(path: str, content: bytes) -> None:
    with pytest.raises(DefinitionRejected) as refusal:
        load_files({**files(), path: content})
    assert str(refusal.value)


def test_a_diagram_that_is_too_large_is_refused() -> None:
    with pytest.raises(BundleRejected, match="bytes"):
        load_files({**files(), "walk.bpmn": b"<x>" + b" " * 2_000_001 + b"</x>"})


def test_a_bundle_of_too_many_files_is_refused() -> None:
    with pytest.raises(BundleRejected, match="at most"):
        load_files({**files(), **{f"documents/{n}.typ": b"" for n in range(501)}})


def test_two_files_may_not_hold_the_same_process() -> None:
    held = files()
    with pytest.raises(BundleRejected, match="walk"):
        load_files({**held, "again.bpmn": held["walk.bpmn"]})


def test_a_table_lies_in_the_folder_of_its_decision() -> None:
    held = files()
    with pytest.raises(BundleRejected, match="weigh_answer"):
        load_files({**held, "decisions/other/r1.dmn": held["decisions/weigh_answer/r1.dmn"]})


def test_the_diagram_is_read_as_it_is_drawn() -> None:
    bundle = load_bundle(SMALL)
    walk = bundle.processes["walk"]
    task = bundle.element("walk", "ask_question")
    assert (task.type, task.lane, task.properties["due"]) == ("userTask", "Đơn vị", "answer")
    assert walk.elements["weigh_answer"].decision == "weigh_answer"
    assert walk.elements["is_enough"].default == "is_enough__walk_refused"
    assert [flow.target for flow in walk.out_of("is_enough")] == ["walk_refused", "tell_unit"]
    assert walk.elements["walk_withdrawn"].triggers[0].message == "walk_withdrawn"
    vote = bundle.element("vote", "cast_vote").loop
    assert vote is not None
    assert vote.parallel
    assert vote.cardinality == "count(council.members)"


def test_only_a_direct_arrow_joins_two_elements() -> None:
    bundle = load_bundle(SMALL)
    assert bundle.flow_between("walk", "walk_opened", "ask_question") == "walk_opened__ask_question"
    assert bundle.flow_between("walk", "walk_opened", "walk_done") is None


def test_what_does_not_exist_is_named() -> None:
    bundle = load_bundle(SMALL)
    for ask in (
        lambda: bundle.element("walk", "nothing"),
        lambda: bundle.element("nothing", "walk_done"),
        lambda: bundle.lane("walk", "Làn lạ"),
        lambda: bundle.form("nothing"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_rule_that_is_not_there_or_not_in_force_stops_who_asks_for_it() -> None:
    bundle = load_bundle(SMALL)
    with pytest.raises(InvalidState, match="nothing"):
        bundle.decision("nothing", date(2021, 1, 1))
    with pytest.raises(InvalidState, match="31/12/2019"):
        bundle.decision("weigh_answer", date(2019, 12, 31))


def test_the_rules_of_a_day_begin_on_their_first_day_and_end_before_their_last() -> None:
    bundle = load_bundle(shipped())
    assert bundle.rule_set("bonus", date(2017, 10, 1)) == "r2017"
    assert bundle.rule_set("bonus", date(2023, 12, 31)) == "r2017"
    assert bundle.rule_set("bonus", date(2024, 1, 1)) == "r2024"


def test_a_field_is_a_fact_of_its_task_or_of_what_its_form_says() -> None:
    names = load_bundle(shipped()).vocabulary("dossier")
    assert names["appraise_dossier.outcome"] == FactType("text", ("forward", "return", "refuse"))
    assert names["dossier.full_on"] == FactType("date")
    assert names["line.kind"].values == ("person", "collective", "household")
    assert names["line.appraise_dossier.verdict"].kind == "text"
    assert names["decisions.review_way.way"].values == ("own_round", "gathered")
    assert names["due.supplement"] == FactType("instant")


def test_a_process_knows_the_facts_of_its_own_instance_only() -> None:
    bundle = load_bundle(shipped())
    assert "sign_decision.outcome" in bundle.vocabulary("review_round")
    assert "sign_decision.outcome" not in bundle.vocabulary("handling")
    assert bundle.vocabulary("handling") == bundle.vocabulary("dossier")
    assert bundle.vocabulary("handling").keys() < bundle.vocabulary(None).keys()


def test_every_fact_has_a_name_that_expressions_can_read() -> None:
    check_vocabulary(load_bundle(shipped()).vocabulary(None))


def test_a_fact_is_called_as_its_form_calls_it() -> None:
    bundle = load_bundle(shipped())
    assert bundle.label("dossier.full_on").vi == "Ngày nhận đủ hồ sơ"
    assert bundle.label("lines.any_open").en == "Some nominee under review"
    assert bundle.label("nobody.knows").vi == "nobody.knows"


def test_a_bundle_says_what_it_is_and_what_it_knows() -> None:
    bundle = load_bundle(shipped())
    assert (bundle.key, bundle.title.of("en")) == ("commendation", "Commendation in emulation movements")
    assert bundle.series["decision"].written(7, 2021) == "07/QĐ-SLĐTBXH"
    assert {"decision.typ", "paper.typ"} <= bundle.documents.keys()
    assert bundle.form("sign_decision").outcomes.keys() == {"sign", "return", "refuse"}
    assert bundle.legal_date_of("bonus") == "number_decision.decision_date"
    assert bundle.lane("dossier", "Đơn vị đề nghị").scope == "own_unit"
    assert bundle.notices["award_granted"].to == "unit"


def test_a_fact_that_several_forms_tell_may_have_the_values_of_each() -> None:
    assert set(load_bundle(shipped()).vocabulary(None)["number_decision.outcome"].values) >= {
        "award",
        "return",
        "refuse",
    }


def test_the_plan_is_told_word_for_word() -> None:
    told = load_bundle(shipped()).movements["covid-2021"].told
    words = re.sub(r"\s+", " ", " ".join(block["text"] for block in told["text"])).strip()
    assert hashlib.sha256(words.encode()).hexdigest() == PLAN


def test_what_the_system_needs_of_the_plan_names_its_paragraph() -> None:
    told = load_bundle(shipped()).movements["covid-2021"].told
    paragraphs = {block["id"] for block in told["text"]}
    for section in ("targets", "contents", "award_forms", "standards"):
        assert {each["paragraph"] for each in told[section]} <= paragraphs
    assert all(stage["parameter"] for stage in told["stages"])


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2021, 10, 25), 20, date(2021, 11, 22)),
        (date(2021, 10, 25), 25, date(2021, 11, 29)),
        (date(2021, 11, 8), 25, date(2021, 12, 13)),
        (date(2021, 12, 20), 30, date(2022, 2, 8)),
        (date(2022, 1, 20), 10, date(2022, 2, 10)),
        (date(2025, 12, 22), 10, date(2026, 1, 7)),
    ],
)
def test_limits_are_counted_in_vietnamese_working_days(start: date, days: int, end: date) -> None:
    assert load_bundle(shipped()).working_days().after(start, days) == end


def test_the_procedure_lies_beside_the_program() -> None:
    assert (shipped() / "bundle.toml").is_file()


def test_the_people_of_the_demo_belong_to_units_and_groups_that_exist() -> None:
    bundle = load_bundle(shipped())
    units = {unit["key"] for unit in bundle.demo["units"]}
    for person in bundle.demo["people"]:
        assert person.get("unit", "vp_so") in units
        assert set(person["groups"]) <= bundle.groups.keys()
    assert sum("council" in person["groups"] for person in bundle.demo["people"]) == 9
