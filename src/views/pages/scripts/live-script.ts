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
async function refresh() {
  const number = ++asked;
  const answer = await fetch(location.href);
  if (!answer.ok && answer.status !== 404 && answer.status !== 422) throw new Error('HTTP ' + answer.status);
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  // The address may have changed meanwhile: a later answer counts.
  if (number !== asked) return;
  const chosen = new Set([...document.querySelectorAll('input:checked')].map((box) => box.value));
  const open = new Set([...document.querySelectorAll('details[open] > summary')].map((one) => one.textContent));
  const scrolls = [...document.querySelectorAll('.scroll')].map((one) => [one.scrollLeft, one.scrollTop]);
  const active = document.activeElement;
  const focused = active?.closest('[data-live]') ? active.getAttribute('href') : null;
  const [olds, news] = [liveParts(document), liveParts(next)];
  // A campaign that is gone, or that cannot be read any more, has a page of another kind.
  if (olds.length !== news.length) {
    document.querySelector('main')?.replaceWith(next.querySelector('main') ?? '');
    return;
  }
  olds.forEach((old, index) => { if (news[index].innerHTML !== old.innerHTML) old.replaceWith(news[index]); });
  for (const box of document.querySelectorAll('table input[type=checkbox]')) box.checked = chosen.has(box.value);
  for (const summary of document.querySelectorAll('details > summary')) {
    if (open.has(summary.textContent)) summary.parentElement.open = true;
  }
  document.querySelectorAll('.scroll').forEach((one, index) => {
    [one.scrollLeft, one.scrollTop] = scrolls[index] ?? [0, 0];
  });
  if (focused !== null) document.querySelector('[data-live] a[href="' + CSS.escape(focused) + '"]')?.focus();
  arrange();
}

async function refreshOrSay() {
  try {
    await refresh();
    say('live');
  } catch {
    say('The server does not answer. What you see may be old.');
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
    const before = performance.now();
    await refreshOrSay();
    last = performance.now();
    // A page that takes long to make is asked for less often, so that the campaign keeps its processor time.
    pause = Math.max(1000, 20 * (last - before));
    isWaiting = false;
  }, document.hidden ? Math.max(wait, 5000) : wait);
}

if (document.body.dataset.events) {
  const source = new EventSource(document.body.dataset.events);
  source.addEventListener('open', () => say('live'));
  source.addEventListener('change', schedule);
  source.addEventListener('error', () => say('Not connected. The page tries again by itself.'));
}
`;
