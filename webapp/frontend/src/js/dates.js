/** Beside each day stands a calendar; what is chosen there is written as day/month/year, in every browser alike. */
export function dates(document) {
  for (const picker of document.querySelectorAll('.date .picker')) picker.hidden = false;
  document.addEventListener('pointerdown', ({ target }) => {
    if (target.matches('.date .picker')) target.value = turned(target.previousElementSibling.value, '/', '-');
  });
  document.addEventListener('change', ({ target }) => {
    if (!target.matches('.date .picker') || !target.value) return;
    const written = target.previousElementSibling;
    written.value = turned(target.value, '-', '/');
    written.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

function turned(day, from, to) {
  return day.split(from).reverse().join(to);
}
