import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './css/viewer.css';
import './css/difference.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

const FONT = { fontFamily: '"Inter Variable", "Segoe UI", sans-serif', fontSize: 12, fontWeight: 500 };
const SIGNS = { added: '+', removed: '−', changed: '~', moved: '↔' };
const pairs = new Map();

await document.fonts.load('500 12px "Inter Variable"');
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) begin(entry.target);
  }
}, { rootMargin: '300px' });
for (const place of document.querySelectorAll('.canvases')) {
  place.hidden = false;
  near.observe(place);
  for (const button of place.querySelectorAll('[data-step]')) {
    button.addEventListener('click', async () => (await begin(place)).step(Number(button.dataset.step)));
  }
  for (const button of place.closest('section').querySelectorAll('.show-change')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const pair = await begin(place);
      place.scrollIntoView({ block: 'nearest' });
      pair.go(button.closest('li').dataset.element);
    });
  }
}
document.body.dataset.difference = '1';

/** Draw both versions once, mark what differs and let them move together. */
function begin(place) {
  if (!pairs.has(place)) {
    near.unobserve(place);
    pairs.set(place, draw(place));
  }
  return pairs.get(place);
}

async function draw(place) {
  const marks = JSON.parse(place.dataset.marks);
  const viewers = await Promise.all([...place.querySelectorAll('.viewer')].map((side) => show(side, marks, place.dataset.failed)));
  const [old, fresh] = viewers;
  if (viewers.length === 1 && old) fit(old.get('canvas'));
  if (old && fresh) {
    fit(fresh.get('canvas'));
    old.get('canvas').viewbox(fresh.get('canvas').viewbox());
    together(old, fresh);
    together(fresh, old);
  }
  place.dataset.ready = '1';
  const meant = (id) => (marks[id] === 'moved' ? 1 : 0);
  return stepping(place, viewers.filter(Boolean), Object.keys(marks).sort((a, b) => meant(a) - meant(b)));
}

async function show(side, marks, failed) {
  const viewer = new NavigatedViewer({ container: side, textRenderer: { defaultStyle: FONT, externalStyle: { ...FONT, fontSize: 11 } } });
  try {
    await viewer.importXML(await source(side));
  } catch {
    viewer.destroy();
    side.textContent = failed;
    return null;
  }
  for (const [id, kind] of Object.entries(marks)) mark(viewer, id, kind);
  return viewer;
}

/** What a side draws: a file of ours by its address, or what stands on the page itself. */
async function source(side) {
  if (side.dataset.source) return document.getElementById(side.dataset.source).value;
  const answer = await fetch(side.dataset.xml);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

function mark(viewer, id, kind) {
  const element = viewer.get('elementRegistry').get(id);
  if (!element || element.type === 'label' || !element.parent) return;
  viewer.get('canvas').addMarker(id, `diff-${kind}`);
  const node = document.createElement('span');
  node.className = `diff-sign diff-${kind}`;
  node.textContent = SIGNS[kind];
  const position = element.waypoints ? middle(element) : { top: -10, right: 12 };
  viewer.get('overlays').add(id, 'difference', { position, html: node, show: { minZoom: 0.3 } });
}

/** The middle of an arrow, from the upper left corner of what it covers. */
function middle({ waypoints }) {
  const index = Math.floor((waypoints.length - 1) / 2);
  const [a, b] = [waypoints[index], waypoints[index + 1]];
  const [left, top] = [Math.min(...waypoints.map((p) => p.x)), Math.min(...waypoints.map((p) => p.y))];
  return { left: (a.x + b.x) / 2 - left - 9, top: (a.y + b.y) / 2 - top - 9 };
}

/** The whole diagram with a margin, never larger than drawn. */
function fit(canvas) {
  canvas.zoom(Math.min(canvas.zoom('fit-viewport'), 1) * 0.96, 'auto');
}

function together(one, other) {
  one.on('canvas.viewbox.changed', ({ viewbox }) => {
    const { x, y, scale } = other.get('canvas').viewbox();
    if (Math.abs(x - viewbox.x) < 0.5 && Math.abs(y - viewbox.y) < 0.5 && Math.abs(scale - viewbox.scale) < 0.001) return;
    const { outer } = other.get('canvas').viewbox();
    other.get('canvas').viewbox({ x: viewbox.x, y: viewbox.y, width: outer.width / viewbox.scale, height: outer.height / viewbox.scale });
  });
}

/** Next and previous change; the sentence and the element are lit in both drawings. */
function stepping(place, viewers, marked) {
  const section = place.closest('section');
  const drawn = marked.filter((id) => viewers.some((viewer) => viewer.get('elementRegistry').get(id)?.parent));
  let at = -1;
  function go(id) {
    at = drawn.indexOf(id);
    place.querySelector('[data-place]').textContent = at < 0 ? '' : `${at + 1} / ${drawn.length}`;
    for (const viewer of viewers) light(viewer, id);
    for (const said of section.querySelectorAll('.diff-said > li')) said.classList.toggle('lit', said.dataset.element === id);
    const owner = viewers.toReversed().find((viewer) => viewer.get('elementRegistry').get(id));
    if (owner) centre(owner, owner.get('elementRegistry').get(id));
  }
  for (const viewer of viewers) {
    viewer.on('element.click', ({ element }) => drawn.includes(element.id) && go(element.id));
  }
  function step(by) {
    if (drawn.length) go(drawn[at < 0 ? (by > 0 ? 0 : drawn.length - 1) : (at + by + drawn.length) % drawn.length]);
  }
  return { go, step };
}

function light(viewer, id) {
  const canvas = viewer.get('canvas');
  for (const each of viewer.get('elementRegistry').filter((shape) => canvas.hasMarker(shape.id, 'path-lit'))) canvas.removeMarker(each.id, 'path-lit');
  if (viewer.get('elementRegistry').get(id)) canvas.addMarker(id, 'path-lit');
}

/** The element in the middle, near enough to be read. */
function centre(viewer, element) {
  const canvas = viewer.get('canvas');
  const { outer, scale } = canvas.viewbox();
  const zoom = Math.max(scale, 0.6);
  const points = element.waypoints ?? [element, { x: element.x + element.width, y: element.y + element.height }];
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [x, y] = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
  canvas.viewbox({ x: x - outer.width / zoom / 2, y: y - outer.height / zoom / 2, width: outer.width / zoom, height: outer.height / zoom });
}
