"""A cell of a table in the words of a page: what a value is called, a number as the reader's language writes it."""

import json
import re
from collections.abc import Mapping

from workflows.domain.text import Text

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
DAY = re.compile(r'date\("(\d{4})-(\d\d)-(\d\d)"\)')


def cell(written: str, values: Mapping[str, Text], *, asks: bool) -> Text:
    """What a cell says. `values`: what the texts in it are called; `asks`: it is a condition, and "" holds for all."""
    if not written or (asks and written == "-"):
        return Text("mọi trường hợp", "any case") if asks else Text("(trống)", "(empty)")
    if written in {"true", "false"}:
        return Text("có", "yes") if written == "true" else Text("không", "no")
    try:
        texts = json.loads(f"[{written}]")
    except (ValueError, RecursionError):
        texts = None
    if texts and all(isinstance(each, str) for each in texts):
        told = [values.get(each, Text(each, each)) for each in texts]
        return Text(", ".join(each.vi for each in told), ", ".join(each.of("en") for each in told))
    days = DAY.sub(r"\3/\2/\1", written)
    return Text(NUMBER.sub(lambda found: found[0].replace(".", ","), days) if ".." not in days else days, days)
