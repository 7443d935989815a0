/** Fields with data-shown-if show only while that field has one of the answers in data-shown-for. */
export function conditions(document) {
  const apply = () => {
    for (const field of document.querySelectorAll('[data-shown-if]')) {
      if (isButton(field)) continue;
      field.hidden = !field.dataset.shownFor.split(' ').includes(answer(field.closest('form'), field.dataset.shownIf));
    }
  };
  document.addEventListener('change', apply);
  document.addEventListener('rows-added', apply);
  apply();
}

/** Fields that depend on the button pressed are reasons.js' matter. */
function isButton(field) {
  return field.closest('form').querySelector(`button[name="${CSS.escape(field.dataset.shownIf)}"]`) !== null;
}

function answer(form, name) {
  const named = form.elements[name];
  return named ? (named.value ?? '') : '';
}
