/**
 * Buttons with data-fill answer every line of their table that has no answer yet; exceptions stay as they are.
 * A line with data-own has its own usual answers; the words of a data-common field go into the empty cells it names.
 */
export function filling(document) {
  for (const button of document.querySelectorAll('[data-fill]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      const table = button.closest('[data-table]');
      for (const [column, answer] of Object.entries(JSON.parse(button.dataset.fill))) fillColumn(table, column, answer);
      const common = table.querySelector('[data-common]');
      if (common?.value.trim()) write(table, common.dataset.common, common.value.trim());
      table.dispatchEvent(new Event('change', { bubbles: true }));
      table.dispatchEvent(new Event('input', { bubbles: true }));
    });
    button.closest('[data-table]').querySelector('[data-common]')?.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.ctrlKey) return;
      event.preventDefault();
      button.click();
    });
  }
}

/** What a line without an answer gets in a column; undefined where nothing is usual. */
export function usual(control, answers) {
  const column = control.name.split('-').at(-1);
  const own = control.closest('tr')?.dataset.own;
  return { ...answers, ...(own ? JSON.parse(own) : {}) }[column];
}

function fillColumn(table, column, answer) {
  for (const select of table.querySelectorAll(`select[name$="-${column}"]`)) {
    if (!select.value) select.value = usual(select, { [column]: answer });
  }
  for (const radio of table.querySelectorAll(`input[name$="-${column}"][value="${CSS.escape(answer)}"]`)) {
    if (!table.querySelector(`input[name="${CSS.escape(radio.name)}"]:checked`)) radio.checked = true;
  }
}

function write(table, column, words) {
  for (const cell of table.querySelectorAll(`input[name$="-${column}"], textarea[name$="-${column}"]`)) {
    if (!cell.value.trim()) cell.value = words;
  }
}
