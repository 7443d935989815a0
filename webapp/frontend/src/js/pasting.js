/** A table pasted into a field of a table with data-paste goes to the server, which shows each row before taking any. */
export function pasting(document) {
  for (const table of document.querySelectorAll('[data-paste]')) {
    table.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const field = event.target.closest('[name]');
      if (!field || !text.includes('\t')) return;
      event.preventDefault();
      send(table.closest('form'), table.dataset.paste, text, field.name.split('-').pop());
    });
  }
}

function send(form, address, text, start) {
  for (const [name, value] of [['_pasted', text], ['_start', start]]) {
    const kept = form.ownerDocument.createElement('textarea');
    kept.name = name;
    kept.value = value;
    kept.hidden = true;
    form.append(kept);
  }
  const button = form.ownerDocument.createElement('button');
  button.formAction = address;
  button.formNoValidate = true;
  button.hidden = true;
  form.append(button);
  form.requestSubmit(button);
}
