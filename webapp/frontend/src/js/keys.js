import { chooseCurrent } from './selection.js';

const OFF = 'keys-off';

/** Whether a person has switched the keys off. */
export function areOff() {
  return Boolean(localStorage.getItem(OFF));
}

/** J and K walk through a list or, beside a task, its papers; Enter opens, X chooses, C takes on, / finds, Ctrl+Enter sends; they can be switched off. */
export function keys(document) {
  const list = document.querySelector('[data-keys="list"]');
  offerSwitch(document);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey && event.key === 'Enter') return send(document, event);
    if (areOff() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return undefined;
    if (event.key === '/') return focus(document.querySelector('[data-key="/"]'), event);
    if (list && (event.key === 'j' || event.key === 'k')) return step(list, event.key === 'j' ? 1 : -1);
    if (!list && (event.key === 'j' || event.key === 'k')) return document.querySelector(event.key === 'j' ? '#read-next' : '#read-previous')?.click();
    if (list && event.key === 'x') return chooseCurrent(list);
    if (list && event.key === 'c') return list.querySelector('tr.cur [data-claim]')?.click();
    return undefined;
  });
}

function isTyping(target) {
  return target.closest('input, textarea, select, [contenteditable]') !== null;
}

function focus(element, event) {
  event.preventDefault();
  element?.focus();
}

function send(document, event) {
  const button = document.querySelector('[data-key="ctrl+enter"]');
  if (!button) return;
  event.preventDefault();
  button.closest('form').requestSubmit(button);
}

function step(list, by) {
  const items = [...list.querySelectorAll('tr.item')];
  const here = items.findIndex((row) => row.classList.contains('cur'));
  const next = items[Math.min(Math.max(here + by, 0), items.length - 1)];
  items[here]?.classList.remove('cur');
  next?.classList.add('cur');
  next?.querySelector('a')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function offerSwitch(document) {
  const help = document.querySelector('[data-keys-help]');
  if (!help) return;
  help.hidden = false;
  const button = help.querySelector('[data-keys-switch]');
  const on = button.textContent;
  const show = () => {
    const off = localStorage.getItem(OFF);
    for (const each of help.querySelectorAll('span')) each.hidden = Boolean(off);
    button.textContent = off ? button.dataset.off : on;
  };
  button.addEventListener('click', () => {
    if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, '1');
    show();
  });
  show();
}
