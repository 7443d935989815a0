import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './css/viewer.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

const FONT = { fontFamily: '"Inter Variable", "Segoe UI", sans-serif', fontSize: 12, fontWeight: 500 };
const ACCENT = '#174a8b';
const viewers = new Map();

await document.fonts.load('500 12px "Inter Variable"');
await start(document);

/** Draw the diagrams inside `root`, those that are folded when they are unfolded. */
export async function start(root) {
  for (const place of root.querySelectorAll('.viewer')) {
    if (place.dataset.begun) continue;
    place.dataset.begun = '1';
    viewers.delete(place.dataset.process);
    const fold = place.closest('details');
    if (matchMedia('(max-width: 640px)').matches) fold.open = false;
    if (fold.open) await show(place);
    fold.addEventListener('toggle', () => fold.open && show(place));
  }
}
for (const button of document.querySelectorAll('[data-show-element]')) {
  button.addEventListener('click', () => lead(button.closest('li').dataset));
}
document.body.dataset.diagrams = '1';

async function show(place) {
  if (viewers.has(place.dataset.process)) return viewers.get(place.dataset.process);
  const viewer = new NavigatedViewer({ container: place, textRenderer: { defaultStyle: FONT, externalStyle: { ...FONT, fontSize: 11 } } });
  viewers.set(place.dataset.process, viewer);
  try {
    const answer = await fetch(place.dataset.xml);
    if (!answer.ok) throw new Error(String(answer.status));
    await viewer.importXML(await answer.text());
  } catch {
    place.textContent = place.dataset.failed;
    return viewer;
  }
  fit(viewer.get('canvas'));
  mark(viewer, JSON.parse(place.dataset.marks));
  viewer.on('element.click', ({ element }) => light(element.id));
  place.dataset.ready = '1';
  return viewer;
}

/** The whole diagram with a margin, never larger than drawn. */
function fit(canvas) {
  const scale = Math.min(canvas.zoom('fit-viewport'), 1) * 0.96;
  canvas.zoom(scale, 'auto');
}

function mark(viewer, marks) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  for (const kind of ['done', 'now', 'cancelled', 'error']) {
    for (const id of marks[kind] ?? []) {
      const element = registry.get(id);
      if (!element) continue;
      canvas.addMarker(id, `path-${kind}`);
      if (kind === 'done' && element.waypoints) colour(viewer, element);
    }
  }
  for (const [id, number] of Object.entries(marks.counts ?? {})) {
    const element = registry.get(id);
    if (element && !element.waypoints && element.type !== 'label') badge(viewer, id, number);
  }
}

/** Arrow heads follow the stroke in the diagram's own data, not the style sheet. */
function colour(viewer, element) {
  element.di.set('bioc:stroke', ACCENT);
  viewer.get('graphicsFactory').update('connection', element, viewer.get('elementRegistry').getGraphics(element));
}

function badge(viewer, id, number) {
  const node = document.createElement('span');
  node.className = 'passed';
  node.textContent = number;
  viewer.get('overlays').add(id, 'passed', { position: { top: -9, right: 11 }, html: node, show: { minZoom: 0.35 } });
}

function light(id) {
  for (const step of document.querySelectorAll('.happened > li')) step.classList.toggle('lit', step.dataset.element === id);
  document.querySelector('.happened > li.lit')?.scrollIntoView({ block: 'nearest' });
}

async function lead({ element, process }) {
  const place = document.querySelector(`.viewer[data-process="${CSS.escape(process)}"]`);
  if (!place) return;
  place.closest('details').open = true;
  const viewer = await show(place);
  for (const each of viewers.values()) {
    for (const old of each.get('elementRegistry').filter((shape) => each.get('canvas').hasMarker(shape.id, 'path-lit'))) {
      each.get('canvas').removeMarker(old.id, 'path-lit');
    }
  }
  if (!viewer.get('elementRegistry').get(element)) return;
  viewer.get('canvas').addMarker(element, 'path-lit');
  viewer.get('canvas').scrollToElement(element);
  light(element);
}
