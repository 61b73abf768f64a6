import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { RedisPlace } from './redis-server.js';

const run = promisify(execFile);
const ip = (...words: readonly string[]): Promise<unknown> => run('ip', words);
const nameOf = (id: string, host: string): string => `ff-${id}-${host}`;

/**
 * Whether hosts can be made here: that needs Linux, root with CAP_NET_ADMIN and CAP_SYS_ADMIN, and the programs `ip`
 * (Debian's iproute2), `nsenter` and `unshare`.
 */
export const hasNetworkHosts: boolean = canMakeHosts();

function canMakeHosts(): boolean {
  const name = nameOf(randomBytes(3).toString('hex'), 'probe');
  const works = (program: string, ...words: string[]): boolean => spawnSync(program, words).status === 0;
  if (!works('ip', 'netns', 'add', name)) return false;
  const canLink = ['bridge', 'veth'].every((type) =>
    works('ip', '-n', name, 'link', 'add', 'name', type, 'type', type),
  );
  const [program = '', ...args] = commandOn(name, 'probe');
  const canEnter = works(program, ...args, 'true');
  return works('ip', 'netns', 'delete', name) && canLink && canEnter;
}

/** A host with its own network, host name and processes that are started on it. Files are those of this machine. */
export interface NetworkHost {
  readonly name: string;
  /** A command on this host: the program and its first arguments. */
  readonly command: readonly string[];
  /** Cuts its cable: nothing gets through, and neither side is notified. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Hosts that are connected to one in the middle, and to nothing else. */
export interface NetworkHosts extends AsyncDisposable {
  readonly hosts: readonly NetworkHost[];
  /** The one in the middle. */
  readonly centre: RedisPlace;
  /** Resolves when the one in the middle tries no more to end the connections of programs that were killed there. */
  untilForgotten(): Promise<void>;
}

const CENTRE = 'centre';
const ADDRESS = '10.0.0.1';

/** Makes hosts, each in network and UTS namespaces of its own. */
export async function makeNetworkHosts(...names: readonly string[]): Promise<NetworkHosts> {
  const id = randomBytes(3).toString('hex');
  const made: string[] = [];
  const make = async (host: string): Promise<void> => {
    await ip('netns', 'add', nameOf(id, host));
    made.push(nameOf(id, host));
    await ip('-n', nameOf(id, host), 'link', 'set', 'lo', 'up');
  };
  const dispose = async (): Promise<void> => {
    for (const name of made.reverse()) await ip('netns', 'delete', name);
  };
  try {
    await make(CENTRE);
    const centre = nameOf(id, CENTRE);
    // An address of its own: packets for that of a port would get through although its cable is cut.
    const bridge = ['name', 'bridge', 'address', '02:00:00:00:00:01', 'type', 'bridge'];
    await ip('-n', centre, 'link', 'add', ...bridge);
    await ip('-n', centre, 'addr', 'add', `${ADDRESS}/24`, 'dev', 'bridge');
    await ip('-n', centre, 'link', 'set', 'bridge', 'up');
    const place = { command: commandOn(centre, CENTRE), address: ADDRESS };
    const [program = '', ...args] = place.command;
    // Soon after the death of a program its connections are forgotten, as in a power failure.
    await run(program, [...args, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/tcp_orphan_retries']);
    const hosts: NetworkHost[] = [];
    for (const [place, name] of names.entries()) {
      await make(name);
      const cable = `to-${name}`;
      const own = nameOf(id, name);
      await ip(
        '-n',
        centre,
        'link',
        'add',
        'name',
        cable,
        'type',
        'veth',
        'peer',
        'name',
        'eth0',
        'netns',
        own,
      );
      await ip('-n', centre, 'link', 'set', cable, 'master', 'bridge', 'up');
      await ip('-n', own, 'addr', 'add', `10.0.0.${place + 2}/24`, 'dev', 'eth0');
      await ip('-n', own, 'link', 'set', 'eth0', 'up');
      hosts.push({
        name,
        command: commandOn(own, name),
        async cut() {
          await ip('-n', centre, 'link', 'set', cable, 'nomaster');
        },
        async mend() {
          await ip('-n', centre, 'link', 'set', cable, 'master', 'bridge');
        },
      });
    }
    const untilForgotten = async (): Promise<void> => {
      const list = [...args, 'ss', '--no-header', '--tcp', 'state', 'fin-wait-1'];
      // There is no event to wait for.
      while ((await run(program, list)).stdout !== '') await pause(50);
    };
    return { hosts, centre: place, untilForgotten, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** `exec` all the way, so that signals reach the program. */
function commandOn(namespace: string, name: string): readonly string[] {
  const shell = ['sh', '-c', 'hostname "$0" && exec "$@"', name];
  return ['nsenter', `--net=/run/netns/${namespace}`, 'unshare', '--uts', ...shell];
}
