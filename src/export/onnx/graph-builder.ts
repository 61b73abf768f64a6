import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from './onnx-model.js';
import { attributeType, elementType } from './onnx-schema.js';

/** The operators of this domain are those of classical machine learning. */
export const machineLearning = 'ai.onnx.ml';

/** What an attribute of a node is set to; a text among numbers or texts is an attribute of texts. */
type AttributeValue = number | string | readonly number[] | readonly string[];

/** What a value of the graph is made of. */
type ElementName = keyof typeof elementType;

/** An operator and how it is set. */
interface Operation {
  readonly type: string;
  /** Where it comes from; the standard operators without. */
  readonly domain?: typeof machineLearning;
  readonly inputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/**
 * Puts a graph together, operator after operator. Values are named by what they are; a name that a column has
 * taken already is completed by a number.
 */
export class GraphBuilder {
  readonly #taken: Set<string>;
  readonly #nodes: OnnxNode[] = [];
  readonly #tensors: OnnxTensor[] = [];
  readonly #inputs: OnnxValue[] = [];
  readonly #outputs: OnnxValue[] = [];

  /** `reserved` are the names of the inputs, which stay as they are. */
  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  /** A column of the table: rows x 1. */
  input(name: string, element: ElementName, documentation: string): string {
    this.#inputs.push(describedValue(name, element, ['rows', 1], documentation));
    return name;
  }

  /** What an operation gives, under a name like `wanted`. */
  node(wanted: string, { type, domain, inputs, attributes = {} }: Operation): string {
    const name = this.#free(wanted);
    this.#nodes.push({
      op_type: type,
      domain: domain ?? '',
      name,
      input: inputs,
      output: [name],
      attribute: Object.entries(attributes).map(([key, value]) => attributeOf(key, value)),
    });
    return name;
  }

  /** Constant numbers of this shape, row-major, in double precision. */
  doubles(wanted: string, shape: readonly number[], values: ArrayLike<number>): string {
    const bytes = new Uint8Array(values.length * 8);
    const view = new DataView(bytes.buffer);
    for (let k = 0; k < values.length; k++) view.setFloat64(k * 8, values[k] ?? Number.NaN, true);
    return this.#tensor(wanted, shape, elementType.double, bytes);
  }

  /** The same in single precision. */
  floats(wanted: string, shape: readonly number[], values: ArrayLike<number>): string {
    const bytes = new Uint8Array(values.length * 4);
    const view = new DataView(bytes.buffer);
    for (let k = 0; k < values.length; k++) view.setFloat32(k * 4, values[k] ?? Number.NaN, true);
    return this.#tensor(wanted, shape, elementType.float, bytes);
  }

  /** A value as another sort of element. */
  cast(wanted: string, value: string, element: ElementName): string {
    return this.node(wanted, { type: 'Cast', inputs: [value], attributes: { to: elementType[element] } });
  }

  /** Constant whole numbers in a row, or a single one without a shape. */
  integers(wanted: string, values: readonly number[] | number): string {
    const list = typeof values === 'number' ? [values] : values;
    const bytes = new Uint8Array(list.length * 8);
    const view = new DataView(bytes.buffer);
    list.forEach((value, k) => {
      view.setBigInt64(k * 8, BigInt(value), true);
    });
    return this.#tensor(wanted, typeof values === 'number' ? [] : [list.length], elementType.int64, bytes);
  }

  /** Hands a value out under this name. */
  output(value: string, name: string, element: ElementName, shape: Shape, documentation: string): void {
    this.#nodes.push({
      op_type: 'Identity',
      domain: '',
      name,
      input: [value],
      output: [name],
      attribute: [],
    });
    this.#outputs.push(describedValue(name, element, shape, documentation));
  }

  /** A name that nothing has yet, for an output. */
  reserve(wanted: string): string {
    return this.#free(wanted);
  }

  graph(name: string, documentation: string): OnnxGraph {
    return {
      name,
      doc_string: documentation,
      node: this.#nodes,
      initializer: this.#tensors,
      input: this.#inputs,
      output: this.#outputs,
    };
  }

  #tensor(wanted: string, dims: readonly number[], type: number, bytes: Uint8Array): string {
    const name = this.#free(wanted);
    this.#tensors.push({ name, dims, data_type: type, raw_data: bytes });
    return name;
  }

  #free(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}_${number}`;
    this.#taken.add(name);
    return name;
  }
}

type Shape = readonly (number | string)[];

function describedValue(name: string, element: ElementName, shape: Shape, documentation: string): OnnxValue {
  const dim = shape.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }));
  return {
    name,
    doc_string: documentation,
    type: { tensor_type: { elem_type: elementType[element], shape: { dim } } },
  };
}

function attributeOf(name: string, value: AttributeValue): OnnxAttribute {
  if (typeof value === 'number') return { name, type: attributeType.int, i: value };
  if (typeof value === 'string') return { name, type: attributeType.string, s: encoded(value) };
  if (value.every((item) => typeof item === 'number')) {
    return { name, type: attributeType.ints, ints: value };
  }
  return { name, type: attributeType.strings, strings: value.map((item) => encoded(String(item))) };
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
