"""The review rounds of a demo's examples, as far as each is told: from the summary to the numbered decision."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.domain.listing import KINDS
from workflows.stories.examples import GIAY_KHEN, Cast, Step, Told, kind_of, moment, open_lines, step, told_steps
from workflows.stories.story import StoryRejected

WORDS = frozenset(
    "as of title officer opened summarised late attended ballots counted minuted drafted initialled "
    "signed numbered award_form then".split()
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
        yield step(at, officer, round={"as": told["as"], "title": told["title"], "award_form": _form(told)})
        yield from _met(told, examples, cast, officer)
    yield from _decided(told, cast, officer)
    yield from told_steps(told, told["as"])


def lines_of(dossiers: list[str], examples: Mapping[str, Told]) -> list[tuple[str, int]]:
    """The lines of a round in its order: collectives first, then by unit and by when the dossiers were opened."""
    ordered = sorted(dossiers, key=lambda alias: moment(examples[alias]["opened"])[0])
    lines = [(alias, line) for alias in ordered for line in open_lines(examples[alias])]
    kinds = {(alias, line): kind_of(examples[alias]["nominees"][line - 1]) for alias, line in lines}
    return sorted(lines, key=lambda each: (KINDS.index(kinds[each]), examples[each[0]]["unit"]))


def _met(told: Told, examples: Mapping[str, Told], cast: Cast, officer: str) -> Iterator[Step]:
    if "summarised" not in told:
        return
    on, (at, summary) = told["as"], moment(told["summarised"])
    answers = {
        "dossiers": summary["dossiers"],
        "meeting_on": summary["meeting_on"],
        "meeting_place": summary.get("place", "Phòng họp Sở"),
        "chair": cast.role("director"),
    }
    yield step(at, officer, do="compile_summary", answers=answers, on=on)
    if "late" in told:
        at, late = moment(told["late"])
        yield step(at, officer, do="explain_late_invitation", answers={"reason": late["reason"]}, on=on)
    if "attended" in told:
        yield from _voted(told, lines_of(summary["dossiers"], examples), cast, officer)
    if "minuted" in told:
        at, minutes = moment(told["minuted"])
        words = {name: minutes[name] for name in ("conclusion", "opinions", "absent") if name in minutes}
        yield step(at, officer, do="write_minutes", answers={"secretary": officer, **words}, on=on)


def _voted(told: Told, lines: list[tuple[str, int]], cast: Cast, officer: str) -> Iterator[Step]:
    """Who attends, who votes in the room or in writing, and what the tellers count."""
    on, (at, attended) = told["as"], moment(told["attended"])
    council, absent = cast.council(), set(attended.get("absent", ()))
    present = [login for login in council if login not in absent]
    head, *others = attended["tellers"]
    words = {"absence": attended["absence"]} if "absence" in attended else {}
    answers = {"present": present, "teller_head": head, "tellers": others or [head], **words}
    yield step(at, officer, do="record_attendance", answers=answers, on=on)
    votes: list[list[str]] = []
    for ballot in told.get("ballots", ()):
        at, said = moment(ballot)
        rows = [{"line": place, **_vote(line, said)} for place, line in enumerate(lines, 1)]
        votes += [[row["vote"] for row in rows]] * len(said["by"])
        for task, by in (("send_opinion", absent & set(said["by"])), ("cast_ballot", set(said["by"]) - absent)):
            if by:
                yield step(at, [each for each in said["by"] if each in by], do=task, answers={"lines": rows}, on=on)
    if "counted" in told:
        at, _ = moment(told["counted"])
        yield step(at, head, do="count_ballots", answers=_count(len(council), votes), on=on)


def _count(issued: int, votes: list[list[str]]) -> dict[str, Any]:
    rows = [
        {"line": place, "yes": said.count("yes"), "no": said.count("no")}
        for place, said in enumerate(zip(*votes, strict=True), 1)
    ]
    return {"issued": issued, "returned": len(votes), "valid": len(votes), "invalid": 0, "lines": rows}


def _vote(line: tuple[str, int], said: Told) -> dict[str, Any]:
    named = f"{line[0]}.{line[1]}"
    for vote, answer in (("against", "no"), ("abstain", "abstain")):
        if named in said.get(vote, {}):
            return {"vote": answer, "remark": said[vote][named]}
    return {"vote": "yes"}


def _form(told: Told) -> str:
    return str(told.get("award_form", GIAY_KHEN))


def _decided(told: Told, cast: Cast, officer: str) -> Iterator[Step]:
    """The decision of the Department, or where another body decides, what is submitted to it."""
    paper = "decision" if _form(told) == GIAY_KHEN else "submission"
    if "drafted" in told:
        at, draft = moment(told["drafted"])
        answers = {"abstract": draft["abstract"], "grounds": cast.demo["grounds"]}
        fund = {"fund": cast.demo["fund"]} if paper == "decision" else {}
        yield step(at, officer, do=f"draft_{paper}", answers=answers | fund, on=told["as"])
    for name, role, answers in (
        ("initialled", "office_head", {"outcome": "initial"}),
        ("signed", "director", {"outcome": "sign"}),
    ):
        if name in told:
            at, _ = moment(told[name])
            task = {"initialled": f"initial_{paper}", "signed": f"sign_{paper}"}[name]
            yield step(at, cast.role(role), do=task, answers=answers, on=told["as"])
    if "numbered" in told:
        at, _ = moment(told["numbered"])
        yield step(at, cast.role("clerk"), do=f"number_{paper}", answers={f"{paper}_date": at.date()}, on=told["as"])
