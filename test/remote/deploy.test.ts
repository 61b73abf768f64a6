import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { createProgram } from '../../src/cli/program.js';

const read = (name: string): string => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');

/** Whether the words are a command line that fitfirst takes. */
function isCommandLine([name = '', ...words]: readonly string[]): boolean {
  const command = createProgram().commands.find((one) => one.name() === name);
  return command !== undefined && command.parseOptions(words).unknown.length === 0;
}

const service = z.looseObject({
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
});

describe('the files in deploy', () => {
  it('compose.yaml starts Redis with an append-only file and without eviction, a driver and workers', () => {
    const { services } = z
      .object({ services: z.object({ redis: service, driver: service, worker: service }) })
      .parse(parse(read('compose.yaml'), { merge: true }));

    const redis = services.redis.command.join(' ');
    expect(redis).toContain('--appendonly yes');
    expect(redis).toContain('--maxmemory-policy noeviction');
    expect(isCommandLine(services.driver.command)).toBe(true);
    expect(isCommandLine(services.worker.command)).toBe(true);
    expect(services.worker.environment).toEqual(services.driver.environment);
  });

  it('kubernetes.yaml is a deployment of workers whose password is a secret', () => {
    const [document, ...others] = parseAllDocuments(read('kubernetes.yaml'));
    const variable = z.object({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: z.unknown().optional(),
    });
    const { kind, spec } = z
      .object({
        apiVersion: z.literal('apps/v1'),
        kind: z.literal('Deployment'),
        spec: z.object({
          selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
          template: z.object({
            metadata: z.object({ labels: z.record(z.string(), z.string()) }),
            spec: z.object({
              terminationGracePeriodSeconds: z.number().min(25),
              containers: z.array(z.object({ args: z.array(z.string()), env: z.array(variable) })).length(1),
            }),
          }),
        }),
      })
      .parse(document?.toJS());

    expect([kind, others, document?.errors]).toEqual(['Deployment', [], []]);
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
    const [container] = spec.template.spec.containers;
    expect(isCommandLine(container?.args ?? [])).toBe(true);
    const password = container?.env.find(({ name }) => name === 'FITFIRST_REDIS_PASSWORD');
    expect(password?.value).toBeUndefined();
    expect(password?.valueFrom).toHaveProperty('secretKeyRef');
  });

  it('Dockerfile has only known instructions, copies what the program needs and runs it without rights', () => {
    const lines = read('Dockerfile')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const known = /^(FROM|WORKDIR|COPY|RUN|USER|ENTRYPOINT) \S/;
    expect(lines.filter((line) => !known.test(line))).toEqual([]);
    for (const path of ['package.json', 'node_modules', 'dist'])
      expect(lines.some((line) => line.startsWith(`COPY --from=build /src/${path} `))).toBe(true);
    expect(lines.at(-1)).toBe('ENTRYPOINT ["node", "/app/dist/program/main.js"]');
    expect(lines.findIndex((line) => line.startsWith('USER node'))).toBeGreaterThan(0);
  });
});
