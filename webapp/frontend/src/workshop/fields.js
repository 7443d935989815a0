// Which entries each kind of element has in the panel beside the canvas; the rules of bundles say what they mean.

const STATUSES = 'dang-soan cho-tiep-nhan da-tiep-nhan tra-lai dang-tham-dinh cho-hoi-dong cho-ky cho-cap-so co-quan-ngoai tam-dung da-khen khong-dat da-rut huy-bo da-luu'.split(' ');
const ACTS = 'propose register assign appraise count vote sign complete'.split(' ');
const property = (name, label, more = {}) => ({ is: 'property', name, label, ...more });
const LEGAL = property('legalBasis', 'Legal basis', { many: true });
const STATUS = property('status', 'Status of the dossier', { choose: () => STATUSES });
const DUE = property('due', 'Time limit', { choose: (known) => known.deadlines });
const facts = (known) => known.facts.map((each) => ({ key: each.name, vi: each.vi, en: each.en }));
const lists = (known) => facts({ facts: known.facts.filter((each) => each.type === 'list') });
const TIMES = { is: 'cardinality', label: 'How many times', suggest: () => ['count(council.members)'] };

const OF_TYPE = {
  'bpmn:UserTask': [
    { is: 'form', label: 'Form' },
    LEGAL,
    DUE,
    STATUS,
    property('act', 'Kind of act (conflicts of interest)', { choose: () => ACTS }),
    property('assignee', 'Who alone may do it (a fact)', { suggest: facts }),
    property('notBy', 'Not by who did', { suggest: (known) => known.forms }),
    property('notAmong', 'Not among (a fact that lists people)', { suggest: lists }),
    property('requires', 'Papers required by', { suggest: (known) => known.decisions }),
    property('admits', 'Answers admitted by', { suggest: (known) => known.decisions }),
    property('blocks', 'Barred by', { suggest: (known) => known.decisions }),
    property('award', 'Award facts'),
    TIMES,
    property('forEach', 'Done by each of (a list)', { suggest: lists }),
  ],
  'bpmn:ServiceTask': [
    property('operation', 'Operation', { choose: (known) => known.operations }),
    property('template', 'Template', { choose: (known) => known.templates }),
    property('paper', 'Paper', { choose: (known) => known.papers }),
    property('series', 'Number series', { choose: (known) => known.series }),
    property('notice', 'Notice', { choose: (known) => known.notices }),
    property('reason', 'Reason facts', { suggest: facts }),
    property('body', 'Outside body', { choose: (known) => known.bodies }),
    property('number', 'Number fact', { suggest: facts }),
    property('copies', 'Copies fact', { suggest: facts }),
    property('council', 'Council'),
    property('state', 'What becomes of the draft', { choose: () => ['open', 'published', 'left'] }),
    LEGAL,
  ],
  'bpmn:BusinessRuleTask': [
    { is: 'decision', label: 'Decision table', choose: (known) => known.decisions },
    property('forEach', 'For each line', { choose: () => ['line'] }),
    property('verdict', 'Verdict (an output)'),
    property('any', 'Any (an output)'),
    property('amount', 'Amount (a fact)', { suggest: facts }),
    property('otherwise', 'Otherwise (a fact)', { suggest: facts }),
    LEGAL,
  ],
  'bpmn:CallActivity': [{ is: 'called', label: 'Called process', choose: (known) => known.processes }, TIMES],
  'bpmn:EndEvent': [STATUS, property('verdict', 'What becomes of open lines', { choose: () => ['failed', 'passed', 'withdrawn', 'suspended', 'revoked'] })],
  'bpmn:IntermediateCatchEvent': [STATUS, LEGAL],
  'bpmn:BoundaryEvent': [STATUS, property('award', 'Award facts'), LEGAL],
};

const NAMED = { is: 'name', label: 'Name', many: true };
const IDED = { is: 'id', label: 'Id (English, snake_case)' };
const TOLD = { is: 'documentation', label: 'What is done here', many: true };

export function fieldsOf(element) {
  const { businessObject: held, type } = element;
  if (!held) return [];
  if (type === 'bpmn:Lane') return [{ is: 'name', label: 'Lane', choose: (known) => known.lanes }];
  if (type === 'bpmn:SequenceFlow') {
    const forks = held.sourceRef?.$type === 'bpmn:ExclusiveGateway' && held.sourceRef.outgoing?.length > 1;
    return forks ? [{ is: 'name', label: 'Name' }, { is: 'condition', label: 'Condition (FEEL)', many: true, suggest: facts }, { is: 'default', label: 'Default way' }] : [{ is: 'name', label: 'Name' }];
  }
  if (type === 'bpmn:Collaboration') return [];
  if (type === 'bpmn:Participant' || type === 'bpmn:Process') return [NAMED];
  const kind = held.eventDefinitions?.[0]?.$type;
  const event = kind === 'bpmn:MessageEventDefinition' ? [{ is: 'message', label: 'Message', choose: (known) => known.messages }]
    : kind === 'bpmn:TimerEventDefinition' ? [{ is: 'timer', label: 'Deadline', choose: (known) => known.deadlines.map((each) => `due.${each}`) }] : [];
  return [NAMED, IDED, ...(OF_TYPE[type] ? [TOLD] : []), ...event, ...(OF_TYPE[type] ?? [])];
}

/** Which entry mends what a rule has found. */
export const ENTRY_OF = {
  forms: 'form', legal_basis: 'property-legalBasis', citations: 'property-legalBasis', identifiers: 'id', drawing: 'name', operations: 'property-operation',
  decisions: 'decision', deadlines: 'property-due', messages: 'message', expressions: 'condition', condition_placement: 'condition', no_numerals: 'condition', lanes: 'name',
};
