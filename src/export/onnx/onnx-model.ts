import protobuf from 'protobufjs/light.js';
import { onnxSchema } from './onnx-schema.js';

/** The messages of an ONNX model with the names of the public schema; see `onnxSchema`. */
export interface OnnxModel {
  readonly ir_version: number;
  readonly producer_name: string;
  readonly producer_version: string;
  readonly doc_string: string;
  readonly opset_import: readonly { readonly domain: string; readonly version: number }[];
  readonly metadata_props: readonly { readonly key: string; readonly value: string }[];
  readonly graph: OnnxGraph;
}

export interface OnnxGraph {
  readonly name: string;
  readonly doc_string: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  readonly input: readonly OnnxValue[];
  readonly output: readonly OnnxValue[];
}

export interface OnnxNode {
  readonly op_type: string;
  readonly domain: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

export type OnnxAttribute = { readonly name: string; readonly type: number } & (
  | { readonly i: number }
  | { readonly s: Uint8Array }
  | { readonly ints: readonly number[] }
  | { readonly strings: readonly Uint8Array[] }
);

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data_type: number;
  /** The numbers, little-endian, row-major. */
  readonly raw_data: Uint8Array;
}

/** An input or output of the graph. */
export interface OnnxValue {
  readonly name: string;
  readonly doc_string: string;
  readonly type: {
    readonly tensor_type: {
      readonly elem_type: number;
      readonly shape: {
        readonly dim: readonly ({ readonly dim_value: number } | { readonly dim_param: string })[];
      };
    };
  };
}

const message = protobuf.Root.fromJSON(onnxSchema).lookupType('onnx.ModelProto');

/** A model as the bytes of an `.onnx` file; equal models give equal bytes. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  return message.encode(message.create(model)).finish();
}
