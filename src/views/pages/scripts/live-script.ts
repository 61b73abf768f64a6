/** Replaces the parts of a page that changed, when the server says that something did. */
export const liveScript = `
const live = document.getElementById('live');
const say = (text) => { if (live) live.textContent = text; };

function liveParts(page) {
  if (page.querySelector('[data-live]') !== null) return [...page.querySelectorAll('[data-live]')];
  const isTable = page.querySelector('table.sortable') !== null;
  return [...page.querySelectorAll(isTable ? 'header, table.sortable tbody' : 'header, main')];
}

let asked = 0;
let due = 0;
/** Resolves to the milliseconds to wait before the next one, so that a campaign keeps its processor time. */
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
    const other = news[index];
    if (other.dataset.kept === undefined && other.outerHTML !== old.outerHTML) old.replaceWith(other);
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
  comeBack();
  return 50 * Number(answer.headers.get('X-Took') ?? 0) + 20 * (performance.now() - before);
}

/** A part that is not up to date says when it is worth to ask for a newer one, even if nothing happens until then. */
function comeBack() {
  clearTimeout(due);
  const { due: milliseconds } = document.querySelector('[data-due]')?.dataset ?? {};
  if (milliseconds !== undefined) due = setTimeout(schedule, Number(milliseconds));
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

let isWaiting = false;
let pause = 1000;
let last = -Infinity;
/** At once after a quiet time, else after a pause. */
function schedule() {
  if (isWaiting) return;
  isWaiting = true;
  const wait = Math.max(0, last + Math.min(pause, 60000) - performance.now());
  setTimeout(async () => {
    pause = Math.max(1000, await refreshOrSay());
    last = performance.now();
    isWaiting = false;
  }, document.hidden ? Math.max(wait, 5000) : wait);
}

comeBack();
if (document.body.dataset.events) {
  const source = new EventSource(document.body.dataset.events);
  source.addEventListener('open', () => say('live'));
  source.addEventListener('change', schedule);
  source.addEventListener('error', () => say('Not connected. The page tries again by itself.'));
}
`;
