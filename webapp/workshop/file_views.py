"""The files of a draft as editors load, check and save them; what two people wrote at once is shown side by side."""

from typing import Any

from flask import Blueprint, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.account.session import current_actor, requires
from webapp.layout import database
from webapp.layout.language import say
from webapp.layout.refusals import kind_of, sentence
from webapp.layout.words import stamp
from webapp.workshop import words
from workflows.domain.errors import DomainError, InvalidInput
from workflows.operations import workshop as acts
from workflows.queries import draft_files, drafting
from workflows.queries import workshop as query

blueprint = Blueprint("drafted", __name__, template_folder="templates", url_prefix="/workshop/drafts/<int:draft>")


@blueprint.get("/files/<path:path>")
@requires("definition.edit")
def file(draft: int, path: str) -> ResponseReturnValue:
    """The bytes of one file, never as a page of its own; the ETag is its SHA-256."""
    content, sha256 = query.file(database(), current_actor(), draft, path)
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["Content-Disposition"] = "attachment"
    answer.set_etag(sha256)
    return answer


@blueprint.put("/files/<path:path>")
@requires("definition.edit")
def save(draft: int, path: str) -> ResponseReturnValue:
    """Save a file as an editor has it; If-Match is the SHA-256 it began with, If-None-Match: * makes a new one."""
    seen = next(iter(request.if_match.as_set()), None) if request.if_match else None
    try:
        kept = acts.save_file(database(), current_actor(), draft, path, request.get_data(), seen)
    except acts.ChangedMeanwhile as refusal:
        theirs = (refusal.theirs or b"").decode(errors="replace")
        return jsonify(said=sentence(refusal), theirs=theirs, sha256=refusal.sha256), 409
    except DomainError as refusal:
        return jsonify(said=sentence(refusal)), kind_of(refusal).status
    return jsonify(sha256=kept.sha256, at=stamp(kept.at))


@blueprint.post("/check")
@requires("definition.edit")
def check(draft: int) -> ResponseReturnValue:
    """What would be wrong if a file held the text that is sent; nothing is saved."""
    told = request.get_json(silent=True)
    if not isinstance(told, dict) or not isinstance(told.get("path"), str) or not isinstance(told.get("text"), str):
        return jsonify(said=gettext("Send the path and the text of one file.")), 422
    content = told["text"].encode(errors="replace")
    found = drafting.check(database(), current_actor(), draft, told["path"], content)
    return jsonify(findings=[_finding(each) for each in found])


@blueprint.get("/known")
@requires("definition.edit")
def known(draft: int) -> ResponseReturnValue:
    """What the editors of a draft offer to choose from."""
    return jsonify(drafting.known(drafting.readable(database(), current_actor(), draft)))


@blueprint.get("/text/<path:path>")
@requires("definition.edit")
def text(draft: int, path: str) -> ResponseReturnValue:
    """One file as text, with what is wrong with it."""
    return _text(draft, path)


@blueprint.post("/text/<path:path>")
@requires("definition.edit")
def save_text(draft: int, path: str) -> ResponseReturnValue:
    """Save a file as it was typed; where somebody else saved it meanwhile, both texts are shown."""
    typed = request.form.get("text", "").replace("\r\n", "\n")
    try:
        acts.save_file(database(), current_actor(), draft, path, typed.encode(), request.form.get("seen") or None)
    except acts.ChangedMeanwhile as refusal:
        return _text(draft, path, refusal, typed), 409
    except DomainError as refusal:
        return _text(draft, path, refusal, typed), kind_of(refusal).status
    flash(gettext("«%(path)s» is saved.", path=path))
    return redirect(url_for(".text", draft=draft, path=path), 303)


@blueprint.post("/new-file")
@requires("definition.edit")
def new_file(draft: int) -> ResponseReturnValue:
    """Begin a file of a path that the draft does not have yet."""
    path = request.form.get("path", "").strip()
    acts.save_file(database(), current_actor(), draft, path, b"\n", None)
    return redirect(url_for(".text", draft=draft, path=path), 303)


@blueprint.post("/remove/<path:path>")
@requires("definition.edit")
def remove(draft: int, path: str) -> ResponseReturnValue:
    """Remove a file from the draft; the version below keeps it."""
    acts.remove_file(database(), current_actor(), draft, path)
    flash(gettext("«%(path)s» is removed from the draft.", path=path))
    return redirect(url_for("workshop.draft", draft=draft), 303)


@blueprint.post("/restore/<path:path>")
@requires("definition.edit")
def restore(draft: int, path: str) -> ResponseReturnValue:
    """Take back every change of a file."""
    acts.restore_file(database(), current_actor(), draft, path)
    flash(gettext("«%(path)s» is again as in the version below.", path=path))
    return redirect(url_for("workshop.draft", draft=draft), 303)


@blueprint.get("/kept/<int:kept>")
@requires("definition.edit")
def kept(draft: int, kept: int) -> ResponseReturnValue:
    """What this person wrote while somebody else saved the same file."""
    path, content = query.kept_beside(database(), current_actor(), draft, kept)
    return _text(draft, path, None, content.decode(errors="replace"))


@blueprint.post("/presence")
@requires("definition.edit")
def look(draft: int) -> ResponseReturnValue:
    """An editor says that it is still open, and hears who else works on the draft."""
    db, actor = database(), current_actor()
    acts.look(db, actor, draft, request.form.get("path", "")[:200])
    return render_template("workshop/others.html", others=query.others(db, actor, draft), path=request.form.get("path"))


def _text(draft: int, path: str, refusal: DomainError | None = None, typed: str | None = None) -> str:
    db, actor = database(), current_actor()
    content, sha256 = query.file(db, actor, draft, path)
    there = content.decode(errors="replace")
    return render_template(
        "workshop/text.html",
        row=query.draft(db, actor, draft).row,
        path=path,
        kind=draft_files.kind_of(path),
        text=there if typed is None else typed,
        theirs=there if typed is not None and typed != there else None,
        sha256=sha256,
        found=[each for each in drafting.check(db, actor, draft, path, None) if each.file == path],
        said=sentence(refusal) if refusal else "",
        wrong=isinstance(refusal, InvalidInput),
        words=words,
    )


def _finding(each: drafting.Found) -> dict[str, Any]:
    return {
        "file": each.file,
        "element": each.element,
        "line": each.line,
        "rule": each.rule,
        "severity": each.severity,
        "said": say(each.what),
        "fix": say(each.fix),
    }
