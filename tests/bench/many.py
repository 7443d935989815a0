"""An installation with very many open tasks: one real dossier, copied by SQL; only lists read it."""

from sqlalchemy import Connection, text

from workflows.definitions import load_bundle, shipped
from workflows.operations.dossiers import open_dossier
from workflows.queries.accounts import actor_named
from workflows.store.session import Database
from workflows.stories import prepare
from workflows.stories.demo import TODAY

OWN, POOL = 100, 10
"""Of so many tasks one is the officer's own, and of so many one waits for his group."""
SKIPPED = {"id", "number", "title", "search"}
TASKS = text(
    """insert into user_task (id, instance_id, process, element, candidate_group, unit, assignee, state, opened_at,
  due_at)
select gen_random_uuid(), i.id, 'dossier_handling', 'appraise_dossier',
  case when n % :pool = 0 then 'office' else 'other_' || n % 50 end, null,
  case when n % :own = 1 then 'chuyen_vien' when n % :pool = 0 then null else 'somebody_' || n % 500 end,
  'open', i.opened_at, i.opened_at + make_interval(days => cast(n * 7919 % 60 as int))
from (select i.*, row_number() over (order by i.id) as n from instance i where i.number like 'HX-%') i"""
)


def fill(db: Database, many: int) -> None:
    """`many` open tasks, each of a dossier of its own: a share the officer's, a share his group's, the rest others'."""
    prepare(db, load_bundle(shipped()), TODAY)
    unit = actor_named(db, "don_vi_a")
    assert unit is not None
    open_dossier(db, unit, movement="covid-2021", kind="thematic", award_form="giay_khen")
    with db.write() as tx:
        columns = _columns(tx)
        tx.execute(
            text(
                f"""insert into instance ({columns}, number, title, search)
select {columns}, 'HX-' || lpad(n::text, 6, '0'), 'Bà Nguyễn Thị ' || n,
  'hx-' || lpad(n::text, 6, '0') || ' ba nguyen thi ' || n
from instance i, generate_series(1, :many) n where i.process = 'dossier'"""
            ),
            {"many": many},
        )
        tx.execute(TASKS, {"own": OWN, "pool": POOL})
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as raw:
        raw.execute(text("analyze"))


def _columns(tx: Connection) -> str:
    of_table = "select column_name from information_schema.columns where table_name = 'instance' order by column_name"
    found = tx.execute(text(of_table))
    return ", ".join(name for name in found.scalars() if name not in SKIPPED)
