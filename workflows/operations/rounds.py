"""The office opens a review round; dossiers that wait join it by its summary table."""

from workflows.domain.actor import Actor
from workflows.domain.errors import NotAllowed, NotOffered
from workflows.domain.facts import Facts
from workflows.domain.record import set_values
from workflows.operations.instances import New, open_instance
from workflows.store.accounts import members_of
from workflows.store.bundles import in_force
from workflows.store.session import Database

PROCEDURE = "commendation"
COUNCIL = "council"


def open_round(db: Database, actor: Actor, *, movement: str, award_form: str, title: str) -> str:
    """Open a review round for one award form; its council is those who are members now. Returns its number."""
    if not actor.may("round.open"):
        raise NotAllowed(why="only the department's office opens review rounds")
    with db.write() as tx:
        bundle_id, bundle = in_force(tx, PROCEDURE)
        if movement not in bundle.movements:
            raise NotOffered({"/movement": "Choose one of the answers offered."}, value=movement)
        if award_form not in bundle.vocabulary("dossier")["dossier.award_form"].values:
            raise NotOffered({"/award_form": "Choose one of the answers offered."}, value=award_form)
        recorded = set_values(
            Facts(),
            {
                "dossier.kind": "thematic",
                "dossier.award_form": award_form,
                "dossier.movement": movement,
                "round.title": title.strip(),
                "council.members": members_of(tx, COUNCIL),
            },
        )
        new = New("review_round", "ĐX", title.strip(), recorded.facts, recorded.changes, None, movement)
        return open_instance(tx, actor, bundle_id, bundle, new)
