import { CONFIGURATION_TEMPLATES } from './configuration-templates.js';
import { FIRMWARE_TEMPLATES } from './firmware-templates.js';
import { OBSERVATION_TEMPLATES } from './observation-templates.js';
import { RESTART_TEMPLATES } from './restart-templates.js';
import type { StartingTemplate } from './starting-template.js';
import { WIFI_TEMPLATES } from './wifi-templates.js';

/** The templates and quick fixes of a new installation (templates-quickfixes.md §7). */
export const STARTING_SET: readonly StartingTemplate[] = [
  ...RESTART_TEMPLATES,
  ...WIFI_TEMPLATES,
  ...CONFIGURATION_TEMPLATES,
  ...FIRMWARE_TEMPLATES,
  ...OBSERVATION_TEMPLATES,
];
