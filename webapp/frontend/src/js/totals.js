/** Counts the answers of a table of lines by their words, beside the buttons that send them. */
export function totals(document) {
  const place = document.querySelector('[data-sum]');
  const table = document.querySelector('.judged');
  if (!place || !table) return;
  const show = () => {
    const counts = count(table);
    place.hidden = counts.size === 0;
    place.replaceChildren(...[...counts].map(([words, number]) => item(document, words, number)));
  };
  table.addEventListener('change', show);
  show();
}

function count(table) {
  const counts = new Map();
  const add = (words) => counts.set(words, (counts.get(words) ?? 0) + 1);
  const last = [...table.querySelectorAll('.line')].map((line) => decisive(line)).filter(Boolean);
  for (const words of last) add(words);
  return counts;
}

/** The words of the choice that decides a line: the one with verdicts, else the last one. */
function decisive(line) {
  const cells = [...line.querySelectorAll('.cell-choice, .cell-radio')];
  const cell = cells.find((each) => each.querySelector('[data-mark=failed]')) ?? cells.at(-1);
  const option = cell?.querySelector('option:checked:not([value=""])') ?? cell?.querySelector('input:checked')?.parentElement;
  return option?.textContent.trim();
}

function item(document, words, number) {
  const entry = document.createElement('li');
  const strong = document.createElement('b');
  strong.textContent = number;
  entry.append(strong, ` ${words}`);
  return entry;
}
