/**
 * Sorts and filters the list of campaigns in the browser. What is sorted and filtered stands in the address, so that a
 * link shows the same.
 */
export const tableScript = `
function keepState(change) {
  const state = new URLSearchParams(location.search);
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
  const state = new URLSearchParams(location.search);
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
  filter.value = new URLSearchParams(location.search).get('q') ?? '';
  filter.addEventListener('input', () => { keepState({ q: filter.value }); arrange(); });
}
arrange();
`;
