/** Buttons with data-fill answer every line of their table that has no answer yet; exceptions stay as they are. */
export function filling(document) {
  for (const button of document.querySelectorAll('[data-fill]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      const table = button.closest('[data-table]');
      for (const [column, answer] of Object.entries(JSON.parse(button.dataset.fill))) fillColumn(table, column, answer);
      table.dispatchEvent(new Event('change', { bubbles: true }));
      table.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
}

function fillColumn(table, column, answer) {
  for (const select of table.querySelectorAll(`select[name$="-${column}"]`)) if (!select.value) select.value = answer;
  for (const radio of table.querySelectorAll(`input[name$="-${column}"][value="${CSS.escape(answer)}"]`)) {
    if (!table.querySelector(`input[name="${CSS.escape(radio.name)}"]:checked`)) radio.checked = true;
  }
}
