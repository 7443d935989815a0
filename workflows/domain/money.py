"""Award money in đồng, computed in Decimal; the coefficients come from a decision table."""

from decimal import ROUND_CEILING, Decimal


def bonus_amount(coefficient: Decimal, base_salary: int, step: int) -> int:
    """Bonus in đồng: coefficient × base salary of the decision date, rounded up to `step` (NĐ 91/2017 Điều 68)."""
    return int((coefficient * base_salary / step).to_integral_value(ROUND_CEILING)) * step
