/**
 * Defaults of attributes that the computed profile of a device gives (task-types.md): the expression of each by the short
 * name of the type. An attribute that is left out when a task is saved is stored as its expression, so that a setting
 * value that is changed later counts for the runs after it. Without the setting value the default of the schema counts.
 */
export const SV_DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  GetNames: { recursive: '${sv.gpnTraversal.toBoolean ? false}' },
  RefreshDataModel: { useQuota: '${sv.useRefreshDataModelQuota.toBoolean ? true}' },
  CwmpBestEffortRefresh: {
    useQuota: '${sv.useRefreshDataModelQuota.toBoolean ? true}',
    gpvBatchSize: '${sv.refreshDataModelGpvBatchSize.toInt ? 32}',
  },
  Refurbish: { retainedProperties: '${sv.propertiesRetainedOnRefurbish}' },
  Download: transfer('downloadTimeLimit'),
  Upload: transfer('uploadTimeLimit'),
  BackupConfiguration: transfer('uploadTimeLimit'),
  RestoreConfiguration: transfer('downloadTimeLimit'),
  DeployConfigurationTemplate: transfer('downloadTimeLimit'),
  FirmwareUpgrade: {
    ...transfer('upgradeTimeLimit'),
    versionChangeVerification: '${sv.fwUpgradeSuccessOnVersionChange.toBoolean ? false}',
  },
};

/** `baseUrl` is looked up by the protocol: `preferredPublicURLBaseHTTP` goes before `preferredPublicURLBase`. */
function transfer(limit: string): Readonly<Record<string, string>> {
  return {
    protocol: '${sv.transferProtocol}',
    baseUrl: '${sv.preferredPublicURLBaseHTTP ? sv.preferredPublicURLBase}',
    timeLimit: `\${sv.${limit}.toInt ? 0}`,
  };
}

/** The configuration with the expressions for what it leaves out; what is no record is left as it is. */
export function withSettingDefaults(type: string, config: unknown): unknown {
  const defaults = Object.hasOwn(SV_DEFAULTS, type) ? SV_DEFAULTS[type] : undefined;
  if (!defaults || typeof config !== 'object' || config === null || Array.isArray(config)) return config;
  return { ...defaults, ...config };
}

/** Names of the setting values that an attribute is filled in from. */
export function settingsOf(type: string, attribute: string): string[] {
  const expression = Object.hasOwn(SV_DEFAULTS, type) ? SV_DEFAULTS[type]?.[attribute] : undefined;
  return [...(expression ?? '').matchAll(/sv\.(\w+)/g)].flatMap(([, name]) => name ?? []);
}
