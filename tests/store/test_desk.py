"""How people arrange their work: filters, sorting, tasks put aside, views kept and shared, one act on many tasks."""

from datetime import timedelta

import pytest

from tests.story import Office
from workflows.domain.errors import InvalidInput, NotAllowed, NotFound
from workflows.operations import bulk, desk
from workflows.operations.desk import DayHasPassed, NotYours, TooManyViews, ViewNeedsName
from workflows.queries import desk as arranged
from workflows.queries.accounts import counts
from workflows.queries.inbox import inbox
from workflows.queries.inbox_filters import Filters, offered

CLERK, OFFICER = "van_thu", "chuyen_vien"


def numbers(office: Office, login: str, queue: str = "mine", **asked: str) -> list[str]:
    return [row.number for row in inbox(office.db, office.person(login), queue, Filters(**asked)).rows]


def test_a_list_is_narrowed_by_step_unit_type_and_deadline(shared_office: Office) -> None:
    office = shared_office
    received = office.dossier_at("receive_dossier")
    appraised = office.dossier_at("appraise_dossier")
    assert numbers(office, OFFICER, step="appraise_dossier") == [appraised]
    assert numbers(office, OFFICER, step="receive_dossier") == []
    assert received in numbers(office, CLERK, "pool", unit="phong_ncc", kind="thematic")
    assert numbers(office, CLERK, "pool", kind="ad_hoc") == []
    assert appraised in numbers(office, OFFICER, due="later")
    assert not numbers(office, OFFICER, due="overdue")
    office.waits(working_days=40)
    assert appraised in numbers(office, OFFICER, due="overdue")
    assert not numbers(office, OFFICER, due="later")
    steps = dict(offered(office.db, office.person(OFFICER), "mine")["step"])
    assert steps["appraise_dossier"].vi == "Thẩm định hồ sơ"


def test_a_list_is_sorted_both_ways_and_pages_keep_the_order(office: Office) -> None:
    made = [office.dossier_at("receive_dossier") for _ in range(3)]
    clerk = office.person(CLERK)
    up = [row.number for row in inbox(office.db, clerk, "pool", sort="number").rows]
    down = [row.number for row in inbox(office.db, clerk, "pool", sort="number", falling=True).rows]
    assert up == made
    assert down == made[::-1]
    second = inbox(office.db, clerk, "pool", sort="number", size=2, page=2)
    assert ([row.number for row in second.rows], second.total) == (made[2:], 3)


def test_a_task_put_aside_comes_back_on_its_day_and_keeps_its_deadline(office: Office) -> None:
    number = office.dossier_at("appraise_dossier")
    officer, task = office.person(OFFICER), office.task(number, "appraise_dossier")
    before = inbox(office.db, officer).rows[0].due_at
    desk.follow_up(office.db, officer, task, office.today + timedelta(days=3))
    assert (numbers(office, OFFICER), numbers(office, OFFICER, "followed")) == ([], [number])
    assert (counts(office.db, officer).mine, counts(office.db, officer).followed) == (0, 1)
    office.waits(days=3)
    assert (numbers(office, OFFICER), numbers(office, OFFICER, "followed")) == ([number], [])
    assert inbox(office.db, officer).rows[0].due_at == before
    desk.follow_up(office.db, officer, task, office.today + timedelta(days=9))
    desk.follow_up(office.db, officer, task, None)
    assert numbers(office, OFFICER) == [number]


def test_only_the_handler_puts_a_task_aside_and_only_until_a_later_day(office: Office) -> None:
    task = office.task(office.dossier_at("appraise_dossier"), "appraise_dossier")
    with pytest.raises(NotYours):
        desk.follow_up(office.db, office.person("chanh_vp"), task, office.today + timedelta(days=3))
    with pytest.raises(DayHasPassed):
        desk.follow_up(office.db, office.person(OFFICER), task, office.today)


def test_a_view_is_kept_shared_with_a_group_and_removed_by_its_owner_only(office: Office) -> None:
    clerk, officer, unit = (office.person(each) for each in (CLERK, OFFICER, "don_vi_a"))
    mine = desk.keep_view(office.db, officer, "Việc gấp", {"due": "overdue", "strange": "x"})
    shared = desk.keep_view(office.db, officer, "Chờ thẩm định", {"step": "appraise_dossier"}, "office")
    assert [(view.name, dict(view.asked)) for view in arranged.views(office.db, officer)] == [
        ("Chờ thẩm định", {"step": "appraise_dossier"}),
        ("Việc gấp", {"due": "overdue"}),
    ]
    colleague = office.person(office.employs("ban_van_phong", "office"))
    assert [(view.name, view.owner) for view in arranged.views(office.db, colleague)] == [
        ("Chờ thẩm định", officer.name)
    ]
    assert arranged.views(office.db, clerk) == arranged.views(office.db, unit) == ()
    with pytest.raises(NotFound):
        desk.remove_view(office.db, colleague, shared)
    desk.remove_view(office.db, officer, mine)
    assert [view.id for view in arranged.views(office.db, officer)] == [shared]


def test_a_view_needs_a_name_a_group_of_ones_own_and_there_are_not_too_many(office: Office) -> None:
    officer = office.person(OFFICER)
    for name in ("  ", "x" * 61):
        with pytest.raises(ViewNeedsName):
            desk.keep_view(office.db, officer, name, {})
    with pytest.raises(NotAllowed):
        desk.keep_view(office.db, officer, "Của Giám đốc", {}, "director")
    for number in range(desk.MOST_VIEWS):
        desk.keep_view(office.db, officer, f"Cách xem {number}", {})
    with pytest.raises(TooManyViews):
        desk.keep_view(office.db, officer, "Thêm một", {})


def test_many_tasks_are_taken_on_and_what_is_refused_says_why(office: Office) -> None:
    tasks = [office.task(office.dossier_at("receive_dossier"), "receive_dossier") for _ in range(3)]
    other = office.person(office.employs("van_thu_2", "clerk"))
    assert bulk.claim_all(office.db, other, tasks[:1])[0].refused is None
    results = bulk.claim_all(office.db, office.person(CLERK), [*tasks, tasks[1]])
    assert [each.task_id for each in results] == tasks
    assert [type(each.refused).__name__ for each in results] == ["TaskTaken", "NoneType", "NoneType"]
    assert other.name in str(results[0].refused)
    back = bulk.release_all(office.db, office.person(CLERK), tasks[1:])
    assert all(each.refused is None for each in back)
    assert len(numbers(office, CLERK, "pool")) == 2


def test_many_tasks_are_finished_each_by_itself_and_the_same_key_changes_nothing(office: Office) -> None:
    made = [office.dossier_at("receive_dossier") for _ in range(3)]
    tasks = [office.task(number, "receive_dossier") for number in made]
    good = office.answers("receive_dossier", made[0])
    asked = {task: dict(good) for task in tasks}
    asked[tasks[1]] = {}
    for _ in range(2):
        results = bulk.complete_all(office.db, office.person(CLERK), asked, key="k")
        assert [each.refused is None for each in results] == [True, False, True]
        assert isinstance(results[1].refused, InvalidInput)
        office.works()
        assert [list(office.observed(number).open) for number in made] == [
            ["assign_officer"],
            ["receive_dossier"],
            ["assign_officer"],
        ]


def test_nothing_or_too_much_chosen_is_refused(shared_office: Office) -> None:
    with pytest.raises(bulk.NothingChosen):
        bulk.claim_all(shared_office.db, shared_office.person(CLERK), [])
    with pytest.raises(bulk.TooManyChosen):
        bulk.claim_all(shared_office.db, shared_office.person(CLERK), [str(n) for n in range(bulk.MOST_TASKS + 1)])
