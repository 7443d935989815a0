"""Moving running matters to a version: choose, say which step stands for which, try it on copies, confirm, watch."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.refusals import kind_of, sentence
from workflows.domain.errors import DomainError, InvalidInput, InvalidState
from workflows.operations import migration as acts
from workflows.queries import migrated
from workflows.queries import migration as query

blueprint = Blueprint("migrating", __name__, template_folder="templates")
STANDS = "stands."
"""What the name of a field begins with that says which new step stands for an old one."""


@blueprint.get("/versions/<int:number>/migrate")
@requires("instance.intervene")
def choose(number: int) -> ResponseReturnValue:
    """From which version, by which names, and what would become of each matter."""
    return _page(number)


@blueprint.post("/versions/<int:number>/migrate")
@requires("instance.intervene")
def begin(number: int) -> ResponseReturnValue:
    """Have the chosen matters go on in the version."""
    asked = request.form
    try:
        batch = acts.begin_migration(
            database(),
            current_actor(),
            asked.get("from", 0, type=int),
            number,
            asked.getlist("numbers"),
            asked.get("reason", ""),
            renamed=_renamed(asked),
            consented=bool(asked.get("consent")),
        )
    except (InvalidInput, InvalidState) as refusal:
        return _page(number, refusal), kind_of(refusal).status
    return redirect(url_for(".batch", number=number, batch=batch), 303)


@blueprint.get("/versions/<int:number>/migrate/<int:batch>")
@requires("instance.intervene")
def batch(number: int, batch: int) -> ResponseReturnValue:
    """How far a migration is and what became of each matter."""
    row = migrated.batch(database(), current_actor(), batch)
    return render_template("workshop/migration.html", row=row, number=number)


def _page(number: int, refusal: DomainError | None = None) -> str:
    db, actor = database(), current_actor()
    versions = query.versions(db, actor)
    asked = request.values
    old = asked.get("from", 0, type=int)
    names = _renamed(asked) if any(key.startswith(STANDS) for key in asked) else None
    plan = query.plan(db, actor, old, number, names) if old and old != number else None
    return render_template(
        "workshop/migrate.html",
        number=number,
        versions=[each for each in versions if each.version != number and each.running],
        batches=migrated.batches(db, actor, number),
        plan=plan,
        stands=STANDS,
        said=sentence(refusal) if refusal else "",
        asked=request.form,
    )


def _renamed(asked: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for key in asked:
        if key.startswith(STANDS) and asked[key]:
            process, _, element = key.removeprefix(STANDS).partition(".")
            found.setdefault(process, {})[element] = asked[key]
    return found
