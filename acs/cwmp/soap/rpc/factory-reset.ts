import type { AcsRpcDefinition } from './definition.js';

export const factoryReset: AcsRpcDefinition<'FactoryReset'> = {
  write: () => '',
  read: () => ({ method: 'FactoryReset' }),
};
