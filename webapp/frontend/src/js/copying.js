/** Buttons with data-copy put the text of that element into the clipboard; a list of entries goes line by line. */
export function copying(document) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    const source = document.querySelector(button.dataset.copy);
    button.hidden = false;
    button.addEventListener('click', async () => {
      await put(document, words(source));
      button.lastChild.textContent = ` ${button.dataset.done}`;
    });
  }
}

function words(source) {
  if (source.tagName !== 'DL') return source.firstChild.textContent.trim();
  return [...source.querySelectorAll('dt')]
    .map((name) => `${name.textContent}: ${name.nextElementSibling.textContent}`)
    .join('\n');
}

/** Browsers offer their clipboard over https only; elsewhere a selected text is copied. */
async function put(document, text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
