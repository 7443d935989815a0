"""All tables at once, as one value, and people who act in the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any, TypeVar

from sqlalchemy import text

from tests.story import Office

Answer = TypeVar("Answer")
TABLES = text(
    """select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind = 'r' order by 1"""
)


def everything(office: Office) -> dict[str, str]:
    """The contents of every table, the jobs' own included, as one digest each."""
    with office.db.read() as tx:
        names = tx.execute(TABLES).scalars().all()
        digest = "select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {} t"
        return {name: str(tx.execute(text(digest.format(name))).scalar()) for name in names}


@contextmanager
def broken(office: Office, table: str, *, at_commit: bool = False) -> Iterator[None]:
    """While this lasts, whoever writes to a table fails: at once, or only when the transaction is committed."""
    when = (
        f"create constraint trigger broken after insert or update on {table} deferrable initially deferred for each row"
        if at_commit
        else f"create trigger broken before insert or update on {table} for each row"
    )
    with office.tables() as tx:
        tx.execute(
            text(
                "create or replace function break_it() returns trigger language plpgsql as"
                " $$ begin raise exception 'the disk is full'; end $$"
            )
        )
        tx.execute(text(f"{when} execute function break_it()"))
    try:
        yield
    finally:
        with office.tables() as tx:
            tx.execute(text(f"drop trigger broken on {table}"))


def at_once(*acts: Callable[[], Answer]) -> list[Answer | Exception]:
    """What becomes of acts that begin in the same moment, each in a thread of its own."""
    barrier = Barrier(len(acts))

    def act(does: Callable[[], Answer]) -> Answer | Exception:
        barrier.wait(10)
        try:
            return does()
        except Exception as error:  # noqa: BLE001  each act's end is looked at
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def kinds(ends: list[Any]) -> list[str]:
    """The names of how acts ended, in order of the alphabet."""
    return sorted(type(end).__name__ for end in ends)
