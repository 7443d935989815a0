// How bpmn-moddle reads and writes what our diagrams carry beside BPMN: properties, and the decision of a rule task.

export default {
  name: 'SpiffWorkflow',
  uri: 'http://spiffworkflow.org/bpmn/schema/1.0/core',
  prefix: 'spiffworkflow',
  xml: { tagAlias: 'lowerCase' },
  types: [
    { name: 'Properties', superClass: ['Element'], properties: [{ name: 'properties', type: 'Property', isMany: true }] },
    { name: 'Property', superClass: ['Element'], properties: [{ name: 'name', type: 'String', isAttr: true }, { name: 'value', type: 'String', isAttr: true }] },
    { name: 'CalledDecisionId', superClass: ['Element'], properties: [{ name: 'calledDecisionId', type: 'String', isBody: true }] },
  ],
};
