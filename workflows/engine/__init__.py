"""The only room that knows SpiffWorkflow: (state, command, facts, now) -> Advance; no database, network, clock."""

from workflows.engine.advance import Advance, NotWaiting, advance, start, waiting_job
from workflows.engine.commands import (
    Command,
    Complete,
    Deliver,
    FailJob,
    FinishJob,
    FireTimers,
    Halt,
    Reschedule,
    Retry,
)
from workflows.engine.depth import lift_depth_limits
from workflows.engine.migration import Migrated, can_migrate, migrate
from workflows.engine.obstacles import Reason
from workflows.engine.outcome import Standing
from workflows.engine.procedure import procedure
from workflows.engine.state import ForeignState

__all__ = [
    "Advance",
    "Command",
    "Complete",
    "Deliver",
    "FailJob",
    "FinishJob",
    "FireTimers",
    "ForeignState",
    "Halt",
    "Migrated",
    "NotWaiting",
    "Reason",
    "Reschedule",
    "Retry",
    "Standing",
    "advance",
    "can_migrate",
    "migrate",
    "procedure",
    "start",
    "waiting_job",
]

lift_depth_limits()
