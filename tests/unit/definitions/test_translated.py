"""The diagrams in English: every name of the shipped ones is told, and the drawing is the same."""

import re

import pytest
from lxml import etree

from tests.story import procedure
from workflows.definitions.translated import diagram_in

VIETNAMESE = re.compile("[à-ỹÀ-ỸđĐ]")


@pytest.mark.parametrize("process", sorted(procedure().processes))
def test_every_name_of_a_diagram_has_english(process: str) -> None:
    names = etree.fromstring(diagram_in(procedure(), process, "en")).xpath("//@name")
    assert len(names) >= 10
    assert [name for name in names if VIETNAMESE.search(name)] == []


@pytest.mark.parametrize("process", sorted(procedure().processes))
def test_only_names_and_the_room_for_them_differ(process: str) -> None:
    drawn, told = (etree.fromstring(diagram_in(procedure(), process, locale)) for locale in ("vi", "en"))
    for tree in (drawn, told):
        for node in tree.iter(etree.Element):
            node.attrib.pop("name", None)
        for label in tree.iterfind(".//{http://www.omg.org/spec/BPMN/20100524/DI}BPMNLabel"):
            label.clear()
    assert etree.tostring(drawn) == etree.tostring(told)
