"""Search without accents: what a Vietnamese types on a plain keyboard finds what is written with all its marks."""

import unicodedata

import pytest

from tests.answers import dossier
from tests.story import Office
from workflows.queries.dossiers import dossiers
from workflows.queries.inbox import inbox


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đặng Văn Ví Dụ", "dang van vi du"),
        ("đỗ thị ví von", "do thi vi von"),
        ("NGUYỄN THỊ ƯỚC LỆ", "nguyen thi uoc le"),
        (unicodedata.normalize("NFD", "Quỳnh Trưởng"), "quynh truong"),
        ("Ỷ Ỹ Ẵ Ặ Ở Ỡ", "y y a a o o"),
        ("HS-0001 50%", "hs-0001 50%"),
    ],
)
def test_marks_and_capitals_do_not_count(shared_office: Office, written: str, folded: str) -> None:
    assert shared_office.asks("select fold(:written)", written=written) == folded


@pytest.mark.parametrize("typed", ["uoc le", "ƯỚC LỆ", "Uớc lệ", "  lê thị ", "HS-0001"])
def test_a_nominee_is_found_however_the_name_is_typed(office: Office, typed: str) -> None:
    number = office.dossier_at("receive_dossier", answers=dossier(office.today, "Lê Thị Ước Lệ"))
    office.dossier_at("receive_dossier", answers=dossier(office.today, "Phạm Văn Khác"))

    found = inbox(office.db, office.person("van_thu"), "pool", typed)

    assert [row.number for row in found.rows] == [number]
    assert [row.number for row in dossiers(office.db, office.person("van_thu"), typed).rows] == [number]


def test_signs_that_mean_something_to_the_database_mean_nothing_here(office: Office) -> None:
    office.dossier_at("receive_dossier", answers=dossier(office.today, "Lê Thị Ước Lệ"))

    for typed in ("%", "_", "le%le", "' or 1=1 --", "\\"):
        assert inbox(office.db, office.person("van_thu"), "pool", typed).total == 0, typed


def test_the_name_of_the_unit_finds_its_dossiers(office: Office) -> None:
    office.dossier_at("receive_dossier")
    theirs = office.dossier_at("receive_dossier", by="don_vi_c")

    assert [row.number for row in inbox(office.db, office.person("van_thu"), "pool", "bao tro").rows] == [theirs]
