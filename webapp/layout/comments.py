"""What was said in a panel of comments: its words, and which comment they answer; one form may hold several."""

from flask import request


def spoken() -> tuple[str, int | None]:
    """The words of the comment that was sent, and the number of the comment it answers, if it answers one."""
    answers = request.args.get("answers", type=int)
    return request.form.get(f"_said-{answers or 0}", ""), answers
