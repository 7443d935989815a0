"""How a matter is called where no name was written for it, or where its kind says more than its name."""

from workflows.domain.text import Text
from workflows.queries.names import matter_title


def test_a_dossier_is_called_by_its_nominee_or_says_that_none_is_written_down() -> None:
    assert matter_title("dossier", "ad_hoc", "Bà Một") == Text("Bà Một")
    assert matter_title("dossier", "thematic", "") == Text("Chưa ghi đối tượng", "No nominee written down yet")


def test_an_ad_hoc_round_says_that_it_is_one() -> None:
    assert matter_title("review_round", "thematic", "Đợt 1") == Text("Đợt 1")
    assert matter_title("review_round", "ad_hoc", "Bà Một") == Text(
        "Khen đột xuất: Bà Một", "Ad hoc commendation: Bà Một"
    )
