/** The bar of chosen rows: hidden while nothing is chosen, says how many, chooses all; X chooses the current row. */
export function selection(document) {
  document.addEventListener('change', (event) => {
    if (event.target.matches('input[name="task"][form="chosen"]')) show(document);
  });
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-all]')) return;
    const boxes = choices(document);
    const wanted = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = wanted;
    show(document);
  });
  document.addEventListener('htmx:afterSettle', () => show(document));
  show(document);
}

/** Choose the row a person stands on, or let it go. */
export function chooseCurrent(list) {
  const box = list.querySelector('tr.cur input[name="task"]');
  box?.click();
}

function choices(document) {
  return [...document.querySelectorAll('input[name="task"][form="chosen"]')];
}

function show(document) {
  const bar = document.querySelector('[data-selection]');
  if (!bar) return;
  const boxes = choices(document);
  const chosen = boxes.filter((box) => box.checked).length;
  const count = bar.querySelector('[data-count]');
  bar.hidden = chosen === 0;
  count.textContent = count.dataset.words.replace('#', chosen);
  bar.querySelector('[data-all]').hidden = boxes.length < 2;
  for (const box of boxes) box.closest('tr').classList.toggle('chosen', box.checked);
}
