"""Each figure of a report against dossiers that are known beforehand."""

from datetime import date, timedelta

from tests.story import MOVEMENT, Office
from workflows.queries.reports import Narrowed, Report, report

OFFICER = "chuyen_vien"


def figures(office: Office, **narrowed: str) -> Report:
    return report(office.db, office.person(OFFICER), MOVEMENT, Narrowed(**narrowed))


def rows(found: Report, table: str) -> dict[str, tuple[int, int, int]]:
    return {each.title.vi: (each.nominated, each.commended, each.failed) for each in found.tables[table]}


def test_every_figure_counts_the_dossiers_that_are_known(office: Office) -> None:
    number = office.dossier_awarded()
    office.dossier_at("receive_dossier")
    found = figures(office)
    (line,) = office.observed(number).facts.lines
    decided = office.observed(office.asks("select number from instance where process = 'review_round'")).facts
    issued, achieved = decided.get("number_decision.decision_date"), line.nominee["achieved_on"]
    assert isinstance(issued, date)
    assert isinstance(achieved, date)
    days = (issued - achieved).days
    assert (found.total.nominated, found.total.commended, found.total.failed) == (2, 1, 0)
    assert rows(found, "unit") == {"Phòng Người có công": (2, 1, 0)}
    assert rows(found, "award_form") == {"Giấy khen của Giám đốc Sở": (2, 1, 0)}
    assert rows(found, "kind") == {"Cá nhân": (2, 1, 0)}
    assert list(rows(found, "staff_class").values()) == [(2, 1, 0)]
    assert sum(each[0] for each in rows(found, "target").values()) == 2
    assert sum(each[0] for each in rows(found, "content").values()) == 2
    assert (found.prompt.decided, found.prompt.median, found.prompt.longest) == (1, days, days)
    assert [(each.name, each.counts) for each in found.awards] == [("Phòng Người có công", (1,))]
    assert [each.vi for each in found.forms] == ["Giấy khen của Giám đốc Sở"]
    assert found.direct.persons == 1


def test_direct_workers_are_counted_among_the_commended_whose_class_is_known(office: Office) -> None:
    number = office.dossier_awarded()
    office.dossier_at("receive_dossier")
    told = """update nominee set answers = answers || '{"staff_class": "direct"}' where instance_id in
      (select id from instance where number = :number)"""
    with office.tables() as tx:
        tx.exec_driver_sql(told.replace(":number", f"'{number}'"))
    found = figures(office)
    assert (found.direct.direct, found.direct.known, found.direct.persons) == (1, 1, 1)
    assert rows(found, "staff_class")["Người trực tiếp công tác, lao động"] == (1, 1, 0)
    assert rows(found, "staff_class")["Không ghi"] == (1, 0, 0)


def test_a_filter_narrows_every_table(office: Office) -> None:
    office.dossier_awarded()
    assert figures(office, unit="phong_ncc").total.commended == 1
    for narrowed in ({"unit": "coso_btxh"}, {"kind": "household"}, {"type": "ad_hoc"}, {"award_form": "hc_dung_cam"}):
        found = figures(office, **narrowed)
        assert found.total.nominated == 0, narrowed
        assert found.awards == ()
        assert found.prompt.decided == 0
    assert "phong_ncc" in dict(figures(office).choices["unit"])


def test_the_days_of_a_body_are_working_days(office: Office) -> None:
    number = office.dossier_at("receive_dossier")
    before = office.now
    office.waits(working_days=3)
    office.completes("receive_dossier", number)
    assert office.now - before >= timedelta(days=3)
    (clerk,) = [each for each in figures(office).bodies if each.title.vi == "Văn thư"]
    assert (clerk.tasks, clerk.days) == (1, 3.0)
