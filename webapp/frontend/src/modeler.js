import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import 'bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import './css/modeler.css';
import Modeler from 'bpmn-js/lib/Modeler';
import simulation from 'bpmn-js-token-simulation';
import minimap from 'diagram-js-minimap';
import { saving } from './js/saving.js';
import { Carried } from './workshop/carried.js';
import { downloads } from './workshop/downloads.js';
import { ENTRY_OF } from './workshop/fields.js';
import { panel } from './workshop/panel.js';
import profile from './workshop/profile.js';
import spiffworkflow from './workshop/spiffworkflow.js';
import { speaking, translate } from './workshop/words.js';

const FONT = { fontFamily: '"Inter Variable", "Segoe UI", sans-serif', fontSize: 12, fontWeight: 500 };
const READABLE = 0.7;
const root = document.querySelector('#editor');
const say = speaking(root.dataset.language);
const addresses = JSON.parse(root.querySelector('#diagram-canvas').dataset.addresses);

await document.fonts.load('500 12px "Inter Variable"');
const known = await (await fetch(root.dataset.known)).json();
const modeler = new Modeler({
  container: '#diagram-canvas',
  additionalModules: [simulation, minimap, profile, translate(say)],
  moddleExtensions: { spiffworkflow },
  textRenderer: { defaultStyle: FONT, externalStyle: { ...FONT, fontSize: 11 } },
});
const saver = saving(root);
const entries = panel(root.querySelector('#diagram-entries'), modeler, { known, language: root.dataset.language, say, addresses });

const written = async () => (await modeler.saveXML({ format: true })).xml;
const changed = () => { written().then((xml) => saver.save(xml)); };

async function open(xml) {
  const refused = root.querySelector('#diagram-refused');
  try {
    await modeler.importXML(xml);
    refused.hidden = true;
    begin();
    inUse();
  } catch (error) {
    refused.hidden = false;
    refused.querySelector('p').textContent = say('The diagram cannot be read: {why}', { why: error.message });
  }
}

function fit() {
  const canvas = modeler.get('canvas');
  canvas.zoom(Math.min(canvas.zoom('fit-viewport'), 1) * 0.92, 'auto');
  canvas.scroll({ dx: 40, dy: 0 });
}

/** The beginning of the diagram, large enough to read, beside the palette. */
function begin() {
  const canvas = modeler.get('canvas');
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(Math.max(canvas.zoom('fit-viewport') * 0.92, READABLE), 1);
  canvas.viewbox({ x: inner.x - 130 / scale, y: inner.y - 80 / scale, width: outer.width / scale, height: outer.height / scale });
}

function inUse() {
  for (const [id, count] of Object.entries(JSON.parse(root.querySelector('#diagram-canvas').dataset.inUse))) {
    if (!modeler.get('elementRegistry').get(id)) continue;
    const badge = Object.assign(document.createElement('span'), { className: 'in-use', textContent: count, title: `${count} ${say('open here now')}` });
    modeler.get('overlays').add(id, 'in-use', { position: { bottom: 12, left: -8 }, html: badge });
  }
}

saver.on('taken', open);
saver.on('found', (mine) => {
  const [canvas, overlays, registry] = ['canvas', 'overlays', 'elementRegistry'].map((name) => modeler.get(name));
  overlays.remove({ type: 'finding' });
  for (const each of registry.getAll()) for (const kind of ['error', 'warning', 'info']) if (canvas.hasMarker(each, `finding-${kind}`)) canvas.removeMarker(each, `finding-${kind}`);
  for (const finding of mine) {
    if (!finding.element || !registry.get(finding.element)) continue;
    canvas.addMarker(finding.element, `finding-${finding.severity}`);
    const badge = Object.assign(document.createElement('span'), { className: `finding-badge sev-${finding.severity}`, textContent: '!', title: finding.said });
    overlays.add(finding.element, 'finding', { position: { top: -10, left: -6 }, html: badge });
  }
  for (const row of document.querySelectorAll('#editor-problems li[data-element]')) offer(row);
});
root.addEventListener('goto', ({ detail }) => {
  if (!lead(detail.element)) return;
  entries.focus(ENTRY_OF[detail.rule] ?? '');
});

function lead(id) {
  const element = modeler.get('elementRegistry').get(id);
  if (!element) return false;
  modeler.get('selection').select(element);
  modeler.get('canvas').scrollToElement(element);
  return true;
}

/** A way out that needs no thought: one way of a gateway is its default. Everything else leads to the entry that mends it. */
function offer(row) {
  const element = modeler.get('elementRegistry').get(row.dataset.element);
  if (!element || row.dataset.rule !== 'gateway_default') return;
  const way = element.type === 'bpmn:ExclusiveGateway' ? element.outgoing.find((each) => !each.businessObject.conditionExpression) ?? element.outgoing.at(-1) : element;
  if (way?.type !== 'bpmn:SequenceFlow' || way.source.businessObject.default) return;
  const mend = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-2 btn-s', textContent: say('Mend') });
  mend.addEventListener('click', () => new Carried(modeler).setDefault(way, true));
  row.append(' ', mend);
}

const text = await saver.load();
await open(text ?? '');
modeler.on('commandStack.changed', changed);
saver.check(text ?? '');
const stack = modeler.get('commandStack');
const DO = { undo: () => stack.undo(), redo: () => stack.redo(), fit, search: () => modeler.get('searchPad').open(), minimap: () => modeler.get('minimap').toggle(), ...downloads(modeler, root.dataset.path) };
for (const button of document.querySelectorAll('[data-diagram]')) button.addEventListener('click', () => DO[button.dataset.diagram]());
if (location.hash) lead(decodeURIComponent(location.hash.slice(1)));
root.dataset.ready = '1';
