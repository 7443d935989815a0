/**
 * Fields that belong to one outcome (shown-if names the outcome's buttons) stay folded until that button is pressed:
 * the first press shows them and asks for the reason, the second sends.
 */
export function reasons(document) {
  for (const button of document.querySelectorAll('.acts button[name][value]')) {
    const fields = [...button.form.querySelectorAll(`[data-shown-if="${CSS.escape(button.name)}"]`)];
    const mine = fields.filter((field) => field.dataset.shownFor.split(' ').includes(button.value));
    for (const field of mine) field.hidden = !said(field) && !field.classList.contains('err');
    button.addEventListener('click', (event) => {
      const folded = mine.filter((field) => field.hidden);
      if (folded.length === 0) return;
      event.preventDefault();
      for (const field of fields) field.hidden = !mine.includes(field) && !said(field);
      control(folded[0]).focus();
    });
  }
}

function control(field) {
  return field.querySelector('textarea, select, input');
}

function said(field) {
  return control(field)?.value.trim() !== '';
}
