/** History and diagram open below the heading of a task, so that a half-filled form stays; the viewer comes when asked for. */
export function tabs(document) {
  const nav = document.querySelector('[data-tabs]');
  const place = document.querySelector('#tab[hidden]');
  if (!nav || !place) return;
  nav.querySelector('[data-tab="task"]').addEventListener('click', (event) => {
    event.preventDefault();
    place.hidden = true;
    place.replaceChildren();
    mark(nav, 'task');
  });
  document.addEventListener('htmx:afterSwap', async ({ detail }) => {
    if (detail.target !== place) return;
    place.hidden = false;
    mark(nav, detail.requestConfig.elt.dataset.tab);
    if (place.querySelector('.viewer')) await draw(document, nav, place);
  });
}

function mark(nav, key) {
  for (const link of nav.querySelectorAll('[data-tab]')) {
    if (link.dataset.tab === key) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

async function draw(document, nav, place) {
  const { start } = await import(nav.dataset.viewer);
  if (!document.querySelector(`link[href="${CSS.escape(nav.dataset.viewerCss)}"]`)) {
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = nav.dataset.viewerCss;
    document.head.append(sheet);
    await new Promise((loaded) => { sheet.onload = loaded; sheet.onerror = loaded; });
  }
  await start(place);
}
