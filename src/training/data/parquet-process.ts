import { open } from 'node:fs/promises';
import { parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** A row group that the process is to read. */
export interface ParquetJob {
  readonly path: string;
  /** Names of the columns to read, in order. */
  readonly columns: readonly string[];
  /** The first row of the group, from 0, and that after its last. */
  readonly rowStart: number;
  readonly rowEnd: number;
}

/** What it answers. */
export type ParquetAnswer =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly ParquetCell[])[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** A cell as text, null where it is missing, or false where it is neither number nor text. */
export type ParquetCell = string | null | false;

/** A file that the Parquet library can read parts of. */
export async function parquetFile(path: string) {
  const file = await open(path);
  const { size } = await file.stat();
  return {
    byteLength: size,
    async slice(start: number, end: number = size): Promise<ArrayBuffer> {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = new Uint8Array(length);
      await file.read(bytes, 0, length, start);
      return bytes.buffer;
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

function cellOf(value: unknown): ParquetCell {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return null;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      return false;
  }
}

/** Decodes a row group: rows of cells. */
async function readGroup({ path, columns, rowStart, rowEnd }: ParquetJob): Promise<ParquetCell[][]> {
  await using file = await parquetFile(path);
  const rows: ParquetCell[][] = [];
  await parquetRead({
    file,
    compressors,
    rowStart,
    rowEnd,
    columns: [...columns],
    onComplete: (found: unknown[][]) => {
      for (const cells of found) rows.push(columns.map((_, cell) => cellOf(cells[cell])));
    },
  });
  return rows;
}

/** Answers one job after the other until nobody listens any more. */
function serve(): void {
  const answer = (words: ParquetAnswer): void => void process.send?.(words);
  process.on('message', (job: ParquetJob) => {
    readGroup(job).then(
      (rows) => answer({ kind: 'rows', rows }),
      (error: unknown) =>
        answer({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    );
  });
}

if (process.send !== undefined && process.argv[2] === 'serve-parquet') serve();
