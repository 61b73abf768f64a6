import type { Outlet, OutletContext } from './outlet.js';
import { ReportOutlet } from './report-outlet.js';
import { TablesOutlet } from './tables-outlet.js';

/** The outlets that every run has, in the order in which they are created: a new one is a file and a line here. */
export const builtInOutlets: readonly ((context: OutletContext) => Outlet)[] = [
  (context) => new TablesOutlet(context),
  (context) => new ReportOutlet(context),
];
