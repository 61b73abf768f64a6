import { isAlias, isMap, isScalar, type Node, parseDocument } from 'yaml';
import { maskValue } from '../text/masked-value.js';
import type { LoadedConfig } from './load-config.js';

/** The text of `config.yaml` in a results folder: the config as it was written, with secrets masked. */
export function storedText({ text, config }: Pick<LoadedConfig, 'text' | 'config'>): string {
  const secrets = Object.entries(config.trainer.secrets ?? {});
  if (secrets.length === 0) return text;
  const document = parseDocument(text, { logLevel: 'error' });
  const within = (node: Node | null | undefined, key: string): Node | null => {
    const mapping = isAlias(node) ? node.resolve(document) : node;
    if (!isMap<Node, Node | null>(mapping)) return null;
    return mapping.items.find((item) => isScalar(item.key) && String(item.key.value) === key)?.value ?? null;
  };
  const environment = within(within(document.contents, 'trainer'), 'env');
  const masks = secrets.flatMap(([name, value]) => {
    const found = within(environment, name);
    const node = isAlias(found) ? found.resolve(document) : found;
    return node?.range ? [{ from: node.range[0], to: node.range[1], mask: maskValue(name, value) }] : [];
  });
  let masked = text;
  for (const { from, to, mask } of masks.sort((a, b) => b.from - a.from)) {
    const end = text.slice(from, to).endsWith('\n') ? '\n' : '';
    masked = `${masked.slice(0, from)}${mask}${end}${masked.slice(to)}`;
  }
  return masked;
}
