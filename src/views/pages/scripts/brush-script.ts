/** Selects ranges on the axes of parallel coordinates. A range is two conditions in the filter. */
export const brushScript = `
let brushing = null;

const quoted = (text) => (/[\\s<>=!]/.test(text) ? '"' + text.replaceAll('"', '') + '"' : text);

/** The filter without the conditions on a column. */
function filterWithout(text, column) {
  const words = text.match(/(?:[^\\s"]|"[^"]*")+/g) ?? [];
  return words.filter((word) => !word.startsWith(quoted(column)) || !/^[<>=!]/.test(word.slice(quoted(column).length)));
}

/** Where on the axis the pointer is, from 0 to 1, from the lower end. */
function shareAt(axis, event) {
  const { left, top, width, height } = axis.getBoundingClientRect();
  const share = axis.matches('.across') ? (event.clientX - left) / width : 1 - (event.clientY - top) / height;
  return Math.min(1, Math.max(0, share));
}

function conditions(axis, from, to) {
  const { column, kind, values, min, max } = axis.dataset;
  const [low, high] = [Number(min), Number(max)];
  const at = (share) => kind === 'log' ? low * (high / low) ** share : low + share * (high - low);
  const name = quoted(column);
  if (kind === 'places') {
    const inside = JSON.parse(values).filter((_, place) => place >= at(from) - 0.25 && place <= at(to) + 0.25);
    return inside.length === 0 ? [] : [name + '=' + quoted(inside.join('|'))];
  }
  const short = (value) => String(Number(value.toPrecision(4)));
  return [
    ...(from > 0.01 ? [name + '>=' + short(at(from))] : []),
    ...(to < 0.99 ? [name + '<=' + short(at(to))] : []),
  ];
}

function drawBrush({ axis, from }, to) {
  const [low, high] = [Math.min(from, to) * 100, Math.max(from, to) * 100];
  axis.style.setProperty('--from', low + '%');
  axis.style.setProperty('--to', 100 - high + '%');
}

document.addEventListener('pointerdown', (event) => {
  const axis = event.target.closest?.('.brush');
  if (!axis || event.button !== 0) return;
  event.preventDefault();
  axis.setPointerCapture(event.pointerId);
  axis.classList.add('brushing');
  brushing = { axis, from: shareAt(axis, event) };
  drawBrush(brushing, brushing.from);
});

document.addEventListener('pointermove', (event) => {
  if (brushing !== null) drawBrush(brushing, shareAt(brushing.axis, event));
});

document.addEventListener('pointerup', (event) => {
  if (brushing === null) return;
  const { axis, from } = brushing;
  const to = shareAt(axis, event);
  brushing = null;
  axis.classList.remove('brushing');
  const field = choices.elements.q;
  const rest = filterWithout(field.value, axis.dataset.column);
  const range = Math.abs(to - from) < 0.015 ? [] : conditions(axis, Math.min(from, to), Math.max(from, to));
  field.value = [...rest, ...range].join(' ');
  showChoices();
});
`;
