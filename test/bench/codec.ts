import type { AcsMessage } from '../../acs/cwmp/soap/envelope.js';
import { build } from '../../acs/cwmp/soap/build.js';
import { parse } from '../../acs/cwmp/soap/parse.js';
import { inform, values } from '../acs/cwmp/envelopes.js';

export interface CodecFigure {
  name: string;
  /** Bytes of the envelope. */
  bytes: number;
  /** Microseconds of CPU for one. */
  microseconds: number;
}

const CONTEXT = { namespace: 'urn:dslforum-org:cwmp-1-0', id: 'a-1' };

/** What reading and writing envelopes costs: a periodic Inform, an answer of 300 values, and the answers to them. */
export function runCodecBench(): CodecFigure[] {
  const periodic = Buffer.from(inform());
  const answer = Buffer.from(values(parameters(300), { id: 'a-1' }));
  const request: AcsMessage = {
    kind: 'request',
    request: {
      method: 'SetParameterValues',
      parameters: Object.entries(parameters(10)).map(([name, value]) => ({ name, value, type: 'string' })),
      parameterKey: 'key',
    },
  };
  return [
    figure('read a periodic Inform', periodic.length, () => parse(periodic)),
    figure('read a GetParameterValuesResponse of 300 values', answer.length, () => parse(answer)),
    figure('write an InformResponse', build({ kind: 'inform-response' }, CONTEXT).length, () =>
      build({ kind: 'inform-response' }, CONTEXT),
    ),
    figure('write a SetParameterValues of 10 values', build(request, CONTEXT).length, () =>
      build(request, CONTEXT),
    ),
  ];
}

function parameters(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `InternetGatewayDevice.LANDevice.1.Hosts.Host.${index + 1}.HostName`,
      `host-${index + 1}.example`,
    ]),
  );
}

/** Runs for half a second after warming up; CPU time, since other work on the machine must not count. */
function figure(name: string, bytes: number, work: () => unknown): CodecFigure {
  const warm = performance.now() + 200;
  while (performance.now() < warm) work();
  const end = performance.now() + 500;
  const before = process.cpuUsage();
  let runs = 0;
  while (performance.now() < end) {
    for (let burst = 0; burst < 10; burst += 1) work();
    runs += 10;
  }
  const { user, system } = process.cpuUsage(before);
  return { name, bytes, microseconds: (user + system) / runs };
}
