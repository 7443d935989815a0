"""A bonus that follows from a salary, as DMN draws it: the decisions of the tests, and small ones beside them."""

PLACE = "bonus.dmn"
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
BASE_SALARY = """<decision id="base_salary" name="Base salary"><variable name="base_salary" typeRef="number"/>
<informationRequirement><requiredInput href="#region"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input label="Region"><inputExpression typeRef="string"><text>region</text>
</inputExpression></input><output name="amount" typeRef="number"/>
<rule id="mountains"><inputEntry><text>"mountains"</text></inputEntry><outputEntry><text>2400000</text></outputEntry>
</rule><rule id="plain"><inputEntry><text>"plain"</text></inputEntry><outputEntry><text>1800000</text></outputEntry>
</rule></decisionTable></decision>"""
BONUS = """<decision id="bonus" name="Bonus"><variable name="bonus"/>
<informationRequirement><requiredDecision href="#base_salary"/></informationRequirement>
<decisionTable hitPolicy="FIRST"><input label="Title"><inputExpression typeRef="string"><text>title</text>
</inputExpression></input><input label="Base"><inputExpression typeRef="number"><text>base_salary</text>
</inputExpression></input><output name="share" typeRef="number"/><output name="article" typeRef="string"/>
<rule id="fighter"><inputEntry><text>"fighter"</text></inputEntry><inputEntry><text>&gt; 2000000</text></inputEntry>
<outputEntry><text>3</text></outputEntry><outputEntry><text>"Art. 54"</text></outputEntry></rule>
<rule id="other"><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
<outputEntry><text>1</text></outputEntry><outputEntry><text>"Art. 55"</text></outputEntry></rule>
</decisionTable></decision>"""
REGION = '<inputData id="region" name="region"><variable name="region" typeRef="string"/></inputData>'


def dmn(*drawn: str) -> bytes:
    """A DMN 1.3 file of these elements."""
    return f'<definitions xmlns="{DMN}" id="d" name="d" namespace="n">{"".join(drawn)}</definitions>'.encode()


def literal(key: str, expression: str, *requires: str, kind: str = "number", variable: str = "") -> str:
    """A decision that is one expression, under the name `variable` (its id if none is given)."""
    arrows = "".join(
        f'<informationRequirement><requiredDecision href="#{each}"/></informationRequirement>' for each in requires
    )
    written = expression.replace("&", "&amp;").replace("<", "&lt;")
    typed = f' typeRef="{kind}"' if kind else ""
    return (
        f'<decision id="{key}" name="{key}"><variable name="{variable or key}"{typed}/>{arrows}'
        f"<literalExpression><text>{written}</text></literalExpression></decision>"
    )


AMOUNT = literal("amount", "base_salary * bonus.share", "bonus", "base_salary")
FACTS = {"region": "mountains", "title": "fighter"}
