import { networkWeights, type SavedNetwork } from '../../mlp/network-file.js';
import { type Activation, layerPlaces } from '../../mlp/network-shape.js';
import type { ModelInfo } from '../model-info.js';
import { GraphBuilder, machineLearning } from './graph-builder.js';
import { addInputs } from './input-nodes.js';
import type { OnnxModel } from './onnx-model.js';
import { addAnswers, addOutputs } from './output-nodes.js';

/** Widely understood versions: every runtime since 2020 reads them. */
const IR_VERSION = 7;
const STANDARD_OPERATORS = 13;
const MACHINE_LEARNING_OPERATORS = 2;

/**
 * A network as an ONNX model, from the cells of a table to answers, with nothing dropped. The layers compute in
 * the precision that the network was trained in; what is before and after them in double precision.
 *
 * Inputs: one a column by its name, rows x 1: numbers (NaN where one is missing) or texts. Outputs: for
 * classes `label` (rows) and `probabilities` (rows x classes), for numbers `prediction` (rows x 1); where a
 * column has such a name, a number follows. A committee is one graph, which ends with the mean of the answers of its
 * networks. The metadata name classes, columns, target, campaign and version.
 */
export function onnxModelOf(network: SavedNetwork, info: ModelInfo): OnnxModel {
  const { preparation, shape } = network;
  const { target, columns } = preparation;
  const graph = new GraphBuilder(columns.map((column) => column.name));
  const { prepared, refused } = addInputs(graph, preparation);
  const answers = networkWeights(network).map((weights) =>
    addAnswers(graph, addLayers(graph, { ...network, weights }, prepared), shape),
  );
  const outputs = addOutputs(graph, addMean(graph, answers), target, refused);
  const what = network.networks === 1 ? 'network' : 'committee';
  const metadata: Record<string, string> = {
    fitfirst_version: info.version,
    campaign: info.campaign,
    target: target.name,
    ...(network.networks > 1 && { networks: String(network.networks) }),
    columns: JSON.stringify(columns.map((column) => column.name)),
    ...(target.kind === 'class' && { classes: JSON.stringify(target.classes) }),
    outputs: JSON.stringify(outputs),
  };
  return {
    ir_version: IR_VERSION,
    producer_name: 'fitfirst',
    producer_version: info.version,
    doc_string: `The ${what} that the campaign ${info.campaign} chose; it predicts ${target.name}.`,
    opset_import: [
      { domain: '', version: STANDARD_OPERATORS },
      { domain: machineLearning, version: MACHINE_LEARNING_OPERATORS },
    ],
    metadata_props: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: graph.graph('network', 'Raw cells in, answers out: preparation and network together.'),
  };
}

/** Adds the layers; gives the sums of the outputs, in double precision. */
function addLayers(
  graph: GraphBuilder,
  { shape, weights, precision }: SavedNetwork,
  prepared: string,
): string {
  const isSingle = precision === 'f32';
  const constant = (name: string, size: readonly number[], values: Float64Array): string =>
    isSingle ? graph.floats(name, size, values) : graph.doubles(name, size, values);
  let values = isSingle ? graph.cast('prepared, single', prepared, 'float') : prepared;
  layerPlaces(shape).forEach((place, layer) => {
    const number = layer + 1;
    const matrix = weights.subarray(place.weights, place.weights + place.inputs * place.outputs);
    const inputs = [values, constant(`weights ${number}`, [place.inputs, place.outputs], matrix)];
    if (place.biases !== null) {
      const biases = weights.subarray(place.biases, place.end);
      inputs.push(constant(`biases ${number}`, [place.outputs], biases));
    }
    values = graph.node(`sums ${number}`, { type: 'Gemm', inputs });
    if (layer < shape.hidden.length) {
      values = graph.node(`hidden ${number}`, { type: operatorOf[shape.activation], inputs: [values] });
    }
  });
  return isSingle ? graph.cast('sums, double', values, 'double') : values;
}

/** The mean of the answers of a committee; those of a single network as they are. */
function addMean(graph: GraphBuilder, answers: readonly string[]): string {
  const [single] = answers;
  if (single !== undefined && answers.length === 1) return single;
  const sum = graph.node('sum of networks', { type: 'Sum', inputs: answers });
  const networks = graph.doubles('networks', [], [answers.length]);
  return graph.node('mean of networks', { type: 'Div', inputs: [sum, networks] });
}

const operatorOf: Record<Activation, string> = { relu: 'Relu', tanh: 'Tanh', sigmoid: 'Sigmoid' };
