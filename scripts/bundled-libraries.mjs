/** The libraries, each with the name of its file. Those of one group share code, such as the state of React. */
export const groups = [
  { commander: 'commander' },
  {
    'echarts/charts': 'echarts-charts',
    'echarts/components': 'echarts-components',
    'echarts/core': 'echarts',
    'echarts/renderers': 'echarts-renderers',
  },
  { ink: 'ink', react: 'react', 'react/jsx-runtime': 'react-jsx-runtime' },
  { 'protobufjs/light.js': 'protobufjs', 'protobufjs/minimal.js': 'protobufjs-minimal' },
  { 'smol-toml': 'smol-toml' },
  { yaml: 'yaml' },
  { zod: 'zod' },
];

/** Each library with the name of its file. */
export function bundledLibraries() {
  return groups.flatMap((group) => Object.entries(group));
}
