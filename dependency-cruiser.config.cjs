/** The arrows of docs/architecture.md: ui → nbi → acs → store, and what may not know of what. */
const deny = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    deny(
      'no-circular',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'Cycles hide what depends on what',
    ),
    deny(
      'common-is-lowest',
      { path: '^common/' },
      { path: '^(acs|nbi|ui|store|test|main|start|config)' },
      'common knows nothing of the rest',
    ),
    deny(
      'store-is-low',
      { path: '^store/(?!embedded/)' },
      { path: '^(acs|nbi|ui|test|main|start|config|store/embedded)' },
      'the models know nothing above them',
    ),
    deny(
      'embedded-store-is-alone',
      { path: '^store/embedded/' },
      { path: '^(acs|nbi|ui|common|test|main|start|config|store/(?!embedded/))' },
      'the embedded store knows nothing of the rest',
    ),
    deny(
      'nobody-reaches-into-the-embedded-store',
      { path: '^(acs|nbi|ui|store/(?!embedded/))' },
      { path: '^store/embedded/' },
      'it is reached by its wire protocol alone',
    ),
    deny(
      'acs-looks-down',
      { path: '^acs/' },
      { path: '^(nbi|ui|test|main|start|config)' },
      'acs does not know who uses it',
    ),
    deny(
      'cwmp-knows-no-tasks',
      { path: '^acs/cwmp/' },
      { path: '^acs/(?!cwmp/)' },
      'the session asks a Conductor',
    ),
    deny(
      'expressions-stand-alone',
      { path: '^acs/expressions/' },
      { path: '^(acs/(?!expressions/)|store/)' },
      'expressions see what their environment shows them and do no I/O',
    ),
    deny(
      'devices-know-the-store-only',
      { path: '^acs/devices/' },
      { path: '^acs/(?!devices/|expressions/index\\.ts)' },
      'inventory and trees stand alone',
    ),
    deny(
      'tasks-take-cwmp-types-only',
      { path: '^acs/tasks/' },
      {
        path: '^acs/(?!tasks/|devices/|expressions/index\\.ts|cwmp/(messages|conductor|cpe-fault|cwmp-protocol-error)\\.ts)',
      },
      'tasks yield requests; who sends them is not their business',
    ),
    deny(
      'files-know-the-store-only',
      { path: '^acs/files/' },
      { path: '^acs/(?!files/|tasks/file-desk\\.ts)' },
      'the file server implements what tasks ask of it',
    ),
    deny(
      'nbi-has-no-endpoint',
      { path: '^nbi/' },
      { path: '^(acs/cwmp/endpoint|ui|test|main|start|config)' },
      'the NBI uses services, not the CWMP listener',
    ),
    deny(
      'console-talks-http',
      { path: '^ui/' },
      { path: '^(acs|nbi|store|common|test|main|start|config)' },
      'the console knows the NBI over HTTP alone',
    ),
    deny(
      'simulator-is-independent',
      { path: '^test/cpe-simulator/' },
      { path: '^(acs|nbi|ui|store|common|main|start|config)' },
      'it must be able to say that the ACS is wrong',
    ),
    deny(
      'product-needs-no-tests',
      { path: '^(acs|nbi|store|common|config)' },
      { path: '^test/' },
      'tests look at the product, not the other way',
    ),
    deny('resolvable', { pathNot: '^scripts/' }, { couldNotResolve: true }, 'every import leads somewhere'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
