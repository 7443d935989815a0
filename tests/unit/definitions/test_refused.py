"""What BPMN has and we do not run is refused by its name; so is what runs, in the wrong place."""

import pytest

from tests.unit.definitions.sketch import files
from workflows.definitions.lint import Finding, inspect
from workflows.definitions.lint.refused import ATTRIBUTES, TAGS

FORMAL = ' xsi:type="bpmn:tFormalExpression"'
PLAIN = "start began\nuser ask\nend done\nbegan > ask > done"


def refused(text: str, old: str = "", new: str = "") -> list[Finding]:
    """What the rule says of a sketch in whose file `old` became `new`."""
    held = files(text)
    drawn = held["walk.bpmn"].decode()
    assert old in drawn
    findings = inspect({**held, "walk.bpmn": drawn.replace(old, new, 1).encode()})
    return [finding for finding in findings if finding.rule == "allowed_elements"]


def test_a_plain_process_is_not_refused() -> None:
    assert refused(PLAIN) == []


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_a_construct_that_is_not_run_is_refused_by_its_name(tag: str) -> None:
    findings = refused(PLAIN, "</bpmn:userTask>", f'</bpmn:userTask><bpmn:{tag} id="strange" />')
    told = [finding for finding in findings if TAGS[tag].name.en in finding.en]
    assert len(told) == 1
    assert TAGS[tag].name.vi in told[0].vi
    assert (told[0].fix_vi, told[0].fix_en) == (TAGS[tag].instead.vi, TAGS[tag].instead.en)


@pytest.mark.parametrize(("attribute", "value"), sorted(ATTRIBUTES))
def test_an_attribute_that_makes_something_else_of_an_element_is_refused(attribute: str, value: str) -> None:
    (finding,) = refused(PLAIN, '<bpmn:userTask id="ask"', f'<bpmn:userTask {attribute}="{value}" id="ask"')
    assert finding.element == "ask"
    assert ATTRIBUTES[attribute, value].name.en in finding.en


@pytest.mark.parametrize("tag", ["dataOutput", "resource", "globalUserTask", "group", "auditing", "property"])
def test_every_other_element_is_refused_too(tag: str) -> None:
    (finding,) = refused(PLAIN, "</bpmn:userTask>", f"</bpmn:userTask><bpmn:{tag} />")
    assert f"«{tag}»" in finding.en


def test_elements_of_unknown_makers_are_refused() -> None:
    strange = '<c:properties xmlns:c="http://camunda.org/schema/1.0/bpmn" />'
    (finding,) = refused(PLAIN, "</bpmn:userTask>", f"{strange}</bpmn:userTask>")
    assert "«properties»" in finding.en


@pytest.mark.parametrize(
    ("event", "place"),
    [
        ("message", "start"),
        ("timer", "start"),
        ("timer", "end"),
        ("error", "throw"),
        ("terminate", "throw"),
        ("error", "catch"),
        ("escalation", "catch"),
        ("terminate", "boundary"),
    ],
)
def test_an_event_is_refused_where_it_is_not_run(event: str, place: str) -> None:
    text = """
        start began
        user ask
        boundary off on ask: due answer
        throw said: message word
        catch heard: message answer
        end done
        end left
        began > ask > said > heard > done
        off > left
    """
    named = {"start": "began", "end": "done", "throw": "said", "catch": "heard", "boundary": "off"}[place]
    drawn = files(text)["walk.bpmn"].decode()
    (line,) = [
        each for each in drawn.splitlines() if f'id="{named}"' in each and "<bpmn:" in each and "Flow" not in each
    ]
    findings = refused(text, line, f"{line}<bpmn:{event}EventDefinition />")
    assert {finding.element for finding in findings} == {named}


def test_an_event_that_waits_for_nothing_is_refused() -> None:
    text = "start began\nthrow said: message word\nend done\nbegan > said > done"
    (finding,) = refused(text, '<bpmn:messageEventDefinition messageRef="message_word"/>', "")
    assert finding.element == "said"


@pytest.mark.parametrize("kind", ["message gone", "due answer", "escalation doubt"])
def test_only_an_escalation_may_leave_the_task_running(kind: str) -> None:
    text = f"""
        start began
        call ask: walk
        boundary off on ask: {kind}, not interrupting
        end done
        end left
        began > ask > done
        off > left
    """
    assert [finding.element for finding in refused(text)] == ([] if "escalation" in kind else ["off"])


@pytest.mark.parametrize(
    ("host", "kind", "elements"),
    [
        ("user ask", "message gone", []),
        ("user ask: many", "due answer", []),
        ("service ask", "message gone", []),
        ("rule ask: weigh", "due answer", ["off"]),
        ("user ask", "error bad", ["off"]),
        ("service ask", "escalation doubt", ["off"]),
        ("call ask: walk", "error bad", []),
        ("call ask: walk, many", "error bad", ["ask"]),
        ("call ask: walk, many", "message gone", ["ask"]),
        ("call ask: walk, many", "due answer", ["ask"]),
    ],
)
def test_a_boundary_event_stands_only_where_it_can_happen(host: str, kind: str, elements: list[str]) -> None:
    text = f"""
        start began
        {host}
        boundary off on ask: {kind}
        end done
        end left
        began > ask > done
        off > left
    """
    assert [finding.element for finding in refused(text)] == elements


@pytest.mark.parametrize("host", ["service ask", "rule ask: weigh"])
def test_only_user_tasks_and_calls_are_done_many_times(host: str) -> None:
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>count(council.members)</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    text = f"start began\n{host}\nend done\nbegan > ask > done"
    outgoing = "<bpmn:outgoing>ask__done</bpmn:outgoing>"
    assert [finding.element for finding in refused(text, outgoing, f"{outgoing}{loop}")] == ["ask"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("InstanceLoopCharacteristics>", 'InstanceLoopCharacteristics isSequential="true">'),
        ("</bpmn:multi", "<bpmn:completionCondition>go.on</bpmn:completionCondition></bpmn:multi"),
        ("</bpmn:multi", "<bpmn:loopDataInputRef>members</bpmn:loopDataInputRef></bpmn:multi"),
        (f"<bpmn:loopCardinality{FORMAL}>count(council.members)</bpmn:loopCardinality>", ""),
    ],
)
@pytest.mark.parametrize("host", ["user ask: many", "call ask: walk, many"])
def test_many_times_means_at_once_and_by_number_alone(host: str, old: str, new: str) -> None:
    text = f"start began\n{host}\nend done\nbegan > ask > done"
    assert "ask" in {finding.element for finding in refused(text, old, new)}
