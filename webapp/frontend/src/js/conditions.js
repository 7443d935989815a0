/** Fields with data-shown-if show only while that field has one of the answers in data-shown-for. */
export function conditions(document) {
  const apply = () => {
    for (const field of document.querySelectorAll('[data-shown-if]')) {
      field.hidden = !field.dataset.shownFor.split(' ').includes(answer(field.closest('form'), field.dataset.shownIf));
    }
  };
  document.addEventListener('change', apply);
  document.addEventListener('rows-added', apply);
  apply();
}

function answer(form, name) {
  const named = form.elements[name];
  return named ? (named.value ?? '') : '';
}
