// The bound on the length of each hidden unit's incoming weights (Srivastava et al. 2014, section 5.1).

import { Layer, Network } from './network';
import { LINE, all, transpose, width } from './vector';

/** Shortens the weights of the units that are over the bound, and copies what changed to the twin. */
export function boundNorms<T>(network: Network, layer: Layer): void {
  const bound = all<T>(network.maxNorm);
  const most = v128.mul<T>(bound, bound);
  const one = all<T>(1);
  const panelBytes = (<usize>layer.inputsPadded) * LINE;
  const panels = layer.outputsPadded / width<T>();
  for (let panel: u32 = 0; panel < panels; panel++) {
    const weights = layer.weights + <usize>panel * panelBytes;
    let changed = false;
    for (let part: usize = 0; part < LINE; part += 16) {
      const start = weights + part;
      const end = start + panelBytes;
      let squares = v128.splat<T>(0);
      for (let at = start; at < end; at += LINE) {
        const w = v128.load(at);
        squares = v128.add<T>(squares, v128.mul<T>(w, w));
      }
      const over = v128.gt<T>(squares, most);
      if (!v128.any_true(over)) continue;
      changed = true;
      const factor = v128.bitselect(v128.div<T>(bound, v128.sqrt<T>(squares)), one, over);
      for (let at = start; at < end; at += LINE) v128.store(at, v128.mul<T>(v128.load(at), factor));
    }
    if (changed) mirrorPanel<T>(layer, panel);
  }
}

/** Copies a panel of weights to the twin, where the layer has one. */
export function mirrorPanel<T>(layer: Layer, panel: u32): void {
  if (layer.twin == 0) return;
  const square = <usize>width<T>() * LINE;
  const squares = layer.inputsPadded / width<T>();
  for (let q: u32 = 0; q < squares; q++) {
    transpose<T>(
      layer.weights + <usize>panel * <usize>layer.inputsPadded * LINE + <usize>q * square,
      layer.twin + <usize>q * <usize>layer.outputsPadded * LINE + <usize>panel * square,
    );
  }
}
