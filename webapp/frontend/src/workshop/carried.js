// Reads and writes the extension elements of a shape through the command stack, so that every change can be undone.

const object = (element) => element.businessObject;

function extensions(element) {
  return object(element).extensionElements?.values ?? [];
}

export function property(element, name) {
  const held = extensions(element).find((each) => each.$type === 'spiffworkflow:Properties');
  return held?.properties?.find((each) => each.name === name)?.value ?? '';
}

export function decision(element) {
  return extensions(element).find((each) => each.$type === 'spiffworkflow:CalledDecisionId')?.calledDecisionId ?? '';
}

export function documentation(element) {
  return object(element).documentation?.[0]?.text ?? '';
}

export class Carried {
  constructor(modeler) {
    this.factory = modeler.get('bpmnFactory');
    this.modeling = modeler.get('modeling');
  }

  setProperty(element, name, value) {
    const held = extensions(element).find((each) => each.$type === 'spiffworkflow:Properties');
    const others = (held?.properties ?? []).map(({ name: key, value: said }) => ({ key, said }));
    const at = others.findIndex((each) => each.key === name);
    if (at >= 0) others[at].said = value;
    else others.push({ key: name, said: value });
    const kept = others.filter((each) => each.said !== '').map(({ key, said }) => this.factory.create('spiffworkflow:Property', { name: key, value: said }));
    const properties = this.factory.create('spiffworkflow:Properties', { properties: kept });
    for (const each of kept) each.$parent = properties;
    this.replace(element, 'spiffworkflow:Properties', kept.length ? properties : null);
  }

  setDecision(element, value) {
    const told = value ? this.factory.create('spiffworkflow:CalledDecisionId', { calledDecisionId: value }) : null;
    this.replace(element, 'spiffworkflow:CalledDecisionId', told);
  }

  replace(element, type, value) {
    const values = extensions(element).filter((each) => each.$type !== type);
    const all = value ? [...values, value] : values;
    const held = all.length ? this.factory.create('bpmn:ExtensionElements', { values: all }) : undefined;
    for (const each of all) each.$parent = held;
    if (held) held.$parent = object(element);
    this.modeling.updateProperties(element, { extensionElements: held });
  }

  setDocumentation(element, text) {
    const told = text ? [this.factory.create('bpmn:Documentation', { text })] : [];
    this.modeling.updateProperties(element, { documentation: told });
  }

  setCondition(element, body) {
    const told = body ? this.factory.create('bpmn:FormalExpression', { body }) : undefined;
    this.modeling.updateProperties(element, { conditionExpression: told });
  }

  setCardinality(element, body) {
    const loop = this.factory.create('bpmn:MultiInstanceLoopCharacteristics', { isSequential: false });
    loop.loopCardinality = this.factory.create('bpmn:FormalExpression', { body });
    loop.loopCardinality.$parent = loop;
    this.modeling.updateProperties(element, { loopCharacteristics: body ? loop : undefined });
  }

  setDefault(flow, is) {
    this.modeling.updateProperties(flow.source, { default: is ? flow.businessObject : undefined });
    if (is) this.setCondition(flow, '');
  }

  setTimer(element, expression) {
    const definition = object(element).eventDefinitions?.[0];
    const timeDate = expression ? this.factory.create('bpmn:FormalExpression', { body: expression }) : undefined;
    this.modeling.updateModdleProperties(element, definition, { timeDate, timeDuration: undefined, timeCycle: undefined });
  }

  setMessage(element, name, definitions) {
    const definition = object(element).eventDefinitions?.[0];
    let message = definitions.rootElements.find((each) => each.$type === 'bpmn:Message' && each.name === name);
    if (!message && name) {
      message = this.factory.create('bpmn:Message', { id: `message_${name}`, name });
      message.$parent = definitions;
      this.modeling.updateModdleProperties(element, definitions, { rootElements: [...definitions.rootElements, message] });
    }
    this.modeling.updateModdleProperties(element, definition, { messageRef: message });
  }
}
