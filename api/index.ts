/**
 * What a protocol outside this repository is written with: `import { defineProtocol } from 'rolecall'`. XState's words
 * and zod's `z` are handed on, so that roles are made by the very copies that run them.
 */
export { assertEvent, assign, cancel, emit, enqueueActions, fromPromise, log, raise, setup } from 'xstate';
export { z } from 'zod';
export { type Config, defineConfig } from '../cli/config/define.ts';
export { type RandomRun, type RunFailure, runs, type RunsOptions } from '../model/explore/runs.ts';
export { type ErrorKind, RolecallError } from '../model/kernel/errors.ts';
export type { Value, ValueRecord } from '../model/kernel/value.ts';
export { type FaultName, faultNames } from '../model/network/fault.ts';
export { given, line, mesh, randomRegular, star, type Topology } from '../model/network/topology.ts';
export { checkLinearizable, checkSequential, type OrderVerdict } from '../model/property/consistency/check.ts';
export { checkCloseToOpen } from '../model/property/consistency/close-to-open.ts';
export { checkEffects, type EffectEvent, effects, type EffectsType } from '../model/property/consistency/effects.ts';
export { checkSessions, type SessionQuestion } from '../model/property/consistency/sessions.ts';
export { checkTransactions, type TransactionQuestion, type TransactionVerdict } from '../model/property/consistency/transactions/check.ts';
export { history, operationsOf } from '../model/property/consistency/history.ts';
export { linearizable, type LinearizableType } from '../model/property/consistency/linearizable.ts';
export { models, registerOf } from '../model/property/consistency/objects.ts';
export type { Operation } from '../model/property/consistency/operation.ts';
export type { Reading } from '../model/property/consistency/reading.ts';
export type { Answer, Call, Ending, Specification } from '../model/property/consistency/specification.ts';
export {
  defineProperty,
  type InstanceView,
  type Heard,
  type Monitor,
  type Property,
  type PropertyType,
  type WorldOf,
  type WorldView,
} from '../model/property/property.ts';
export { defineProtocol, type ProtocolDefinition } from '../model/protocol/define.ts';
export { type Domain, type Mutant, nothing, type Protocol, type Roles } from '../model/protocol/protocol.ts';
export {
  type Bounds,
  host,
  hosts,
  type HostType,
  namedHost,
  type NetworkType,
  type ScenarioType,
  type TimedType,
  unlimited,
} from '../model/protocol/scenario.ts';
export {
  type Delivered,
  type Effect,
  HERE,
  type HostName,
  type LinkEvent,
  type Message,
  othersOf,
  type Outcome,
  type RoleInput,
  some,
} from '../model/role/effect.ts';
export { hostName, message, type MessageType } from '../model/role/message.ts';
export { type ChoiceType, command, type CommandType, type LocalView, promise, type PromiseType, role, type RoleType } from '../model/role/role.ts';
export type { Rule } from '../model/role/rule.ts';
export type { Action } from '../model/world/action.ts';
