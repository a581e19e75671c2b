import type { Store } from '../../../store/store.js';
import { DeviceServices, type DeviceServicesOptions } from './device-services.js';
import { ServiceDefinitions, type ServiceDefinitionsOptions } from './service-definitions.js';
import type { StoredServices } from './stored-services.js';

/** All that concerns services, put together. */
export interface ServiceParts {
  definitions: ServiceDefinitions;
  onDevices: DeviceServices;
  /** What tasks leave behind. */
  stored: Pick<StoredServices, 'claim'>;
}

export function serviceParts(
  store: Store,
  options: ServiceDefinitionsOptions & DeviceServicesOptions & { stored: StoredServices },
): ServiceParts {
  return {
    definitions: new ServiceDefinitions(store, options),
    onDevices: new DeviceServices(store, options),
    stored: options.stored,
  };
}
