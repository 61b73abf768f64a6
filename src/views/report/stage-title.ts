import { formatName } from '../../campaign/format-setting.js';

/** The name of a stage as a heading: `Dropout`. */
export function stageTitle(stage: string): string {
  const name = formatName(stage);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
