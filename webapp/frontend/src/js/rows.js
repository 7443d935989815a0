/** Buttons with data-add append one empty row to their table without leaving the page. */
export function rows(document) {
  for (const button of document.querySelectorAll('[data-add]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      const list = button.closest('[data-table]').querySelector('.rows');
      const added = empty(list.lastElementChild, list.children.length, button.dataset.add);
      list.append(added);
      document.dispatchEvent(new Event('rows-added'));
      added.querySelector('input:not([type=hidden]), select, textarea')?.focus();
    });
  }
}

function empty(row, index, table) {
  const copy = row.cloneNode(true);
  const old = `${table}-${row.dataset.row}-`;
  copy.dataset.row = index;
  copy.querySelector('.entry-head .b').textContent = index + 1;
  for (const gone of copy.querySelectorAll('input[type=hidden], .msg')) gone.remove();
  for (const each of copy.querySelectorAll('.err')) each.classList.remove('err');
  for (const each of copy.querySelectorAll('[name], [id], [for], [aria-labelledby], [data-shown-if]')) {
    for (const attribute of ['name', 'id', 'for', 'aria-labelledby', 'data-shown-if']) {
      const value = each.getAttribute(attribute);
      if (value) each.setAttribute(attribute, value.replace(old, `${table}-${index}-`));
    }
    each.removeAttribute('aria-invalid');
    each.removeAttribute('aria-describedby');
    if (each.type === 'radio' || each.type === 'checkbox') each.checked = false;
    else if ('value' in each) each.value = '';
  }
  return copy;
}
