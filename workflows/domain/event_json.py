"""What an event holds as JSON that keeps its type; it refuses what no history could read back."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from workflows.domain.facts import Json, to_json


def as_json(value: object) -> Json:
    """A value of an event as JSON. Raises TypeError for what no event can hold."""
    match value:
        case Mapping():
            return {str(key): as_json(each) for key, each in value.items()}
        case list() | tuple():
            return [as_json(each) for each in value]
        case datetime() | date() | Decimal():
            return to_json(value)
        case None | str() | int() | bool():
            return value
        case float():
            return {"decimal": str(value)}
        case _:
            msg = f"an event cannot hold {type(value).__name__}"
            raise TypeError(msg)
