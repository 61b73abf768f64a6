import { escaped } from '../html.js';

/**
 * A drawing of the charting library as an image with a title, without what only the library's own script would need.
 */
export function tidyDrawing(svg: string, title: string): string {
  return svg
    .replace(/<style >[\s\S]*?<\/style>/, '')
    .replace(/<defs >[\s\S]*?<\/defs>/, '')
    .replace(/ (class|clip-path)="[^"]*zr\d+-[^"]*"| pointer-events="visible"| ecmeta_\w+="\w+"/g, '')
    .replace(/\n+/g, '\n')
    .replace('<svg ', `<svg role="img" aria-label="${escaped(title)}" `);
}
