"""Search without accents: what a Vietnamese types on a plain keyboard finds what is written with all its marks."""

import unicodedata

import pytest

from tests.answers import dossier
from tests.story import Office
from workflows.queries.dossiers import dossiers
from workflows.queries.inbox import inbox
from workflows.queries.inbox_filters import Filters


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


@pytest.fixture(scope="module")
def found_by(shared_office: Office) -> str:
    """The dossier that is looked for, among others; another unit's, of Lê Thị Ước Lệ."""
    shared_office.dossier_at("receive_dossier", answers=dossier(shared_office.today, "Phạm Văn Khác"))
    told = dossier(shared_office.today, "Lê Thị Ước Lệ", "Trần Văn Thử")
    return shared_office.dossier_at("receive_dossier", answers=told, by="don_vi_c")


@pytest.mark.parametrize("typed", ["uoc le", "ƯỚC LỆ", "Uớc lệ", "  lê thị ", "HS-0002", "bao tro", "tran van"])
def test_a_dossier_is_found_however_a_name_is_typed(shared_office: Office, found_by: str, typed: str) -> None:
    office = shared_office

    assert [row.number for row in inbox(office.db, office.person("van_thu"), "pool", Filters(typed)).rows] == [found_by]
    assert [row.number for row in dossiers(office.db, office.person("van_thu"), typed).rows] == [found_by]


@pytest.mark.parametrize("typed", ["%", "_", "le%le", "' or 1=1 --", "\\", "*"])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(
    shared_office: Office, found_by: str, typed: str
) -> None:
    assert found_by
    assert inbox(shared_office.db, shared_office.person("van_thu"), "pool", Filters(typed)).total == 0
