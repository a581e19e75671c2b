import { z } from 'zod';
import { cursor, flag, identity, limit, wholeNumber } from '../schemas/common.js';
import { alertList } from '../schemas/alert.js';
import { operation } from './operation.js';
import { listed } from './replies.js';

const tag = 'Alerts';
const query = {
  limit,
  cursor,
  raised: flag.optional().meta({ description: 'Left out: those that are raised and those that were' }),
  severity: wholeNumber(0, 10_000).optional().meta({ description: 'This or more' }),
  type: z.string().min(1).max(200).optional(),
};

export const listAlerts = operation('get', '/alerts', {
  id: 'listAlerts',
  tag,
  summary: 'Alerts of devices and groups, the one that changed last first',
  access: 'devices.read',
  query: { ...query, target: z.string().min(1).max(600).optional() },
  responses: { 200: listed(alertList, 'A page of alerts') },
});

export const listDeviceAlerts = operation('get', '/devices/{id}/alerts', {
  id: 'listDeviceAlerts',
  tag,
  summary: 'Alerts of a device, the one that changed last first',
  access: 'devices.read',
  params: { id: identity },
  query,
  responses: { 200: listed(alertList, 'A page of alerts') },
  problems: ['not-found'],
});
