import type { LineReader } from '../reading/report-line.js';
import type { FollowedSource, SourceSink } from './followed-source.js';

/** Where reports are read from while a command runs. */
export type Feed =
  /** The file to which reports are appended. */
  | { readonly kind: 'report-file'; readonly path: string }
  /** Lines of its outputs. */
  | { readonly kind: 'lines'; readonly from: 'stdout' | 'stderr' | 'both'; readonly reader: LineReader }
  /** What it writes for itself. */
  | { readonly kind: 'followed'; readonly open: (sink: SourceSink) => FollowedSource };
