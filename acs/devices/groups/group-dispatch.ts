import type { Clock } from '../../../common/clock.js';
import type { Log } from '../../../common/log.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { MigrationRuleRecord } from '../../../store/models/migration-rule.js';
import type { ParameterTree } from '../parameter-tree.js';
import { destinationOf, newGroupDomain } from './destination.js';
import { deviceTypeOf, withDeviceType, type TypeFacts } from './device-type.js';
import type { GroupCache, GroupKnowledge } from './group-cache.js';
import { ancestorsOf, DEVICE_TYPES, isDeviceType } from './group-name.js';
import type { Groups } from './groups.js';
import { judge, type Judgement, type Verdict } from './judge.js';
import type { By, ChangedMembership, Memberships } from './memberships.js';
import type { RuleExpressions } from './rule-expressions.js';
import type { RuleFailures } from './rule-failures.js';

export interface GroupDispatchOptions {
  cache: GroupCache;
  groups: Groups;
  memberships: Memberships;
  expressions: RuleExpressions;
  failures: RuleFailures;
  clock: Clock;
  log: Log;
}

export interface DispatchInput {
  /** As known now. */
  device: DeviceRecord;
  /** Loads the data model; called only when a rule reads it. */
  parameters: () => Promise<ParameterTree>;
  /** Newer than in the record, for the device type. */
  facts?: Partial<TypeFacts>;
  /** False = what the device is, is still to be found out: it gets no device type yet. */
  placed?: boolean;
  /** The session that does it; left out = no session. */
  fence?: number;
}

/** Null in `changed` = everything stays. */
export interface Dispatched {
  changed: ChangedMembership | null;
  /** For the session's record. */
  warnings: string[];
}

type RuleJudgement = Judgement<MigrationRuleRecord>;

/** The device's groups changed under our eyes so often that we leave it to the next dispatch. */
const ATTEMPTS = 5;
const NOTHING: Dispatched = { changed: null, warnings: [] };

/**
 * Puts a device into its device-type group and lets the migration rules of its groups decide on the others
 * (groups-profiles.md §1, §4). Costs no store operation while nothing changes and no rule reads the data model.
 */
export class GroupDispatch {
  readonly #options: GroupDispatchOptions;

  constructor(options: GroupDispatchOptions) {
    this.#options = options;
  }

  async run(input: DispatchInput): Promise<Dispatched> {
    const { cache, memberships } = this.#options;
    let { device } = input;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = await cache.current();
      const leaf = deviceTypeOf({ ...device, ...input.facts });
      const groups = [...(input.placed === false ? device.groups : withDeviceType(device.groups, leaf))];
      const judgement = await this.#judge({ ...device, groups }, input, known);
      await this.#countErrors(judgement, device._id);
      const warnings = judgement.stopped
        ? [`The migration rules were stopped after ${judgement.evaluated} of them`]
        : [];
      for (const warning of warnings) this.#options.log.warn({ device: device._id }, warning);
      if (sameList(judgement.groups, device.groups)) return { changed: null, warnings };
      await this.#make(device, judgement, known);
      const race: { groups: readonly string[] | null } = { groups: null };
      const changed = await memberships.change(
        device._id,
        byOf(judgement),
        (present) => {
          if (sameList(present, device.groups)) return judgement.groups;
          race.groups = present;
          return present;
        },
        input.fence === undefined
          ? undefined
          : { fence: input.fence, groups: device.groups, domain: device.domain },
      );
      if (!race.groups) return { changed, warnings };
      device = { ...device, groups: [...race.groups] };
    }
    this.#options.log.warn({ device: device._id }, 'the groups of a device change all the time');
    return NOTHING;
  }

  /** What the rules say of a device as it is; the data model is loaded only when one of them reads it. */
  async #judge(device: DeviceRecord, input: DispatchInput, known: GroupKnowledge): Promise<RuleJudgement> {
    const { tree } = known;
    const base = device.groups;
    const nothing: RuleJudgement = { groups: base, steps: [], errors: [], evaluated: 0, stopped: false };
    if (!tree.hasRules) return nothing;
    let parameters: ParameterTree | null = null;
    for (;;) {
      const wanting = { dataModel: false };
      const evaluate = (rule: MigrationRuleRecord, groups: readonly string[]): Verdict => {
        if (parameters === null && this.#options.expressions.readsDataModel(rule)) {
          wanting.dataModel = true;
          return { error: 'the data model is not loaded' };
        }
        return this.verdict(rule, { ...device, groups: [...groups] }, known, parameters);
      };
      const judgement = judge<MigrationRuleRecord>({
        groups: base,
        rulesOf: (group) => tree.rules(group),
        priorityOf: (group) => tree.priority(group),
        evaluate,
      });
      if (!wanting.dataModel) return judgement;
      parameters = await input.parameters();
    }
  }

  /** What one rule says of one device; its failures are verdicts too. */
  verdict(
    rule: Pick<MigrationRuleRecord, 'group' | 'condition' | 'destination'>,
    device: DeviceRecord,
    known: GroupKnowledge,
    parameters: ParameterTree | null,
  ): Verdict {
    const { expressions, clock } = this.#options;
    const source = known.tree.get(rule.group);
    if (!source) return { holds: false, destinations: [] };
    try {
      const subject = { device, groups: device.groups, known, parameters, now: clock.now() };
      const { holds, destination } = expressions.evaluate(rule, subject);
      if (!holds) return { holds, destinations: [] };
      if (destination === null || destination.trim() === '') return { error: 'The destination is empty' };
      const found = destinationOf(destination.trim(), source, known.tree);
      return 'error' in found ? found : { holds, destinations: found.groups };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  async #make(device: DeviceRecord, judgement: RuleJudgement, { tree }: GroupKnowledge): Promise<void> {
    const { groups } = this.#options;
    for (const group of judgement.groups) {
      if (tree.has(group)) continue;
      if (isDeviceType(group)) {
        const maker = ancestorsOf(group).find((name) => ancestorsOf(name).at(-1) === DEVICE_TYPES);
        await groups.ensure([group], {
          ...{ by: 'system', domain: '/' },
          ...(maker !== undefined && { descriptions: new Map([[maker, device.manufacturer]]) }),
        });
        continue;
      }
      const rule = judgement.steps.find(({ joined }) => joined.includes(group))?.rule;
      const source = rule && tree.get(rule.group);
      if (!source) continue;
      const domain = newGroupDomain(group, source, tree) ?? source.domain;
      await groups.ensure([group], { by: `rule ${rule._id}`, domain, rule: rule._id });
    }
  }

  async #countErrors({ errors }: RuleJudgement, device: string): Promise<void> {
    for (const { rule, message } of errors) await this.#options.failures.add(rule._id, device, message);
  }
}

function byOf({ steps }: RuleJudgement): (group: string) => By {
  return (group) => {
    if (isDeviceType(group)) return { actor: 'device-type', id: 'inform' };
    const step = steps.findLast(({ joined, left }) => joined.includes(group) || left.includes(group));
    return { actor: 'rule', id: step?.rule._id ?? '' };
  };
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
