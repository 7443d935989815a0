"""The editor of one decision table of a draft: its rows in words, tried with facts, what it forgets or says twice."""

from flask import Blueprint, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.headers import EDITOR_POLICY
from webapp.layout.language import say
from webapp.layout.refusals import kind_of, sentence
from webapp.workshop import words
from workflows.domain.errors import DomainError
from workflows.queries import table_drafts as query
from workflows.queries import workshop
from workflows.queries.drafting import readable

blueprint = Blueprint(
    "tables",
    __name__,
    template_folder="templates",
    url_prefix="/workshop/drafts/<int:draft>/decisions/<decision>/<rules>",
)


@blueprint.get("/")
@requires("definition.edit")
def edit(draft: int, decision: str, rules: str) -> ResponseReturnValue:
    """One table on its sheet."""
    db, actor, path = database(), current_actor(), f"decisions/{decision}/{rules}.dmn"
    _, sha256 = workshop.file(db, actor, draft, path)
    tables = readable(db, actor, draft).tables.get(decision, {})
    title = f"{tables[rules].name} · {rules}" if rules in tables else path
    answer = make_response(
        render_template(
            "workshop/table.html",
            row=workshop.draft(db, actor, draft).row,
            path=path,
            sha256=sha256,
            title=title,
            words=words,
            decision=decision,
            rules=rules,
            sets=sorted(tables),
        )
    )
    answer.headers["Content-Security-Policy"] = EDITOR_POLICY
    return answer


@blueprint.post("/read")
@requires("definition.edit")
def read(draft: int, decision: str, rules: str) -> ResponseReturnValue:
    """The table that is sent, in words."""
    try:
        told = query.told(database(), current_actor(), draft, f"decisions/{decision}/{rules}.dmn", _text())
    except DomainError as refusal:
        return jsonify(said=sentence(refusal)), kind_of(refusal).status
    return jsonify(
        rows=[{"rule": each.rule, "said": say(each.said), "article": each.article} for each in told.rows],
        asked=[
            {
                "name": each.name,
                "label": say(each.label),
                "kind": each.kind,
                "values": [{"key": key, "label": say(label)} for key, label in each.values],
            }
            for each in told.asked
        ],
        changed=[say(each) for each in told.changed],
    )


@blueprint.post("/try")
@requires("definition.edit")
def attempt(draft: int, decision: str, rules: str) -> ResponseReturnValue:
    """What the table that is sent answers for the facts that are sent."""
    told = request.get_json(silent=True) or {}
    facts = told.get("facts") if isinstance(told, dict) else None
    typed = {str(name): str(value) for name, value in facts.items()} if isinstance(facts, dict) else {}
    path = f"decisions/{decision}/{rules}.dmn"
    try:
        answer = query.tried(database(), current_actor(), draft, path, _text(), typed)
    except DomainError as refusal:
        return jsonify(said=sentence(refusal)), kind_of(refusal).status
    outputs = [{"label": say(label), "value": value} for label, value in answer.outputs]
    return jsonify(outputs=outputs, rules=list(answer.rules), defaulted=answer.defaulted)


def _text() -> bytes:
    told = request.get_json(silent=True)
    return str(told.get("text", "")).encode(errors="replace") if isinstance(told, dict) else b""
