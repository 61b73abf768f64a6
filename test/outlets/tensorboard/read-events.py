"""
Reads event files of TensorBoard below a folder with the libraries of Google's Protocol Buffers and of CRC-32C for
Python, and prints them as JSON. The messages are declared here once more, from TensorFlow's and TensorBoard's files.
"""
import json
import os
import struct
import sys

import crc32c
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

TYPES = {"double": 1, "float": 2, "int64": 3, "int32": 5, "bool": 8, "string": 9, "bytes": 12}
MESSAGES = {
    "Event": "wall_time double 1, step int64 2, file_version string 3, summary Summary 5, session_log SessionLog 7",
    "SessionLog": "status int32 1",
    "Summary": "value Value* 1",
    "Value": "tag string 1, simple_value float 2, tensor Tensor 8, metadata Metadata 9",
    "Metadata": "plugin_data PluginData 1",
    "PluginData": "plugin_name string 1, content bytes 2",
    "Tensor": "dtype int32 1, string_val bytes* 8",
    "HParams": "version int32 1, experiment Experiment 2, session_start_info Start 3, session_end_info End 4",
    "Experiment": "name string 6, time_created_secs double 3, hparam_infos HParam* 4, metric_infos Metric* 5",
    "HParam": "name string 1, type int32 4, domain_discrete List 5, domain_interval Interval 6",
    "Interval": "min_value double 1, max_value double 2",
    "Metric": "name MetricName 1",
    "MetricName": "group string 1, tag string 2",
    "Start": "hparams Entry* 1, group_name string 4, start_time_secs double 5",
    "End": "status int32 1, end_time_secs double 2",
    "Entry": "key string 1, value Any 2",
    "Any": "number_value double 2, string_value string 3, bool_value bool 4",
    "List": "values Any* 1",
}
file = descriptor_pb2.FileDescriptorProto(name="events.proto", syntax="proto2")
for name, fields in MESSAGES.items():
    message = file.message_type.add(name=name)
    for field in fields.split(", "):
        key, kind, number = field.split(" ")
        repeated, kind = kind.endswith("*"), kind.rstrip("*")
        added = message.field.add(name=key, number=int(number), label=3 if repeated else 1, type=TYPES.get(kind, 11))
        if kind not in TYPES:
            added.type_name = f".{kind}"
pool = descriptor_pool.DescriptorPool()
pool.Add(file)
factory = message_factory.MessageFactory(pool)
Event = factory.GetPrototype(pool.FindMessageTypeByName("Event"))
HParams = factory.GetPrototype(pool.FindMessageTypeByName("HParams"))


def masked(data):
    crc = crc32c.crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def plain(message):
    return json_format.MessageToDict(message, preserving_proto_field_name=True)


def read(path):
    with open(path, "rb") as file:
        while head := file.read(12):
            length, check = struct.unpack("<QI", head)
            assert check == masked(head[:8]), "the checksum of a length"
            data = file.read(length)
            assert struct.unpack("<I", file.read(4))[0] == masked(data), "the checksum of a record"
            event = Event.FromString(data)
            found = plain(event)
            for value, shown in zip(event.summary.value, found.get("summary", {}).get("value", [])):
                if value.metadata.plugin_data.plugin_name == "hparams":
                    shown["hparams"] = plain(HParams.FromString(value.metadata.plugin_data.content))
                if value.tensor.string_val:
                    shown["text"] = value.tensor.string_val[0].decode()
            yield found


folder = sys.argv[1]
print(json.dumps({
    os.path.relpath(inner, folder): list(read(os.path.join(inner, name)))
    for inner, _, names in os.walk(folder)
    for name in names
}))
