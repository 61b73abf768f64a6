import { Document, isMap, isNode, type Node, Scalar, YAMLMap } from 'yaml';

/** A map of these entries, in their order. */
export function mapOf(document: Document, value: Record<string, unknown>): YAMLMap {
  const map = new YAMLMap(document.schema);
  for (const [key, entry] of Object.entries(value)) map.set(key, entry);
  return map;
}

/** On one line. */
export function flow(document: Document, value: unknown): Node {
  return document.createNode(value, { flow: true });
}

/** A number that is written with an exponent: `1e+12`. */
export function power(value: number): Scalar {
  const scalar = new Scalar(value);
  scalar.format = 'EXP';
  return scalar;
}

/** Adds a key, with a comment above it; sections stand apart. */
export function put(map: YAMLMap, key: string, value: unknown, comment: string | null = null): void {
  const document = new Document();
  const keyNode = document.createNode(key);
  if (comment && isNode(keyNode)) keyNode.commentBefore = comment.replace(/^/gm, ' ');
  if (isNode(keyNode) && isMap(value) && !value.flow) keyNode.spaceBefore = true;
  map.set(keyNode, value);
}
