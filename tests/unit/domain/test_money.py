"""Bonuses in đồng as the decrees give them: coefficient × base salary, rounded up to ten thousand, never a float."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.money import bonus_amount

SALARY_2019, SALARY_2023, SALARY_2024 = 1_490_000, 1_800_000, 2_340_000


@pytest.mark.parametrize(
    ("coefficient", "amount"),
    [
        ("0.3", 450_000),
        ("0.6", 900_000),
        ("0.15", 230_000),
        ("1.0", 1_490_000),
        ("2.0", 2_980_000),
        ("3.5", 5_220_000),
        ("7.0", 10_430_000),
        ("4.5", 6_710_000),
        ("9.0", 13_410_000),
        ("7.5", 11_180_000),
        ("15.0", 22_350_000),
        ("18.0", 26_820_000),
    ],
)
def test_a_bonus_of_2021_is_what_decree_91_gives(coefficient: str, amount: int) -> None:
    assert bonus_amount(Decimal(coefficient), SALARY_2019, 10_000) == amount


def test_the_salary_of_the_day_of_the_decision_counts() -> None:
    assert bonus_amount(Decimal("0.3"), SALARY_2023, 10_000) == 540_000
    assert bonus_amount(Decimal("0.3"), SALARY_2024, 10_000) == 710_000
    assert bonus_amount(Decimal("1.5"), SALARY_2024, 10_000) == 3_510_000


def test_a_whole_amount_is_not_rounded_up_another_step() -> None:
    assert bonus_amount(Decimal("1.10"), SALARY_2023, 10_000) == 1_980_000


@given(st.decimals("0.01", "20", places=2), st.integers(1, 10_000_000), st.sampled_from([1, 1_000, 10_000]))
def test_rounding_adds_less_than_a_step_and_takes_nothing(coefficient: Decimal, salary: int, step: int) -> None:
    amount = bonus_amount(coefficient, salary, step)

    assert amount % step == 0
    assert 0 <= amount - coefficient * salary < step
