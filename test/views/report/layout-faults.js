/**
 * Runs inside the page: says in words what a person would see that is wrong with its layout. Texts are compared by the
 * boxes that they take; those of drawings as they are turned.
 */
(() => {
  const faults = [];
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const words = (element) => element.textContent.trim().replace(/\s+/g, ' ').slice(0, 60);

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth + 1) {
    faults.push(`the page is ${page.scrollWidth} wide in a window of ${page.clientWidth}`);
  }

  // Drawings: there, inside their figure, with marks, and with all of their texts whole and apart.
  const cornersOf = (text) => {
    const { x, y, width, height } = text.getBBox();
    const matrix = text.getScreenCTM();
    // The box of a text has room above and below its letters.
    const [left, right, top, bottom] = [x + 1, x + width - 1, y + 0.2 * height, y + 0.85 * height];
    return [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ].map(([px, py]) => new DOMPoint(px, py).matrixTransform(matrix));
  };
  const areApart = (a, b) =>
    [a, b].some((box) =>
      [0, 1].some((side) => {
        const [from, to] = [box[side], box[side + 1]];
        const [nx, ny] = [to.x - from.x, to.y - from.y];
        const along = (corners) => corners.map(({ x, y }) => x * nx + y * ny);
        const [own, other] = [along(a), along(b)];
        return Math.max(...own) <= Math.min(...other) || Math.max(...other) <= Math.min(...own);
      }),
    );
  for (const svg of document.querySelectorAll('svg')) {
    if (!shown(svg)) continue;
    const title = svg.getAttribute('aria-label');
    const box = svg.getBoundingClientRect();
    const figure = svg.closest('figure').getBoundingClientRect();
    if (box.width < 200 || box.height < 100) faults.push(`“${title}” is ${box.width} x ${box.height}`);
    if (box.left < figure.left - 1 || box.right > figure.right + 1 || box.bottom > figure.bottom + 1) {
      faults.push(`“${title}” does not lie within its figure`);
    }
    // What is no grid, axis or paper has the colour of a meaning.
    const marks = [...svg.querySelectorAll('path, rect, circle, polyline, line')].filter((mark) => {
      const { width, height } = mark.getBoundingClientRect();
      const colours = `${mark.getAttribute('fill')} ${mark.getAttribute('stroke')}`;
      return width + height > 2 && /--(chosen|baseline|good|bad|plain|quiet)/.test(colours);
    });
    if (marks.length === 0) faults.push(`“${title}” has no marks`);
    const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim() !== '');
    if (texts.length < 2) faults.push(`“${title}” has no labels`);
    const boxes = texts.map(cornersOf);
    boxes.forEach((corners, i) => {
      const isInside = corners.every(
        ({ x, y }) => x >= box.left - 1 && x <= box.right + 1 && y >= box.top - 1 && y <= box.bottom + 1,
      );
      if (!isInside) faults.push(`“${words(texts[i])}” is cut in “${title}”`);
      boxes.slice(i + 1).forEach((others, j) => {
        if (areApart(corners, others)) return;
        faults.push(
          `“${words(texts[i])}” and “${words(texts[i + 1 + j])}” lie over each other in “${title}”`,
        );
      });
    });
  }

  // Running text: inside its own element, and below or beside what comes before it.
  const lines = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const clip = element.closest('.scroll')?.getBoundingClientRect();
    return [...range.getClientRects()]
      .filter(({ width, height }) => width > 0 && height > 0)
      .map(({ left, right, top, bottom }) => ({
        left: Math.max(left, clip?.left ?? left),
        right: Math.min(right, clip?.right ?? right),
        top: Math.max(top, clip?.top ?? top),
        bottom: Math.min(bottom, clip?.bottom ?? bottom),
      }))
      .filter(({ left, right, top, bottom }) => right - left > 1 && bottom - top > 1);
  };
  const kinds = 'h1, h2, h3, h4, p, dt, dd, th, td, li, summary, footer, pre, .key > span';
  const blocks = [...document.querySelectorAll(kinds)].filter(
    (element) => shown(element) && element.querySelector(kinds) === null && words(element) !== '',
  );
  let before = null;
  for (const element of blocks) {
    const own = lines(element);
    const box = element.getBoundingClientRect();
    if (own.some(({ left, right }) => left < box.left - 1 || right > box.right + 1)) {
      faults.push(`“${words(element)}” does not fit into its ${element.tagName.toLowerCase()}`);
    }
    if (own.some(({ left, right }) => left < 0 || right > page.clientWidth + 1)) {
      faults.push(`“${words(element)}” leaves the page`);
    }
    const overlaps = (a, b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    if (before?.lines.some((a) => own.some((b) => overlaps(a, b)))) {
      faults.push(`“${words(before.element)}” and “${words(element)}” lie over each other`);
    }
    before = { element, lines: own };
  }

  // Tips open within the page.
  const style = document.createElement('style');
  style.textContent = '.tips b { display: block !important; }';
  document.head.append(style);
  for (const tip of document.querySelectorAll('.tips b')) {
    const { left, right, width } = tip.getBoundingClientRect();
    if (width > 0 && (left < 0 || right > page.clientWidth))
      faults.push(`the tip “${words(tip)}” leaves the page`);
  }
  style.remove();
  return faults;
})();
