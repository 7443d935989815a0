"""Types every payload into its place, one after another, in a process with little memory; says what came of each."""

import json
import resource
import sys
import time
from pathlib import Path

from tests.unit.safety import places
from tests.unit.safety.corpus import CANARY, SECRET, Payload, payloads
from tests.unit.safety.guard import Guard
from workflows.connectors import render_document

MEMORY = 1024 << 20
PAPER_SECONDS = 1


def peak() -> int:
    """The most memory this process has held, in MiB; getrusage would tell that of the process it was started from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main() -> None:
    """Arguments: the file that must not be made, the one that must not be read, how many payloads are left out."""
    canary, secret, done = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    render_document.SECONDS = PAPER_SECONDS
    places.walk(places.checked({}))
    guard = Guard(canary, secret)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    every = [payload for place in places.PLACES for payload in payloads(place)]
    for payload in every[done:]:
        print(json.dumps(tried(aimed(payload, canary, secret), guard, canary, secret)), flush=True)  # noqa: T201


def aimed(payload: Payload, canary: Path, secret: Path) -> Payload:
    """The payload with the two files in it."""
    told = json.dumps(dict(payload.told)).replace(CANARY, str(canary)).replace(SECRET, str(secret))
    return Payload(payload.place, payload.name, json.loads(told))


def tried(payload: Payload, guard: Guard, canary: Path, secret: Path) -> dict[str, object]:
    """What came of a payload; what it did that it must not; how long and how much it took."""
    began = time.process_time()
    with guard:
        try:
            ended, said = places.outcome(payload)
        except Exception as error:  # noqa: BLE001  # anything else than a refusal is what is looked for
            ended, said = "fault", f"{type(error).__name__}: {error}"
    told = {
        "name": str(payload),
        "ended": ended,
        "said": said[:1000],
        "heard": guard.heard[:5],
        "seconds": time.process_time() - began,
        "mib": peak(),
        "paper_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "made": canary.exists(),
        "told": secret.read_text(encoding="utf-8").strip() in said,
    }
    canary.unlink(missing_ok=True)
    return told


if __name__ == "__main__":
    main()
