import { readNetwork } from '../mlp/network-file.js';
import type { ModelInfo } from './model-info.js';
import { modelJson } from './model-json.js';
import { onnxModelOf } from './onnx/network-model.js';
import { encodeOnnx } from './onnx/onnx-model.js';

/** The files that hand a network over. */
interface ExportedModel {
  /** `model.onnx` */
  readonly onnx: Uint8Array;
  /** `model.json` */
  readonly json: string;
}

/**
 * Writes a saved network (the bytes that a trainer hands over) in the forms in which others can use it. The
 * same network and info give the same bytes. Throws FitfirstError DATA_INVALID where the bytes are no network.
 */
export function exportModel(networkBytes: Uint8Array, info: ModelInfo): ExportedModel {
  const network = readNetwork(networkBytes);
  return { onnx: encodeOnnx(onnxModelOf(network, info)), json: modelJson(network, info) };
}
