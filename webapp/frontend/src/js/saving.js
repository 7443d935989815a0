// Keeps a file of a draft while it is written: saved a second after the last change, checked meanwhile, never lost.

const QUIET = 1000;

export function saving(root) {
  const { file, check, path, token, open } = root.dataset;
  const told = document.querySelector('#editor-saved');
  const conflict = document.querySelector('#editor-conflict');
  const listeners = { found: [], taken: [] };
  let sha = root.dataset.sha;
  let waiting = null;
  let latest = null;
  let kept = null;
  let checks = 0;
  let turn = Promise.resolve();

  const say = (key, parts = {}) => {
    told.textContent = Object.entries(parts).reduce((said, [name, value]) => said.replace(`{${name}}`, value), told.dataset[key]);
    told.dataset.state = key;
  };

  async function load() {
    const answer = await fetch(file, { headers: { Accept: 'application/octet-stream' } });
    if (!answer.ok) return null;
    sha = (answer.headers.get('ETag') ?? '').replaceAll('"', '').replace(/^W\//, '');
    kept = await answer.text();
    return kept;
  }

  function save(text) {
    latest = text;
    look(text);
    if (!open || text === kept) return;
    say('unsaved');
    clearTimeout(waiting);
    waiting = setTimeout(flush, QUIET);
  }

  function flush() {
    clearTimeout(waiting);
    turn = turn.then(put);
    return turn;
  }

  async function put() {
    if (!open || latest === null || latest === kept || !conflict.hidden) return;
    const text = latest;
    say('saving');
    try {
      const matching = sha ? { 'If-Match': `"${sha}"` } : { 'If-None-Match': '*' };
      const answer = await fetch(file, { method: 'PUT', body: text, headers: { ...matching, 'X-CSRFToken': token, 'Content-Type': 'application/octet-stream' } });
      const said = await answer.json().catch(() => ({ said: `${answer.status}` }));
      if (answer.ok) {
        [sha, kept] = [said.sha256, text];
        say(latest === text ? 'saved' : 'unsaved', { at: said.at });
      } else if (answer.status === 409 && said.sha256) ask(said);
      else say('failed', { why: said.said });
    } catch (broken) {
      say('failed', { why: broken.message });
      waiting = setTimeout(flush, 5 * QUIET);
    }
  }

  function ask(said) {
    conflict.hidden = false;
    document.querySelector('#editor-conflict-said').textContent = said.said;
    conflict.scrollIntoView({ block: 'center' });
    const choose = (text) => {
      [sha, kept, conflict.hidden] = [said.sha256, said.theirs, true];
      if (text !== null) for (const listener of listeners.taken) listener(text);
      else flush();
    };
    document.querySelector('#editor-mine').onclick = () => choose(null);
    document.querySelector('#editor-theirs').onclick = () => { latest = said.theirs; choose(said.theirs); say('saved', { at: '' }); };
  }

  async function look(text) {
    const mine = ++checks;
    await new Promise((done) => { setTimeout(done, QUIET / 3); });
    if (mine !== checks) return;
    const answer = await fetch(check, { method: 'POST', body: JSON.stringify({ path, text }), headers: { 'X-CSRFToken': token, 'Content-Type': 'application/json' } }).catch(() => null);
    if (!answer?.ok || mine !== checks) return;
    const { findings } = await answer.json();
    show(findings);
    for (const listener of listeners.found) listener(findings.filter((each) => each.file === path), findings);
  }

  function show(findings) {
    const list = document.querySelector('#editor-problems');
    const severities = JSON.parse(list.dataset.severities);
    list.replaceChildren(...findings.map((each) => problem(each, severities)));
    if (!findings.length) list.append(Object.assign(document.createElement('li'), { textContent: list.dataset.none }));
    document.querySelector('#editor-count').textContent = findings.length || '';
  }

  function problem(each, severities) {
    const row = document.createElement('li');
    row.className = `finding sev-${each.severity}`;
    row.dataset.element = each.element;
    row.dataset.rule = each.rule;
    const kind = Object.assign(document.createElement('b'), { textContent: severities[each.severity] });
    const place = each.file === path ? '' : ` ${each.file}${each.line ? `:${each.line}` : ''}`;
    const goto = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: each.said });
    goto.addEventListener('click', () => root.dispatchEvent(new CustomEvent('goto', { detail: each })));
    const fix = Object.assign(document.createElement('span'), { className: 'meta', textContent: each.fix });
    row.append(kind, place, ' ', goto, ' ', fix);
    return row;
  }

  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
      event.preventDefault();
      document.activeElement?.blur();
      flush();
    }
  });
  addEventListener('beforeunload', (event) => { if (open && latest !== null && latest !== kept) event.preventDefault(); });

  return { load, save, check: look, flush, on: (name, listener) => listeners[name].push(listener) };
}
