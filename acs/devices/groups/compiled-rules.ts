import type { FieldIssue } from '../../../common/errors.js';
import {
  check,
  compile,
  EvaluationError,
  PLACES,
  type Environment,
  type Place,
} from '../../expressions/index.js';
import { dataModelView, deviceView } from '../device-view.js';
import { SECRET_MASK } from '../secret-paths.js';
import type { DeviceConditions, RuleExpressions, RuleSubject, RuleText } from './rule-expressions.js';
import { settingView } from './setting-view.js';

const { migrationCondition, migrationDestination } = PLACES;

/** Yields what ends in names of groups that many people see: secrets stay masked, whatever a rule asks for. */
const masked = (): string => SECRET_MASK;

/** Conditions in the language of expressions.md; `zone` = IANA zone of dates as text. */
export function compiledConditions({ zone }: { zone: string }): DeviceConditions {
  return {
    readsDataModel: (condition) => usesOf(condition, migrationCondition).has('dm'),
    holds: (condition, subject) => holdsIn(environmentOf(subject, zone), condition),
    issues: (condition, pointer) => issuesOf(condition, migrationCondition, pointer),
  };
}

/** Migration rules in the same language. */
export function compiledRules({ zone }: { zone: string }): RuleExpressions {
  const conditions = compiledConditions({ zone });
  return {
    readsDataModel: ({ condition, destination }) =>
      conditions.readsDataModel(condition) || usesOf(destination, migrationDestination).has('dm'),

    evaluate: ({ condition, destination }, subject) => {
      const environment = environmentOf(subject, zone);
      if (!holdsIn(environment, condition)) return { holds: false, destination: null };
      const value = compile(destination, migrationDestination).evaluate(environment);
      if (value !== null && typeof value !== 'string')
        throw new EvaluationError('argument', 'A destination is a text');
      return { holds: true, destination: value };
    },

    issues: ({ condition, destination }: RuleText) => [
      ...conditions.issues(condition, '/condition'),
      ...issuesOf(destination, migrationDestination, '/destination'),
    ],
  };
}

function holdsIn(environment: Environment, condition: string): boolean {
  return compile(condition, migrationCondition).evaluate(environment) === true;
}

function environmentOf(subject: RuleSubject, zone: string): Environment {
  const { groups, known, parameters, now } = subject;
  const device = { ...subject.device, groups: [...groups] };
  return {
    now,
    zone,
    device: deviceView(device, { tree: known.tree }),
    sv: settingView(device, known, masked),
    ...(parameters && { dm: dataModelView(parameters, device.root, { masked: true }) }),
  };
}

/** Of a text that cannot be compiled nothing is used; evaluating it says why. */
function usesOf(text: string, place: Place): ReadonlySet<string> {
  return check(text, place).length > 0 ? NOTHING : compile(text, place).uses.contexts;
}

const NOTHING: ReadonlySet<string> = new Set();

function issuesOf(text: string, place: Place, pointer: string): FieldIssue[] {
  return check(text, place).map(({ message, from }) => ({
    pointer,
    code: 'expression',
    message: `${message} (column ${from + 1})`,
  }));
}
