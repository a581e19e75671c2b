import { ProvostError } from '../../../common/errors.js';
import type { TaskConfig } from '../../../store/models/task.js';
import type { TemplateParameter } from '../../../store/models/template.js';
import type { ExpressionViews } from '../expression-conditions.js';
import type { AlertDesk } from './alert-desk.js';
import type { ConnectionDesk } from './connection-desk.js';
import type { GroupDesk } from './group-desk.js';
import type { LimiterDesk } from './limiter-desk.js';
import type { MailSender, ShellClient, SnmpClient, SshHost, TelnetHost } from './notifiers.js';
import type { ResourceDesk } from './resource-desk.js';
import type { RestClient } from './rest-client.js';
import type { ServiceDesk } from './service-desk.js';

/** A template as a workflow runs it. */
export interface TemplateOffer {
  type: string;
  config: TaskConfig;
  parameters: readonly TemplateParameter[];
}

/** Other devices and what is kept beside this one; `acs/devices` and the store are behind it. */
export interface NeighbourDesk {
  /** A property of another device; `reach` is the domain that it must lie in. Null = no such device or property there. */
  property(device: string, name: string, reach: string): Promise<string | null>;
  setDomain(device: string, domain: string): Promise<void>;
  /** Keeps the rule, and whether this device has the relation, to which device; null = it has not. */
  relate(rule: RelationRule, device: string, target: string | null): Promise<void>;
}

export interface RelationRule {
  name: string;
  task: string;
  condition: string;
  target: string;
}

/** What a workflow reaches besides its device. What is not there is switched off, and `off` says by which setting. */
export interface WorkflowPorts {
  alerts: AlertDesk;
  limiter: LimiterDesk;
  neighbours: NeighbourDesk;
  connections?: ConnectionDesk;
  groups?: GroupDesk;
  resources?: ResourceDesk;
  services?: ServiceDesk;
  /** A template in reach of a domain by its name; null = there is none. */
  template?: (name: string, domain: string) => Promise<TemplateOffer | null>;
  /** What expressions see of the device. */
  views: ExpressionViews;
  rest?: RestClient;
  mail?: MailSender;
  snmp?: SnmpClient;
  ssh?: ShellClient<SshHost>;
  telnet?: ShellClient<TelnetHost>;
}

/** There was no answer of another machine; the text may be shown. */
export class OutboundFailure extends ProvostError {
  readonly code = 'outbound';
}
