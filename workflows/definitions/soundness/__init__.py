"""Whether every instance of a diagram can end, found by playing with tokens; it evaluates no condition, runs nothing.

Every way out of a gateway is taken to be possible, a task or a called process is one step that may end in any of its
boundary events, and each process is played alone. What is found is a possible course of the diagram, never a guess.
"""

from workflows.definitions.process import Process
from workflows.definitions.soundness.net import net_of
from workflows.definitions.soundness.play import MOST_SECONDS, MOST_STATES, Problem, Verdict, play

__all__ = ["MOST_SECONDS", "MOST_STATES", "Problem", "Verdict", "judge"]


def judge(process: Process, *, states: int = MOST_STATES, seconds: float = MOST_SECONDS) -> Verdict | None:
    """What can go wrong in a process; None where elements are unknown or not connected, which other rules say."""
    net = net_of(process)
    return None if net is None else play(net, states=states, seconds=seconds)
