import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css';
import './css/decision.css';
import Modeler from 'dmn-js/lib/Modeler';
import { saving } from './js/saving.js';
import { speaking, translate } from './workshop/table_words.js';

const root = document.querySelector('#editor');
const place = root.querySelector('#table-canvas');
const say = speaking(root.dataset.language);
const words = [translate(say)];
const modeler = new Modeler({
  container: place,
  drd: { additionalModules: words },
  decisionTable: { additionalModules: words },
  literalExpression: { additionalModules: words },
});
const saver = saving(root);
let latest = '';
let turn = 0;

async function open(xml) {
  const refused = root.querySelector('#table-refused');
  try {
    await modeler.importXML(xml);
    const table = modeler.getViews().find((each) => each.type === 'decisionTable') ?? modeler.getViews()[0];
    await modeler.open(table);
    refused.hidden = true;
  } catch (error) {
    refused.hidden = false;
    refused.querySelector('p').textContent = `${refused.querySelector('p').textContent} ${error.message}`;
  }
}

modeler.on('views.changed', () => listen());
let heard = null;
function listen() {
  const viewer = modeler.getActiveViewer();
  if (!viewer || viewer === heard) return;
  heard = viewer;
  viewer.on('commandStack.changed', () => { write(); });
}

async function write() {
  latest = (await modeler.saveXML({ format: true })).xml;
  saver.save(latest);
  read();
}

const post = (address, body) => fetch(address, { method: 'POST', body: JSON.stringify(body), headers: { 'X-CSRFToken': root.dataset.token, 'Content-Type': 'application/json' } });
const make = (tag, told = {}, ...inside) => { const node = Object.assign(document.createElement(tag), told); node.append(...inside); return node; };

async function read() {
  const mine = ++turn;
  const answer = await post(place.dataset.read, { text: latest }).catch(() => null);
  if (!answer || mine !== turn) return;
  const told = await answer.json();
  if (told.rows) show(told);
}

function show({ rows, asked, changed }) {
  const list = root.querySelector('#table-rows');
  list.replaceChildren(...rows.map((each) => {
    const article = each.article ? make('span', { className: 'meta', textContent: ` ${each.article}` }) : make('b', { className: 'red', textContent: ` ${list.dataset.uncited}` });
    const row = make('li', {}, each.said, article);
    row.dataset.rule = each.rule;
    return row;
  }));
  const form = root.querySelector('#table-facts');
  const before = Object.fromEntries(new FormData(root.querySelector('#table-try')));
  form.replaceChildren(...asked.map((each, number) => fact(each, `fact-${number}`, before[each.name])));
  const differs = root.querySelector('#table-changed');
  differs.replaceChildren(...(changed.length ? changed : [differs.dataset.none]).map((textContent) => make('li', { textContent })));
}

function fact({ name, label, kind, values }, id, value) {
  const { none, yes, no } = root.querySelector('#table-try').dataset;
  const choices = kind === 'boolean' ? [{ key: 'true', label: yes }, { key: 'false', label: no }] : values;
  const control = choices.length ? make('select', { id, name }, make('option', { value: '', textContent: none }), ...choices.map((each) => make('option', { value: each.key, textContent: each.label }))) : make('input', { type: 'text', id, name, placeholder: kind === 'date' ? 'dd/mm/yyyy' : '' });
  if (value) control.value = value;
  return make('div', { className: 'field' }, make('label', { htmlFor: id, textContent: label }), control);
}

root.querySelector('#table-try').addEventListener('submit', async (event) => {
  event.preventDefault();
  const told = await (await post(place.dataset.try, { text: latest, facts: Object.fromEntries(new FormData(event.target)) })).json();
  const out = root.querySelector('#table-answer');
  const rows = [...root.querySelectorAll('#table-rows li')];
  for (const row of rows) row.classList.toggle('lit', (told.rules ?? []).includes(row.dataset.rule));
  if (told.said) { out.replaceChildren(make('p', { className: 'note bad', textContent: told.said })); return; }
  const numbers = told.rules.map((rule) => rows.findIndex((row) => row.dataset.rule === rule) + 1).join(', ');
  const why = told.defaulted ? out.dataset.default : out.dataset.row.replace('{numbers}', numbers);
  out.replaceChildren(make('p', { className: 'meta', textContent: why }), ...told.outputs.map((each) => make('p', {}, make('b', { textContent: `${each.label}: ` }), each.value)));
});

root.addEventListener('goto', ({ detail }) => root.querySelector(`#table-rows [data-rule="${CSS.escape(detail.element)}"]`)?.scrollIntoView({ block: 'center' }));
saver.on('taken', open);
const DO = { undo: () => modeler.getActiveViewer().get('commandStack').undo(), redo: () => modeler.getActiveViewer().get('commandStack').redo() };
for (const button of document.querySelectorAll('[data-table]')) button.addEventListener('click', () => DO[button.dataset.table]());

latest = (await saver.load()) ?? '';
await open(latest);
listen();
saver.check(latest);
await read();
root.dataset.ready = '1';
