import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type S3Environment, type S3World, s3Environment } from './s3-environment.ts';

/** Ceph's S3 server, with a cluster of one in memory: real signatures, real conditions. */
export interface Radosgw extends S3World {
  /** Another user, who owns nothing. */
  readonly stranger: S3Environment;
}

/** Starting takes 13 s on a quiet machine. */
const START_MS = 120_000;

const POLL_MS = 200;

const OBJECTS_BYTES = 2 * 1024 ** 3;

const run = promisify(execFile);

/** Starts it in a folder of its own, on loopback; everything ends and goes with `close`. */
export async function startRadosgw(): Promise<Radosgw> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-rgw-'));
  const [monitorPort, port] = [await freePort(), await freePort()];
  const conf = join(folder, 'ceph.conf');
  const fsid = crypto.randomUUID();
  await writeFile(conf, configuration(folder, { fsid, monitorPort, port }));
  for (const name of ['mon', 'osd', 'rgw', 'run']) await mkdir(join(folder, name));
  // The last one started ends first.
  const daemons: ChildProcess[] = [];
  const tool = (name: string, ...args: string[]) => run(name, ['-c', conf, ...args]);
  const daemon = (name: string, ...args: string[]) => {
    daemons.unshift(spawn(name, ['-c', conf, '--foreground', ...args], { stdio: 'ignore' }));
  };
  const close = async () => {
    for (const child of daemons) await killed(child);
    await rm(folder, { recursive: true });
  };
  try {
    const map = join(folder, 'monmap');
    const monitor = `[v2:127.0.0.1:${monitorPort}]`;
    await run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', monitor, map]);
    await tool('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map);
    daemon('ceph-mon', '-i', 'a');
    await until('the monitor', async () => {
      await tool('ceph', '--connect-timeout', '5', 'osd', 'create', fsid);
      return true;
    });
    await tool('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', fsid);
    daemon('ceph-osd', '-i', '0');
    await until('the disk', async () => {
      const { stdout } = await tool('ceph', 'osd', 'stat');
      return stdout.includes('1 up');
    });
    daemon('radosgw', '-n', 'client.rgw.a');
    await until('the gateway', () => listens(port));
    const user = async (name: string): Promise<S3Environment> => {
      const environment = s3Environment(port, `${name}-access`, `${name}-secret`);
      const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = environment;
      const keys = ['--access-key', id, '--secret-key', secret];
      await tool('radosgw-admin', 'user', 'create', '--uid', name, '--display-name', name, ...keys);
      return environment;
    };
    return { environment: await user('owner'), stranger: await user('stranger'), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Place {
  readonly fsid: string;
  readonly monitorPort: number;
  readonly port: number;
}

function configuration(folder: string, { fsid, monitorPort, port }: Place): string {
  return `[global]
fsid = ${fsid}
mon host = [v2:127.0.0.1:${monitorPort}]
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv4 = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data avail crit = 1
osd objectstore = memstore
memstore device bytes = ${OBJECTS_BYTES}
mon data = ${folder}/mon
osd data = ${folder}/osd
rgw data = ${folder}/rgw
run dir = ${folder}/run
admin socket = ${folder}/run/$name.asok
pid file = ${folder}/run/$name.pid
log file = ${folder}/run/$name.log
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw dns name = localhost
`;
}

/** Waits for what comes by itself. */
async function until(what: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; waitedMs < START_MS; waitedMs += POLL_MS) {
    if (await isThere().catch(() => false)) return;
    await sleep(POLL_MS);
  }
  throw new Error(`${what} of radosgw did not come.`);
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
  return true;
}
