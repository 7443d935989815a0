"""What the plan refers to and nobody has at hand: listed with each passage that names it; nothing is made up of it."""

import re

from workflows.definitions import load_bundle, shipped

BUNDLE = load_bundle(shipped())
NUMBER = re.compile(r"\d+/(?:HD|KH)-[A-ZĐ]+")


def test_every_passage_that_names_a_text_is_listed_with_it() -> None:
    for movement in BUNDLE.movements.values():
        listed = {NUMBER.search(each["title"]["vi"])[0]: set(each["paragraphs"]) for each in movement.told["cited"]}  # type: ignore[index]
        named: dict[str, set[str]] = {}
        for paragraph in movement.told["text"]:
            for number in NUMBER.findall(paragraph["text"]):
                named.setdefault(number, set()).add(paragraph["id"])
        assert listed == named


def test_a_text_that_is_not_at_hand_says_so_and_is_cited_by_no_rule_as_read() -> None:
    missing = [each for movement in BUNDLE.movements.values() for each in movement.told["cited"] if not each["at_hand"]]
    assert all("Chưa có nguyên văn" in each["says"]["vi"] for each in missing)
    for tables in BUNDLE.tables.values():
        for table in tables.values():
            for rule in table.rules:
                if "HD 2611" in rule.description or "KH 158" in rule.description:
                    assert "[D]" in rule.description, rule.id
