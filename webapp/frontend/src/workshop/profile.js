// What may be drawn: the palette, the pad beside a shape and the menu of kinds offer nothing that the rules refuse.

const CREATE = [
  ['bpmn:StartEvent', 'bpmn-icon-start-event-none', 'Start event'],
  ['bpmn:EndEvent', 'bpmn-icon-end-event-none', 'End event'],
  ['bpmn:UserTask', 'bpmn-icon-user-task', 'User task'],
  ['bpmn:ServiceTask', 'bpmn-icon-service-task', 'Service task'],
  ['bpmn:BusinessRuleTask', 'bpmn-icon-business-rule-task', 'Rule task'],
  ['bpmn:CallActivity', 'bpmn-icon-call-activity', 'Call of a process'],
  ['bpmn:ExclusiveGateway', 'bpmn-icon-gateway-xor', 'Exclusive gateway'],
  ['bpmn:ParallelGateway', 'bpmn-icon-gateway-parallel', 'Parallel gateway'],
  ['bpmn:EventBasedGateway', 'bpmn-icon-gateway-eventbased', 'Event-based gateway'],
];
const APPEND = new Set(['bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:BusinessRuleTask', 'bpmn:CallActivity', 'bpmn:ExclusiveGateway', 'bpmn:EndEvent']);
const TOOLS = ['hand-tool', 'lasso-tool', 'space-tool', 'global-connect-tool', 'tool-separator'];
const PAD = /^(connect|delete|replace|append\.intermediate-event|lane-.*)$/;
const KINDS = /^replace-with-(user-task|service-task|rule-task|call-activity|exclusive-gateway|parallel-gateway|event-based-gateway|none-start|none-end|message-end|error-end|escalation-end|terminate-end|message-intermediate-(catch|throw)|timer-intermediate-catch|escalation-intermediate-throw|(message|timer|error|escalation)-boundary|non-interrupting-escalation-boundary|(message|timer)-intermediate-catch|subprocess|sequence-flow|default-flow)$/;
const HEADS = /^toggle-parallel-mi$/;

function Palette(palette, create, elementFactory, translate) {
  palette.registerProvider(500, {
    getPaletteEntries: () => (entries) => {
      const tools = Object.fromEntries(Object.entries(entries).filter(([key]) => TOOLS.includes(key)));
      const made = CREATE.map(([type, className, title]) => {
        const start = (event) => create.start(event, elementFactory.createShape({ type }));
        return [`create.${type}`, { group: 'create', className, title: translate(title), action: { dragstart: start, click: start } }];
      });
      return { ...tools, ...Object.fromEntries(made) };
    },
  });
}
Palette.$inject = ['palette', 'create', 'elementFactory', 'translate'];

function Pad(contextPad, autoPlace, create, elementFactory, translate) {
  contextPad.registerProvider(500, {
    getContextPadEntries: (element) => (entries) => {
      const kept = Object.fromEntries(Object.entries(entries).filter(([key]) => PAD.test(key)));
      if (!Object.keys(entries).some((key) => key.startsWith('append.'))) return kept;
      const append = (type) => () => autoPlace.append(element, elementFactory.createShape({ type }));
      const drag = (type) => (event) => create.start(event, elementFactory.createShape({ type }), { source: element });
      const made = CREATE.filter(([type]) => APPEND.has(type)).map(([type, className, title]) => [
        `append.${type}`,
        { group: 'model', className, title: translate('Append {type}', { type: translate(title) }), action: { click: append(type), dragstart: drag(type) } },
      ]);
      return { ...Object.fromEntries(made), ...kept };
    },
    getMultiElementContextPadEntries: () => (entries) => entries,
  });
}
Pad.$inject = ['contextPad', 'autoPlace', 'create', 'elementFactory', 'translate'];

function Kinds(popupMenu) {
  const among = (pattern) => (entries) => Object.fromEntries(Object.entries(entries).filter(([key]) => pattern.test(key)));
  popupMenu.registerProvider('bpmn-replace', 500, {
    getPopupMenuEntries: () => among(KINDS),
    getPopupMenuHeaderEntries: () => among(HEADS),
  });
}
Kinds.$inject = ['popupMenu'];

export default {
  __init__: ['profilePalette', 'profilePad', 'profileKinds'],
  profilePalette: ['type', Palette],
  profilePad: ['type', Pad],
  profileKinds: ['type', Kinds],
};
