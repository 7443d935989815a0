// The panel beside the canvas: the entries of what is selected, written through the command stack as they are left.

import { Carried, decision, documentation, property } from './carried.js';
import { fieldsOf } from './fields.js';

const make = (tag, told = {}, ...inside) => {
  const node = Object.assign(document.createElement(tag), told);
  node.append(...inside);
  return node;
};

export function panel(place, modeler, { known, language, say, addresses }) {
  const carried = new Carried(modeler);
  const modeling = modeler.get('modeling');
  let shown = null;
  let number = 0;

  const named = (each) => (typeof each === 'string' ? each : each[language] && each[language] !== each.key ? `${each[language]} (${each.key})` : each.key);
  const key = (each) => (typeof each === 'string' ? each : each.key);

  const READ = {
    property: (element, field) => property(element, field.name),
    name: (element) => element.businessObject.name ?? '',
    id: (element) => element.businessObject.id,
    documentation,
    decision,
    called: (element) => element.businessObject.calledElement ?? '',
    condition: (element) => element.businessObject.conditionExpression?.body ?? '',
    cardinality: (element) => element.businessObject.loopCharacteristics?.loopCardinality?.body ?? '',
    message: (element) => element.businessObject.eventDefinitions[0].messageRef?.name ?? '',
    timer: (element) => element.businessObject.eventDefinitions[0].timeDate?.body ?? '',
  };
  const WRITE = {
    property: (element, field, value) => carried.setProperty(element, field.name, value),
    name: (element, _, value) => modeling.updateProperties(element, { name: value }),
    id: (element, _, value) => /^[a-z][a-z0-9_]*$/.test(value) && !modeler.get('elementRegistry').get(value) && modeling.updateProperties(element, { id: value }),
    documentation: (element, _, value) => carried.setDocumentation(element, value),
    decision: (element, _, value) => carried.setDecision(element, value),
    called: (element, _, value) => modeling.updateProperties(element, { calledElement: value || undefined }),
    condition: (element, _, value) => carried.setCondition(element, value),
    cardinality: (element, _, value) => carried.setCardinality(element, value),
    message: (element, _, value) => carried.setMessage(element, value, modeler.getDefinitions()),
    timer: (element, _, value) => carried.setTimer(element, value),
  };

  function control(element, field, id) {
    const value = READ[field.is](element, field);
    const write = (event) => event.target.value !== value && WRITE[field.is](element, field, event.target.value.trim());
    if (field.choose) {
      const offered = field.choose(known);
      const options = [make('option', { value: '', textContent: say('(none)') }), ...offered.map((each) => make('option', { value: key(each), textContent: named(each) }))];
      if (value && !offered.some((each) => key(each) === value)) options.push(make('option', { value, textContent: value }));
      const select = make('select', { id }, ...options);
      select.value = value;
      select.addEventListener('change', write);
      return [select];
    }
    const input = make(field.many ? 'textarea' : 'input', { id, value, rows: 2, spellcheck: false, ...(field.many ? {} : { type: 'text' }) });
    input.addEventListener('change', write);
    if (!field.suggest || field.many) return field.suggest ? [input, ...hints(field, input)] : [input];
    const list = make('datalist', { id: `${id}-list` }, ...field.suggest(known).map((each) => make('option', { value: key(each), label: named(each) })));
    input.setAttribute('list', list.id);
    return [input, list];
  }

  /** Facts to put into an expression, found by their name or label. */
  function hints(field, input) {
    const list = make('datalist', { id: `${input.id}-list` }, ...field.suggest(known).map((each) => make('option', { value: key(each), label: named(each) })));
    const search = make('input', { type: 'text', className: 'fact-search', placeholder: '…', ariaLabel: say('Condition (FEEL)') });
    search.setAttribute('list', list.id);
    search.addEventListener('change', () => {
      input.setRangeText(search.value, input.selectionStart, input.selectionEnd, 'end');
      search.value = '';
      input.dispatchEvent(new Event('change'));
    });
    return [search, list];
  }

  function row(element, field) {
    const id = `entry-${(number += 1)}`;
    const wrap = make('div', { className: 'field' });
    wrap.dataset.entry = field.is === 'property' ? `property-${field.name}` : field.is;
    if (field.is === 'form') {
      const task = element.businessObject.id;
      const there = known.forms.some((each) => each.key === task);
      wrap.append(make('span', { className: 'label', textContent: say(field.label) }), make('a', { href: addresses.form.replace('TASK', task), className: 'btn btn-2 btn-s', textContent: say(there ? 'Open the form' : 'Make the form') }));
      return wrap;
    }
    if (field.is === 'default') {
      const box = make('input', { type: 'checkbox', id, checked: element.businessObject.sourceRef.default === element.businessObject });
      box.addEventListener('change', () => carried.setDefault(element, box.checked));
      wrap.append(make('label', {}, box, ` ${say(field.label)}`));
      return wrap;
    }
    wrap.append(make('label', { htmlFor: id, textContent: say(field.label) }), ...control(element, field, id));
    const to = field.is === 'decision' ? tableOf(decision(element)) : field.is === 'called' ? diagramOf(element.businessObject.calledElement) : null;
    if (to) wrap.append(make('a', { href: to, className: 'btn-link', textContent: say(field.is === 'decision' ? 'Open the table' : 'Open the diagram') }));
    return wrap;
  }

  const tableOf = (name) => {
    const found = known.decisions.find((each) => each.key === name);
    return found && addresses.table.replace('DECISION', name).replace('RULES', found.sets.at(-1));
  };
  const diagramOf = (name) => name && known.processes.some((each) => each.key === name) && addresses.diagram.replace('PROCESS', name);

  function show() {
    const [element] = modeler.get('selection').get();
    shown = element?.type === 'label' ? element.labelTarget : element ?? modeler.get('canvas').getRootElement();
    const fields = fieldsOf(shown);
    const intro = element ? [] : [make('p', { className: 'hint', textContent: say('Select an element of the diagram to see its entries.') })];
    place.replaceChildren(...intro, ...fields.map((field) => row(shown, field)));
  }

  modeler.on('selection.changed', show);
  // a listener that returns something ends the event for all others
  modeler.on('commandStack.changed', () => { if (!place.contains(document.activeElement)) show(); });
  modeler.on('import.done', show);
  return { show, focus: (entry) => place.querySelector(`[data-entry="${entry}"] :is(input, select, textarea, a)`)?.focus() };
}
