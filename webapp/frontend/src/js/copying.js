/** Buttons with data-copy put the text of that element into the clipboard. */
export function copying(document) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    if (!navigator.clipboard) continue;
    const text = document.querySelector(button.dataset.copy).firstChild.textContent.trim();
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text);
      button.lastChild.textContent = ` ${button.dataset.done}`;
    });
  }
}
