/** Keys of services: parts of the names of properties, and of fields of a device's record. */
export const SERVICE_KEY = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
export const SERVICE_KEY_RULE = 'Must begin with a letter and have at most 64 letters, digits, "_" and "-"';

/** The type of the tasks that switch services. */
export const SERVICE_TASK = 'ServiceManagement';

/** The property by which a group, or a device, offers a service: `true` = it does (groups-profiles.md §8). */
export const availabilityOf = (key: string): string => `services.available.${key}`;

/** What a value of that property means. */
export const isOffered = (value: string | null | undefined): boolean => value === 'true';

/** The device's property that says `enabled` or `disabled` (task-types.md §6.2). */
export const stateProperty = (key: string): string => `service.${key}`;
