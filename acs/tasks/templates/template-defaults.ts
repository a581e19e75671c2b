import type { Clock } from '../../../common/clock.js';
import { NotFoundError, ValidationError } from '../../../common/errors.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { TemplateParameter } from '../../../store/models/template.js';
import {
  check,
  compile,
  EvaluationError,
  PLACES,
  T,
  type Environment,
  type ExpressionIssue,
} from '../../expressions/index.js';
import type { ExpressionViews } from '../expression-conditions.js';

const PLACE = PLACES.templateDefault(T.string);

/** What is wrong with the text of a default; empty = nothing, or it is no expression. */
export function checkDefault(text: string): readonly ExpressionIssue[] {
  return text.includes('${') ? check(text, PLACE) : [];
}

export interface TemplateDefaultsParts {
  clock: Clock;
  views: Pick<ExpressionViews, 'device' | 'sv' | 'zone'>;
  /** The device's record; throws `NotFoundError`. */
  device: (id: string) => Promise<DeviceRecord>;
}

/**
 * Evaluates defaults that are expressions over device and setting values, for one device; null becomes the empty text.
 * Throws `ValidationError` with a pointer to each parameter whose default has no value there.
 */
export function templateDefaults({ clock, views, device }: TemplateDefaultsParts) {
  return async (
    parameters: readonly TemplateParameter[],
    id: string,
  ): Promise<ReadonlyMap<string, string>> => {
    const record = await device(id).catch((error: unknown) => {
      if (error instanceof NotFoundError) throw ValidationError.of('/device', error.message, 'not-found');
      throw error;
    });
    const [view, sv] = await Promise.all([views.device(record), views.sv(record)]);
    const environment: Environment = { now: clock.now(), zone: views.zone, device: view, sv };
    return new Map(parameters.map((parameter) => [parameter.name, valueOf(parameter, environment)]));
  };
}

function valueOf(parameter: TemplateParameter, environment: Environment): string {
  try {
    const value = compile(parameter.default, PLACE).evaluate(environment);
    return typeof value === 'string' ? value : '';
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw ValidationError.of(
      `/parameters/${parameter.name}`,
      `Its default has no value for this device (${error.message}); give one`,
      'default',
    );
  }
}
