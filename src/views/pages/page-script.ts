/**
 * The script of the served pages: it replaces parts of a page when the server says that something changed, and sorts
 * and filters tables. What is sorted and filtered stands in the address, so that a link shows the same.
 */
export const pageScript = `'use strict';
const live = document.getElementById('live');
const say = (text) => { if (live) live.textContent = text; };

function stateOfAddress() {
  return new URLSearchParams(location.search);
}

function keepState(change) {
  const state = stateOfAddress();
  for (const [key, value] of Object.entries(change)) {
    if (value === '') state.delete(key); else state.set(key, value);
  }
  const query = state.toString();
  history.replaceState(null, '', location.pathname + (query === '' ? '' : '?' + query));
}

function cellValue(row, column, isNumber) {
  const text = row.cells[column].dataset.value;
  if (!isNumber) return text ?? row.cells[column].textContent;
  return text === undefined || text === '' ? null : Number(text);
}

function arrange() {
  const state = stateOfAddress();
  const wanted = (state.get('q') ?? '').toLowerCase().split(/\\s+/).filter(Boolean);
  const [name, direction] = (state.get('sort') ?? '').split(':');
  for (const table of document.querySelectorAll('table.sortable')) {
    const rows = [...table.tBodies[0].rows];
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    const heads = [...table.tHead.rows[0].cells];
    for (const head of heads) head.removeAttribute('aria-sort');
    const column = heads.findIndex((head) => head.dataset.name === name);
    if (column >= 0) {
      const sign = direction === 'descending' ? -1 : 1;
      heads[column].setAttribute('aria-sort', sign < 0 ? 'descending' : 'ascending');
      const isNumber = heads[column].dataset.kind === 'number';
      const compare = (a, b) => {
        const [x, y] = [cellValue(a, column, isNumber), cellValue(b, column, isNumber)];
        if (x === null || y === null) return (x === null) - (y === null);
        return sign * (isNumber ? x - y : x.localeCompare(y));
      };
      table.tBodies[0].append(...rows.sort(compare));
    }
    const count = document.getElementById('shown');
    if (count) count.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length + ' shown';
  }
}

document.addEventListener('click', (event) => {
  const head = event.target.closest('th[data-name]');
  if (head === null) return;
  const isDescending = head.getAttribute('aria-sort') === 'ascending';
  keepState({ sort: head.dataset.name + (isDescending ? ':descending' : ':ascending') });
  arrange();
});

const filter = document.getElementById('filter');
if (filter) {
  filter.value = stateOfAddress().get('q') ?? '';
  filter.addEventListener('input', () => { keepState({ q: filter.value }); arrange(); });
}

async function refresh() {
  const answer = await fetch(location.href);
  if (!answer.ok) throw new Error('HTTP ' + answer.status);
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const chosen = new Set([...document.querySelectorAll('input:checked')].map((box) => box.value));
  const open = new Set([...document.querySelectorAll('details[open] > summary')].map((one) => one.textContent));
  const isTable = document.querySelector('table.sortable') !== null;
  const places = isTable ? 'header, table.sortable tbody' : 'header, main';
  const news = [...next.querySelectorAll(places)];
  [...document.querySelectorAll(places)].forEach((old, index) => {
    if (news[index] !== undefined && news[index].innerHTML !== old.innerHTML) old.replaceWith(news[index]);
  });
  for (const box of document.querySelectorAll('input[type=checkbox]')) box.checked = chosen.has(box.value);
  for (const summary of document.querySelectorAll('details > summary')) {
    if (open.has(summary.textContent)) summary.parentElement.open = true;
  }
  arrange();
}

let isWaiting = false;
let pause = 1000;
function schedule() {
  if (isWaiting) return;
  isWaiting = true;
  setTimeout(async () => {
    const before = performance.now();
    try {
      await refresh();
      say('live');
    } catch {
      say('The server does not answer. What you see may be old.');
    }
    // A page that takes long to make is asked for less often, so that the campaign keeps its processor time.
    pause = Math.max(1000, 20 * (performance.now() - before));
    isWaiting = false;
  }, document.hidden ? 5000 : Math.min(pause, 60000));
}

if (document.body.dataset.events) {
  const source = new EventSource(document.body.dataset.events);
  source.addEventListener('open', () => say('live'));
  source.addEventListener('change', () => { pause = Math.min(pause, 60000); schedule(); });
  source.addEventListener('error', () => say('Not connected. The page tries again by itself.'));
}

arrange();
`;
