import type { IMapField, INamespace } from 'protobufjs/light.js';

const values: IMapField = { keyType: 'string', type: 'Value', id: 1 };

/**
 * The messages of TensorBoard's event files and of its plugin HParams, as far as they are written, as a descriptor of
 * protobufjs. Names and field numbers are those of TensorFlow (event.proto, summary.proto, tensor.proto), TensorBoard
 * (plugin_data.proto and api.proto of `plugins/hparams`) and Protocol Buffers (struct.proto).
 */
export const eventSchema: INamespace = {
  options: { syntax: 'proto3' },
  nested: {
    Event: {
      fields: {
        wall_time: { type: 'double', id: 1 },
        step: { type: 'int64', id: 2 },
        file_version: { type: 'string', id: 3 },
        summary: { type: 'Summary', id: 5 },
        session_log: { type: 'SessionLog', id: 7 },
      },
    },
    SessionLog: { fields: { status: { type: 'int32', id: 1 } } },
    Summary: { fields: { value: { rule: 'repeated', type: 'SummaryValue', id: 1 } } },
    SummaryValue: {
      // One of several is written even if it is 0.
      oneofs: { value: { oneof: ['simple_value', 'tensor'] } },
      fields: {
        tag: { type: 'string', id: 1 },
        simple_value: { type: 'float', id: 2 },
        tensor: { type: 'Tensor', id: 8 },
        metadata: { type: 'SummaryMetadata', id: 9 },
      },
    },
    SummaryMetadata: { fields: { plugin_data: { type: 'PluginData', id: 1 } } },
    PluginData: {
      fields: { plugin_name: { type: 'string', id: 1 }, content: { type: 'bytes', id: 2 } },
    },
    Tensor: {
      fields: {
        dtype: { type: 'int32', id: 1 },
        string_val: { rule: 'repeated', type: 'bytes', id: 8 },
      },
    },
    HParamsData: {
      fields: {
        experiment: { type: 'Experiment', id: 2 },
        session_start_info: { type: 'SessionStart', id: 3 },
        session_end_info: { type: 'SessionEnd', id: 4 },
      },
    },
    Experiment: {
      fields: {
        name: { type: 'string', id: 6 },
        time_created_secs: { type: 'double', id: 3 },
        hparam_infos: { rule: 'repeated', type: 'HParam', id: 4 },
        metric_infos: { rule: 'repeated', type: 'MetricInfo', id: 5 },
      },
    },
    HParam: {
      fields: {
        name: { type: 'string', id: 1 },
        type: { type: 'int32', id: 4 },
        domain_discrete: { type: 'ListValue', id: 5 },
        domain_interval: { type: 'Interval', id: 6 },
      },
    },
    Interval: { fields: { min_value: { type: 'double', id: 1 }, max_value: { type: 'double', id: 2 } } },
    MetricInfo: { fields: { name: { type: 'MetricName', id: 1 } } },
    MetricName: { fields: { tag: { type: 'string', id: 2 } } },
    SessionStart: {
      fields: {
        hparams: values,
        group_name: { type: 'string', id: 4 },
        start_time_secs: { type: 'double', id: 5 },
      },
    },
    SessionEnd: { fields: { status: { type: 'int32', id: 1 }, end_time_secs: { type: 'double', id: 2 } } },
    Value: {
      oneofs: { kind: { oneof: ['number_value', 'string_value', 'bool_value'] } },
      fields: {
        number_value: { type: 'double', id: 2 },
        string_value: { type: 'string', id: 3 },
        bool_value: { type: 'bool', id: 4 },
      },
    },
    ListValue: { fields: { values: { rule: 'repeated', type: 'Value', id: 1 } } },
  },
};
