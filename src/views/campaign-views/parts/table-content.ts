import { formatCount, formatNumber, formatWhole } from '../../../text/number.js';
import { type Html, html } from '../../report/html.js';
import { type Selected, selectionRequest, selectRows } from '../../selection/select-rows.js';
import type { SelectionColumn, SelectionRow, SelectionTable } from '../../selection/selection-table.js';
import type { Cell } from '../../tables/csv-text.js';
import type { FilteredTable, ViewContent, ViewRequest } from '../campaign-view.js';
import { problemList } from './empty-view.js';
import { viewAddress } from './view-address.js';

/** Rows of a page. */
const PAGE_ROWS = 100;

/** A table that is shown page by page. */
interface ShownTable<Item> {
  readonly name: FilteredTable;
  /** What a row is about. */
  readonly noun: string;
  readonly table: SelectionTable<Item>;
  /** Where the first cell of a row leads. */
  readonly linkOf: (row: SelectionRow<Item>) => string;
}

/** A table that is filtered, sorted and cut on the server, so that a page has the same size for any number of rows. */
export function tableContent<Item>(request: ViewRequest, shown: ShownTable<Item>): ViewContent {
  const { query } = request;
  const { columns, rows } = shown.table;
  const selected = selectRows(shown.table, selectionRequest(query));
  const pages = Math.max(1, Math.ceil(selected.rows.length / PAGE_ROWS));
  const page = Math.min(pages, Math.max(1, Math.floor(Number(query.get('page'))) || 1));
  const first = (page - 1) * PAGE_ROWS;
  const here = selected.rows.slice(first, first + PAGE_ROWS);
  const isAll = selected.rows.length === rows.length;
  const count = isAll
    ? formatCount(rows.length, shown.noun)
    : `${formatWhole(selected.rows.length)} of ${formatCount(rows.length, shown.noun)}`;
  const csv = address(request, `${shown.name}.csv`, { page: null });
  return {
    choices: html`<details class="columns"><summary>Columns</summary><div>${columns.map(
      ({ name }) =>
        html`<label><input type="checkbox" name="column" value="${name}"${
          query.getAll('column').includes(name) && html` checked`
        }> ${name}</label>`,
    )}</div><p>Without a choice all columns are shown.</p></details>`,
    main: html`${problemList(selected.problems)}<p class="count"><span>${count}</span>
<a href="${csv}" download="${shown.name}.csv">CSV of these</a>${pager(request, page, pages)}</p>
<div class="scroll tall" tabindex="0" role="region" aria-label="${shown.name}"><table class="rows">
<thead><tr>${selected.shown.map((one) => headOf(request, one))}</tr></thead>
<tbody>${here.map((row) => rowOf(row, selected, shown.linkOf(row)))}</tbody></table></div>`,
  };
}

/** The address of the same selection with some fields changed. */
function address(
  { folder, query }: ViewRequest,
  view: string,
  changes: Readonly<Record<string, string | number | null>>,
): string {
  return viewAddress(view, folder, {
    q: query.get('q'),
    sort: query.get('sort'),
    column: query.getAll('column'),
    page: query.get('page'),
    ...changes,
  });
}

function pager(request: ViewRequest, page: number, pages: number): Html | null {
  if (pages === 1) return null;
  const link = (to: number, text: string, label: string): Html =>
    to < 1 || to > pages || to === page
      ? html`<span class="off" aria-hidden="true">${text}</span>`
      : html`<a href="${address(request, '', { page: to })}" data-soft aria-label="${label}">${text}</a>`;
  const place = `page ${formatWhole(page)} of ${formatWhole(pages)}`;
  return html`<span class="pager">${link(1, '«', 'first page')}${link(page - 1, '‹', 'previous page')} ${place} \
${link(page + 1, '›', 'next page')}${link(pages, '»', 'last page')}</span>`;
}

function headOf(request: ViewRequest, { column }: Selected<unknown>['shown'][number]): Html {
  const { sort } = selectionRequest(request.query);
  const order = sort?.column !== column.name ? null : sort.isDescending ? 'descending' : 'ascending';
  const next = `${column.name}:${order === 'ascending' ? 'descending' : 'ascending'}`;
  return html`<th scope="col"${column.kind === 'number' && html` class="number"`}${
    order !== null && html` aria-sort="${order}"`
  }><a href="${address(request, '', { sort: next, page: null })}" data-soft>${column.name}</a></th>`;
}

function rowOf<Item>({ cells }: SelectionRow<Item>, { shown }: Selected<Item>, link: string): Html {
  return html`<tr>${shown.map(({ column, place }, i) =>
    cellOf(cells[place] ?? null, column.kind, i === 0 ? link : null),
  )}</tr>\n`;
}

/** A dash for a missing number stands where the number would. */
function cellOf(value: Cell, columnKind: SelectionColumn['kind'], link: string | null): Html {
  const text = value === null ? '–' : typeof value === 'number' ? formatNumber(value) : String(value);
  const isNumber = typeof value === 'number' || (value === null && columnKind === 'number');
  const kind = isNumber && html` class="number"`;
  return link === null
    ? html`<td${kind}>${text}</td>`
    : html`<th scope="row"${kind}><a href="${link}">${text}</a></th>`;
}
