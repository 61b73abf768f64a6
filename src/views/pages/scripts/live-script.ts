/** Replaces the parts of a page that changed, when the server says that something did. */
export const liveScript = `
const live = document.getElementById('live');
const say = (text) => setText(live, text);

/** To replace what is equal would lay out the page again, and another text in the same node needs no styles. */
function setText(element, text) {
  if (!element || element.textContent === text) return;
  const { firstChild, lastChild } = element;
  if (firstChild instanceof Text && firstChild === lastChild) firstChild.data = text;
  else element.textContent = text;
}

/** Pictures and tables have an id, so nobody has to compare their markup. */
function isSame(old, other) {
  if (other.dataset.kept !== undefined) return true;
  return old.dataset.drawn === other.dataset.drawn && old.outerHTML === other.outerHTML;
}

function liveParts(page) {
  if (page.querySelector('[data-live]') !== null) return [...page.querySelectorAll('[data-live]')];
  const isTable = page.querySelector('table.sortable') !== null;
  return [...page.querySelectorAll(isTable ? 'header, table.sortable tbody' : 'header, main')];
}

/** A page waits this many times as long as it took to show what the server drew, so that campaigns keep their time. */
const REST = 400;

let asked = 0;
/** Resolves to the milliseconds to wait before the next one, after the server is ready for it. */
async function refresh() {
  const number = ++asked;
  const drawn = document.querySelector('[data-drawn]')?.dataset.drawn ?? '';
  const answer = await fetch(location.href, { headers: { 'X-Drawn': drawn } });
  if (!answer.ok && answer.status !== 404 && answer.status !== 422) throw new Error('HTTP ' + answer.status);
  const text = await answer.text();
  // The address may have changed meanwhile: a later answer counts.
  if (number !== asked) return 0;
  const before = performance.now();
  const next = new DOMParser().parseFromString(text, 'text/html');
  const chosen = new Set([...document.querySelectorAll('input:checked')].map((box) => box.value));
  const open = new Set([...document.querySelectorAll('details[open] > summary')].map((one) => one.textContent));
  const scrolls = [...document.querySelectorAll('.scroll')].map((one) => [one.scrollLeft, one.scrollTop]);
  const active = document.activeElement;
  const focused = active?.closest('[data-live]') ? active.getAttribute('href') : null;
  const [olds, news] = [liveParts(document), liveParts(next)];
  // A campaign that is gone, or that cannot be read any more, has a page of another kind.
  if (olds.length !== news.length) {
    document.querySelector('main')?.replaceWith(next.querySelector('main') ?? '');
    return 0;
  }
  olds.forEach((old, index) => {
    if (!isSame(old, news[index])) old.replaceWith(news[index]);
  });
  for (const box of document.querySelectorAll('table input[type=checkbox]')) box.checked = chosen.has(box.value);
  for (const summary of document.querySelectorAll('details > summary')) {
    if (open.has(summary.textContent)) summary.parentElement.open = true;
  }
  document.querySelectorAll('.scroll').forEach((one, index) => {
    [one.scrollLeft, one.scrollTop] = scrolls[index] ?? [0, 0];
  });
  if (focused !== null) document.querySelector('[data-live] a[href="' + CSS.escape(focused) + '"]')?.focus();
  arrange();
  heedDue();
  // To paint it takes about as long again.
  return REST * (Number(answer.headers.get('X-Took') ?? 0) + 2 * (performance.now() - before));
}

async function refreshOrSay() {
  try {
    const wait = await refresh();
    say('live');
    return wait;
  } catch {
    say('The server does not answer. What you see may be old.');
    return 0;
  }
}

let timer = 0;
let isAsking = false;
let isWanted = null;
let pause = 1000;
let last = -Infinity;
let due = 0;

/** A part says when a newer one can be there. One that is old already is asked for then, event or not. */
function heedDue() {
  const { due: milliseconds, old } = document.querySelector('[data-due]')?.dataset ?? {};
  due = performance.now() + Number(milliseconds ?? 0);
  if (old !== undefined) schedule('when due');
}

/** Asks for the page again: at most once a second, and in general no sooner than a newer drawing can be there. */
function schedule(when) {
  if (isAsking) {
    isWanted = isWanted === 'now' ? 'now' : when;
    return;
  }
  clearTimeout(timer);
  const rest = document.hidden ? Math.max(pause, 5000) : pause;
  const at = when === 'now' ? last + 1000 : Math.max(last, due) + rest;
  timer = setTimeout(ask, Math.max(0, at - performance.now()));
}

async function ask() {
  isAsking = true;
  isWanted = null;
  pause = Math.max(1000, await refreshOrSay());
  last = performance.now();
  isAsking = false;
  if (isWanted !== null) schedule(isWanted);
}

/** Shows what an event says, and asks for the rest. */
function hear({ data }) {
  const news = data === '' ? {} : JSON.parse(data);
  const line = document.querySelector('.progress');
  if (news.progress !== undefined && line) {
    setText(line, news.progress);
    say('live');
    schedule(news.isRunning ? 'when due' : 'now');
  } else if (line && document.querySelector('[data-due]') !== null) {
    // The pictures were drawn while a run was at work, and now none is: they need not wait any longer.
    schedule('now');
  } else if (news.row === undefined || !showRow(news)) {
    schedule('when due');
  }
}

/** Replaces the cells that differ. The first one has the focus and the choice of a person. False without the row. */
function showRow({ folder, row }) {
  const box = document.querySelector('input[name=folder][value="' + CSS.escape(folder) + '"]');
  const shown = box?.closest('tr');
  if (!shown) return false;
  const template = document.createElement('template');
  template.innerHTML = row;
  const [olds, news] = [shown, template.content.firstElementChild].map((one) => [...one.cells].slice(1));
  if (olds.length === news.length) {
    olds.forEach((old, index) => { if (!isSame(old, news[index])) old.replaceWith(news[index]); });
  } else {
    for (const old of olds) old.remove();
    shown.append(...news);
  }
  return true;
}

// What the page said while it was drawn is hidden already, and would stay as it is.
document.querySelector('.waiting')?.remove();
heedDue();
const { events } = document.body.dataset;
if (events) {
  // Much may have happened since the page was made: it says what it shows, so the stream begins with what it missed.
  const seen = document.querySelector('[data-seen]')?.dataset.seen;
  const said = seen === undefined ? '' : (events.includes('?') ? '&' : '?') + 'seen=' + encodeURIComponent(seen);
  const source = new EventSource(events + said);
  source.addEventListener('open', () => say('live'));
  source.addEventListener('change', hear);
  source.addEventListener('error', () => say('Not connected. The page tries again by itself.'));
}
`;
