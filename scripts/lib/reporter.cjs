// Mocha's own spec reporter, which also writes the counts as JSON to the file given by the option `output`.
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(
        options.reporterOptions.output,
        JSON.stringify({ passed: passes, failed: failures, skipped: pending }),
      );
    });
  }
};
