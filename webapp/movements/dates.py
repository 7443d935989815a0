"""Days as people write them in the movements' forms."""

from datetime import date, datetime

from workflows.domain.errors import InvalidInput


class DayNotRead(InvalidInput):
    """Write the day as day/month/year."""


def day_of(text: str) -> date:
    """A day written as day/month/year. Raises DayNotRead."""
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007  a day has no time zone
    except ValueError:
        raise DayNotRead({"/on": "Write the day as day/month/year."}) from None
