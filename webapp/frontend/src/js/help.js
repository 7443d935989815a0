import { areOff } from './keys.js';

/** `?` opens the list of keys over the page, which is the plain page of the link with data-keys-page; Escape closes it. */
export function help(document) {
  const link = document.querySelector('[data-keys-page]');
  if (!link) return;
  document.addEventListener('keydown', (event) => {
    if (event.key !== '?' || areOff() || event.target.closest('textarea, input:not([type=checkbox], [type=radio])')) return;
    event.preventDefault();
    show(document, link.href);
  });
}

async function show(document, address) {
  document.querySelector('dialog.keys-list')?.remove();
  const answer = await fetch(address, { headers: { 'X-Requested-With': 'fetch' } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const dialog = document.createElement('dialog');
  dialog.className = 'keys-list panel';
  dialog.append(page.querySelector('[data-keys-list]'));
  const close = dialog.querySelector('[data-close]');
  close.hidden = false;
  close.addEventListener('click', () => dialog.close());
  dialog.setAttribute('aria-labelledby', 'keys-title');
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
