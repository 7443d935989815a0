"""Which running dossiers could go on in the draft, tried on copies, and why the others could not; it moves none."""

from collections.abc import Iterator

from workflows.definitions import Bundle
from workflows.domain.gated import Fault
from workflows.domain.text import Text
from workflows.gate.layers import Ended
from workflows.queries.migration import Plan, Tried, plans_to
from workflows.store.session import Database

STATES = ("goes", "consent", "stays")
FIX = Text(
    "Hồ sơ vẫn chạy tiếp theo phiên bản cũ; muốn chuyển thì giữ lại bước này hoặc chỉ ra bước thay thế.",
    "The dossier goes on in its old version; to have it moved keep this step, or name the one that stands for it.",
)
MOST_NAMED = 100


def running(db: Database, bundle: Bundle) -> Ended:
    """Nothing found here stands against publishing: who cannot migrate stays where it is."""
    plans = plans_to(db, bundle)
    counts = {state: sum(plan.count(state) for plan in plans) for state in STATES}
    every = sum(counts.values())
    said = Text(
        f"{counts['goes']} trên {every} hồ sơ đang chạy chuyển được ngay, {counts['consent']} cần người chịu trách"
        f" nhiệm đồng ý, {counts['stays']} ở lại phiên bản cũ.",
        f"{counts['goes']} of {every} running dossiers could go at once, {counts['consent']} with the consent of who"
        f" answers for it, {counts['stays']} stay in their version.",
    )
    found = tuple(fault for plan in plans for fault in _faults(plan))
    return Ended(found[:MOST_NAMED], said, {**counts, "all": every})


def _faults(plan: Plan) -> Iterator[Fault]:
    for row in plan.rows:
        if row.state != "goes":
            yield _fault(row)


def _fault(row: Tried) -> Fault:
    vi, en = ("; ".join(each.of(language) for each in row.reasons) for language in ("vi", "en"))
    if row.state == "stays":
        return Fault("running", "", "", 0, vi, en, FIX.vi, FIX.en, "warning", matter=row.number)
    return Fault("running", "", "", 0, vi, en, FIX.vi, FIX.en, "info", matter=row.number)
