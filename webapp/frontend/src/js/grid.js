import { usual } from './filling.js';
import { areOff } from './keys.js';

const STEPS = { ArrowUp: -1, ArrowDown: 1 };

/**
 * A table of lines is walked like a spreadsheet: up and down keep the column, left and right go from cell to cell,
 * a letter or a place chooses an answer; E goes into the table, G to the note of the line, Shift+D answers all alike.
 */
export function grid(document) {
  const table = document.querySelector('[data-grid]');
  if (!table) return;
  const help = table.querySelector('[data-grid-keys]');
  if (help) help.hidden = areOff();
  document.addEventListener('keydown', (event) => {
    if (areOff() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const control = cellOf(event.target, table);
    const done = control ? inTable(event, control, table) : outside(event, table);
    if (done) event.preventDefault();
  });
}

function cellOf(target, table) {
  return table.contains(target) && target.closest('td.cell') && target.matches('select, input, textarea') ? target : null;
}

function controls(table) {
  return [...table.querySelectorAll('td.cell select, td.cell textarea, td.cell input[type=text]:not(.picker), td.cell .seg')]
    .map((each) => (each.matches('.seg') ? each.querySelector('input:checked') ?? each.querySelector('input') : each))
    .filter((each) => each.offsetParent !== null);
}

function outside(event, table) {
  if (event.target.closest('input, textarea, select, [contenteditable]')) return false;
  if (event.key === 'D') return press(table);
  if (event.key === 'e' || event.key === 'E') return go(controls(table)[0]);
  return false;
}

function inTable(event, control, table) {
  const text = control.matches('textarea, input[type=text]');
  if (event.key in STEPS) return (!text || oneLine(control)) && vertical(table, control, STEPS[event.key]);
  if (event.key === 'Enter' && !event.shiftKey) return vertical(table, control, 1) || true;
  if (event.key === 'Escape') return go(before(table, control));
  if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') return sideways(event, table, control, text);
  if (text) return false;
  if (event.key === 'D') return press(table);
  if (event.key === 'g' || event.key === 'G') return go(note(control));
  return event.key.length === 1 && choose(control, event.key, table);
}

function oneLine(control) {
  return control.tagName !== 'TEXTAREA' || !control.value.includes('\n');
}

function sideways(event, table, control, text) {
  if (control.type === 'radio') return false;
  const right = event.key === 'ArrowRight';
  const at = control.selectionStart;
  if (text && (at !== control.selectionEnd || at !== (right ? control.value.length : 0))) return false;
  const all = controls(table);
  return go(all[all.indexOf(control) + (right ? 1 : -1)]);
}

function column(control) {
  return control.name.split('-').at(-1);
}

function vertical(table, control, by) {
  const same = controls(table).filter((each) => column(each) === column(control));
  const here = same.findIndex((each) => each.name === control.name);
  return go(same[here + by]);
}

/** The nearest choice before a written cell, where letters mean answers again. */
function before(table, control) {
  const all = controls(table);
  return all.slice(0, all.indexOf(control)).reverse().find((each) => each.matches('select, [type=radio]'));
}

function note(control) {
  const lines = control.closest('tbody').matches('.of-line') ? control.closest('tbody') : control.closest('tr');
  return lines.querySelector('textarea, input[type=text]');
}

/** Answer all alike; where words are asked for and not written yet, they are asked for first. */
function press(table) {
  const common = table.querySelector('[data-common]');
  if (common && !common.value.trim()) common.focus();
  else table.querySelector('[data-key="D"]')?.click();
  return true;
}

function go(control) {
  if (!control) return false;
  control.focus();
  if (control.matches('input[type=text], textarea')) control.select();
  control.scrollIntoView({ block: 'nearest' });
  return true;
}

/** D is the usual answer, a number the answer at that place, another letter the next answer that begins with it. */
function choose(control, key, table) {
  const options = answers(control);
  const place = Number(key);
  const common = usual(control, JSON.parse(table.querySelector('[data-fill]')?.dataset.fill ?? '{}'));
  if (key.toLowerCase() === 'd' && common !== undefined) return take(control, options.find((each) => each.value === common));
  if (place >= 1) return take(control, options[place - 1]);
  const fitting = options.filter((each) => letter(each.words) === key.toLowerCase());
  const now = fitting.findIndex((each) => each.value === chosen(control));
  return take(control, fitting[(now + 1) % fitting.length]);
}

function letter(words) {
  return words.trim().slice(0, 1).toLowerCase().replace('đ', 'd').normalize('NFD')[0];
}

function answers(control) {
  if (control.tagName === 'SELECT') {
    return [...control.options].filter((each) => each.value).map((each) => ({ value: each.value, words: each.text }));
  }
  const radios = [...control.closest('.seg').querySelectorAll('input')];
  return radios.map((each) => ({ value: each.value, words: each.parentElement.textContent, radio: each }));
}

function chosen(control) {
  return control.tagName === 'SELECT' ? control.value : control.closest('.seg').querySelector('input:checked')?.value;
}

function take(control, answer) {
  if (!answer) return false;
  if (answer.radio) {
    answer.radio.checked = true;
    answer.radio.focus();
  } else {
    control.value = answer.value;
  }
  for (const kind of ['input', 'change']) (answer.radio ?? control).dispatchEvent(new Event(kind, { bubbles: true }));
  return true;
}
