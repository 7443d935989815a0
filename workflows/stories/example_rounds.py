"""The review rounds of a demo's examples, as far as each is told: from the summary to the numbered decision."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.stories.examples import Cast, Step, Told, moment, open_lines, step
from workflows.stories.story import StoryRejected

WORDS = frozenset(
    "as of title officer opened summarised ballots minuted drafted initialled signed numbered".split()  # noqa: SIM905
)


def round_steps(told: Told, examples: Mapping[str, Told], cast: Cast) -> Iterator[Step]:
    """What happens to one round. `examples` are those of the demo by alias. Raises StoryRejected."""
    if unknown := sorted(set(told) - WORDS):
        raise StoryRejected(story=told.get("as", "?"), step=0, why=f"«{unknown[0]}» is not a word of rounds")
    officer = told.get("officer", cast.role("officer"))
    if "of" in told:
        at, _ = moment(told["drafted"])
        yield step(at, officer, find={"process": "review_round", "with": told["of"], "as": told["as"]})
    else:
        at, _ = moment(told["opened"])
        yield step(at, officer, round={"as": told["as"], "title": told["title"]})
        yield from _met(told, examples, cast, officer)
    yield from _decided(told, cast, officer)


def lines_of(dossiers: list[str], examples: Mapping[str, Told]) -> list[tuple[str, int]]:
    """The lines of a round in its order: by number of dossier, which is the order in which they were opened."""
    ordered = sorted(dossiers, key=lambda alias: moment(examples[alias]["opened"])[0])
    return [(alias, line) for alias in ordered for line in open_lines(examples[alias])]


def _met(told: Told, examples: Mapping[str, Told], cast: Cast, officer: str) -> Iterator[Step]:
    if "summarised" not in told:
        return
    at, summary = moment(told["summarised"])
    absent = set(summary.get("absent", ()))
    answers = {
        "dossiers": summary["dossiers"],
        "meeting_on": summary["meeting_on"],
        "meeting_place": summary.get("place", "Phòng họp Sở"),
        "chair": cast.role("director"),
        "members_present": [login for login in cast.council() if login not in absent],
    }
    yield step(at, officer, do="compile_summary", answers=answers, on=told["as"])
    lines = lines_of(summary["dossiers"], examples)
    for ballot in told.get("ballots", ()):
        at, said = moment(ballot)
        rows = [{"line": place, **_vote(line, said)} for place, line in enumerate(lines, 1)]
        yield step(at, said["by"], do="cast_ballot", answers={"lines": rows}, on=told["as"])
    if "minuted" in told:
        at, minutes = moment(told["minuted"])
        words = {name: minutes[name] for name in ("conclusion", "opinions", "absent") if name in minutes}
        yield step(at, officer, do="write_minutes", answers={"secretary": officer, **words}, on=told["as"])


def _vote(line: tuple[str, int], said: Told) -> dict[str, Any]:
    named = f"{line[0]}.{line[1]}"
    for vote, answer in (("against", "no"), ("abstain", "abstain")):
        if named in said.get(vote, {}):
            return {"vote": answer, "remark": said[vote][named]}
    return {"vote": "yes"}


def _decided(told: Told, cast: Cast, officer: str) -> Iterator[Step]:
    if "drafted" in told:
        at, draft = moment(told["drafted"])
        answers = {"abstract": draft["abstract"], "grounds": cast.demo["grounds"], "fund": cast.demo["fund"]}
        yield step(at, officer, do="draft_decision", answers=answers, on=told["as"])
    for name, task, role, answers in (
        ("initialled", "initial_decision", "office_head", {"outcome": "initial"}),
        ("signed", "sign_decision", "director", {"outcome": "sign"}),
    ):
        if name in told:
            at, _ = moment(told[name])
            yield step(at, cast.role(role), do=task, answers=answers, on=told["as"])
    if "numbered" in told:
        at, _ = moment(told["numbered"])
        day = {"decision_date": at.date()}
        yield step(at, cast.role("clerk"), do="number_decision", answers=day, on=told["as"])
