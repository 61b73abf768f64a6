// An epoch is a row of batches, a batch one or more blocks, and a block takes several phases, so that the host
// can cut the work into calls of a few milliseconds wherever it likes:
//
//     the first phases, one a layer    forward; the first fetches the rows, the last leaves the deltas of the outputs
//     as many again                    for each layer from the last to the first: deltas of the layer before, then
//                                      the gradient and, after the last block of a batch, the step
//
//     number of a phase = block * 2 * layers + phase

import { multiplyAll } from './dense-product';
import { forwardInTraining } from './forward';
import { gather } from './gather';
import { learn } from './learn';
import { NATIVE_PROPAGATE, isNative, nativePropagate } from './native';
import { Network, layerAt, layerBefore } from './network';
import { beginStep } from './optimizer';
import { multiplyListed } from './sparse-product';
import { LINE, width } from './vector';

/** Runs the phases from `from` up to but without `to`. */
export function train<T>(network: Network, from: u32, to: u32): void {
  const phases = 2 * network.layers;
  for (let number = from; number < to; number++) {
    const block = number / phases;
    const phase = number % phases;
    const batch = block / network.blocksPerBatch;
    const part = block % network.blocksPerBatch;
    const batchFirst = batch * network.batchRows;
    const batchRows = min(network.batchRows, network.rows - batchFirst);
    const offset = part * network.blockRows;
    const rows = min(network.blockRows, batchRows - offset);
    const isLast = offset + rows == batchRows;
    const first = batchFirst + offset;
    if (phase < network.layers) {
      if (phase == 0) gather<T>(network, first, rows);
      forwardInTraining<T>(network, phase, rows, first, batchRows);
    } else {
      if (phase == network.layers && isLast) {
        beginStep(network, load<f64>(network.rates + ((<usize>batch) << 3)));
      }
      const index = phases - 1 - phase;
      if (index > 0) propagate<T>(network, index, rows);
      learn<T>(network, index, rows, part == 0, isLast);
    }
  }
}

/** Deltas of the layer before `index`: deltas times weights transposed, times slopes. */
function propagate<T>(network: Network, index: u32, rows: u32): void {
  const layer = layerAt(network, index);
  if (isNative(layer, NATIVE_PROPAGATE)) {
    nativePropagate<T>(network, index, rows);
    return;
  }
  const before = layerBefore(network, index);
  const stride = network.stride;
  const panelBytes = <usize>layer.outputsPadded * LINE;
  const panels = layer.inputsPadded / width<T>();
  if (layer.listed != 0) {
    multiplyListed<T>(
      layer.slopes, stride, layer.rowLists, (<usize>layer.outputsPadded) << 2, layer.rowCounts,
      layer.twin, panelBytes, before.slopes, stride, rows, panels, true,
    );
  } else {
    multiplyAll<T>(
      layer.slopes, stride, layer.twin, panelBytes, before.slopes, stride, (rows + 1) & ~1, panels, layer.outputs, true,
    );
  }
}
