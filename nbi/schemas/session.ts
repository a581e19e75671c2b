import { z } from 'zod';
import { CONNECTION_OUTCOMES } from '../../store/models/connection-request.js';
import { identity, page, time } from './common.js';

export const inform = z.object({ code: z.string(), commandKey: z.string() }).meta({ id: 'InformEvent' });

const sessionFields = {
  id: z.string(),
  device: identity,
  startedAt: time,
  endedAt: time,
  end: z.string().meta({
    description: '`complete`, or why it ended otherwise',
    examples: ['complete', 'disconnected', 'timeout', 'superseded', 'protocol-error', 'shutdown'],
  }),
  events: z.array(inform),
  sourceIp: z.string(),
  tls: z.boolean(),
  cwmpVersion: z.string(),
  rpcCount: z.number().int(),
  faults: z.number().int(),
  bytesIn: z.number().int(),
  bytesOut: z.number().int(),
  tasks: z.array(z.string()).meta({ description: 'Tasks that had their turn, in order' }),
  duration: z.string().meta({ format: 'duration', examples: ['PT1.250S'] }),
};

export const session = z.object(sessionFields).meta({ id: 'Session' });
export const sessionList = page(session, 'SessionList');

export const sessionRpc = z
  .object({
    offset: z.number().int().meta({ description: 'Milliseconds since the session began' }),
    from: z.enum(['cpe', 'acs']),
    message: z.string().meta({ examples: ['SetParameterValuesResponse'] }),
    about: z.string(),
    bytes: z.number().int(),
    task: z.string().nullable(),
    fault: z.object({ code: z.number().int(), text: z.string() }).nullable(),
  })
  .meta({ id: 'SessionRpc' });

export const sessionDetails = z
  .object({ ...sessionFields, rpcs: z.array(sessionRpc), warnings: z.array(z.string()) })
  .meta({ id: 'SessionDetails' });

export const connectionOutcome = z.enum(CONNECTION_OUTCOMES).meta({ id: 'ConnectionOutcome' });

export const connectionRequest = z
  .object({
    id: z.string(),
    device: identity,
    user: z.string(),
    requestedAt: time,
    outcome: connectionOutcome,
    attempts: z.array(
      z.object({
        at: time,
        url: z.string(),
        status: z.number().int().nullable(),
        outcome: connectionOutcome,
        duration: z.number().meta({ description: 'Milliseconds' }),
        detail: z.string(),
      }),
    ),
    acceptedAt: time.nullable(),
    cameAt: time.nullable().meta({ description: 'When the Inform with `6 CONNECTION REQUEST` came' }),
    nextAttemptAt: time.nullable(),
    open: z.boolean().meta({ description: 'True until a final outcome is known' }),
  })
  .meta({ id: 'ConnectionRequest' });
export const connectionRequestList = page(connectionRequest, 'ConnectionRequestList');
