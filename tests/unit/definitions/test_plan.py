"""Every paragraph of a plan is carried out by something that exists, or says that it is communication outside."""

import pytest

from webapp.movements.views import KINDS, PARTS, PLACES
from workflows.definitions import load_bundle, shipped

BUNDLE = load_bundle(shipped())
WORDS_ONLY = {"heading", "title", "number", "place_date"}
SIGNATURE = {"signer", "signer_title"}
ON_THE_PAGE = {"cited", "stages"}
EXISTING = {"diagram": BUNDLE.processes, "rule": BUNDLE.tables, "form": BUNDLE.forms, "page": {*PLACES, *ON_THE_PAGE}}


@pytest.mark.parametrize("key", BUNDLE.movements)
def test_every_paragraph_is_carried_out_or_marked_as_outside(key: str) -> None:
    told = BUNDLE.movements[key].told
    linked = {place for each in told["carried"] for place in each["paragraphs"]}
    linked |= {each["paragraph"] for part in PARTS for each in told[part]}
    wanted = {each["id"] for each in told["text"] if each["as"] not in WORDS_ONLY} - SIGNATURE
    assert wanted - linked == set()
    assert linked <= {each["id"] for each in told["text"]}


@pytest.mark.parametrize("key", BUNDLE.movements)
def test_what_carries_a_paragraph_out_exists(key: str) -> None:
    for each in BUNDLE.movements[key].told["carried"]:
        assert each["kind"] in KINDS
        assert each["kind"] == "outside" or each["of"] in EXISTING[each["kind"]], each


@pytest.mark.parametrize("key", BUNDLE.movements)
def test_recipients_stand_in_the_distribution_of_the_plan(key: str) -> None:
    places = {each["id"] for each in BUNDLE.movements[key].told["text"] if each["id"].startswith("distribution.")}
    assert {each["paragraph"] for each in BUNDLE.movements[key].told["recipients"]} <= places
