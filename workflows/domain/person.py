"""A person as the office enters one."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Who can sign in. `unit` is a unit's code; `door` what a demo's role door says of a fictional person."""

    login: str
    name: str
    title: str = ""
    unit: str | None = None
    email: str | None = None
    groups: tuple[str, ...] = ()
    password: str | None = None
    door: Mapping[str, object] | None = None
    citizen_id: str | None = None
