import { z } from 'zod';
import { identity } from '../schemas/common.js';
import { groupName } from '../schemas/group.js';
import {
  deviceProperties,
  deviceProperty,
  effectiveProfile,
  profile,
  profileCopy,
  profileImpact,
  profilePatch,
  profileReplace,
  propertiesPatch,
  propertiesReplace,
  propertyDescriptor,
  propertyDescriptorInput,
  propertyDescriptorList,
  propertyInput,
  propertyName,
} from '../schemas/profile.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, notModified } from './replies.js';

const tag = 'Groups';
const byName = { name: groupName };
const byId = { id: identity };
const byProperty = { ...byId, property: propertyName };
const q = z
  .string()
  .max(200)
  .optional()
  .meta({ description: 'Part of a name or of a value that is no secret' });
const mayRead = ['groups.view', 'groups.profiles'] as const;
const mayReadDevice = ['devices.read', 'devices.properties'] as const;

export const getProfile = operation('get', '/groups/{name}/profile', {
  id: 'getProfile',
  tag,
  summary: 'What a group sets for its members',
  access: mayRead,
  params: byName,
  query: { q },
  responses: { 200: foundWithETag(profile, 'The values that the group itself sets'), 304: notModified },
  problems: ['not-found'],
});

export const putProfile = operation('put', '/groups/{name}/profile', {
  id: 'putProfile',
  tag,
  summary: 'Replace what a group sets',
  description: 'Locking and unlocking needs `groups.lock`.',
  access: 'groups.profiles',
  params: byName,
  body: profileReplace,
  ifMatch: 'required',
  responses: { 200: foundWithETag(profile, 'The profile') },
  problems: ['not-found', 'stale'],
});

export const patchProfile = operation('patch', '/groups/{name}/profile', {
  id: 'patchProfile',
  tag,
  summary: 'Change what a group sets',
  description: 'Locking and unlocking needs `groups.lock`.',
  access: 'groups.profiles',
  params: byName,
  body: profilePatch,
  bodyExample: { periodicInformInterval: { value: '3600', lock: 'groups' }, site: null },
  ifMatch: 'required',
  responses: { 200: foundWithETag(profile, 'The profile') },
  problems: ['not-found', 'stale'],
});

export const copyProfile = operation('post', '/groups/{name}/profile/copy', {
  id: 'copyProfile',
  tag,
  summary: 'Copy values from another group',
  access: 'groups.profiles',
  params: byName,
  body: profileCopy,
  bodyExample: { from: 'root.region', names: ['periodicInformInterval'] },
  ifMatch: 'required',
  responses: { 200: foundWithETag(profile, 'The profile') },
  problems: ['not-found', 'stale'],
});

export const getImpact = operation('post', '/groups/{name}/profile/impact', {
  id: 'getImpact',
  tag,
  summary: 'How many devices a change of a profile would reach; nothing is saved',
  access: 'groups.profiles',
  params: byName,
  body: profilePatch,
  bodyExample: { periodicInformInterval: { value: '3600' } },
  audited: false,
  responses: { 200: found(profileImpact, 'The count') },
  problems: ['not-found'],
});

export const getGroupEffectiveProfile = operation('get', '/groups/{name}/effective-profile', {
  id: 'getGroupEffectiveProfile',
  tag,
  summary: 'What is in effect for direct members of a group that set nothing themselves',
  access: mayRead,
  params: byName,
  query: { q },
  responses: { 200: found(effectiveProfile, 'Each value with its source and what lost') },
  problems: ['not-found'],
});

export const getDeviceProfile = operation('get', '/devices/{id}/profile', {
  id: 'getDeviceProfile',
  tag,
  summary: 'The computed profile of a device',
  access: mayReadDevice,
  params: byId,
  query: { q },
  responses: { 200: found(effectiveProfile, 'Each value with its source and what lost') },
  problems: ['not-found'],
});

export const listProperties = operation('get', '/devices/{id}/properties', {
  id: 'listProperties',
  tag,
  summary: 'What a device sets itself',
  access: mayReadDevice,
  params: byId,
  query: { q },
  responses: { 200: foundWithETag(deviceProperties, 'The properties'), 304: notModified },
  problems: ['not-found'],
});

export const putProperties = operation('put', '/devices/{id}/properties', {
  id: 'putProperties',
  tag,
  summary: 'Replace what a device sets itself',
  description: 'Secrets need `devices.secrets`.',
  access: 'devices.properties',
  params: byId,
  body: propertiesReplace,
  ifMatch: 'optional',
  responses: { 200: foundWithETag(deviceProperties, 'The properties') },
  problems: ['not-found', 'stale'],
});

export const patchProperties = operation('patch', '/devices/{id}/properties', {
  id: 'patchProperties',
  tag,
  summary: 'Change what a device sets itself',
  description: 'Secrets need `devices.secrets`.',
  access: 'devices.properties',
  params: byId,
  body: propertiesPatch,
  bodyExample: { customer: { value: 'A-1001' } },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(deviceProperties, 'The properties') },
  problems: ['not-found', 'stale'],
});

export const getProperty = operation('get', '/devices/{id}/properties/{property}', {
  id: 'getProperty',
  tag,
  summary: 'Get a property of a device',
  access: mayReadDevice,
  params: byProperty,
  responses: { 200: foundWithETag(deviceProperty, 'The property'), 304: notModified },
  problems: ['not-found'],
});

export const putProperty = operation('put', '/devices/{id}/properties/{property}', {
  id: 'putProperty',
  tag,
  summary: 'Set a property of a device',
  access: 'devices.properties',
  params: byProperty,
  body: propertyInput,
  bodyExample: { value: 'A-1001' },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(deviceProperty, 'The property') },
  problems: ['not-found', 'stale'],
});

export const deleteProperty = operation('delete', '/devices/{id}/properties/{property}', {
  id: 'deleteProperty',
  tag,
  summary: 'Remove a property of a device',
  access: 'devices.properties',
  params: byProperty,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale'],
});

const byDescriptor = { property: propertyName };

export const listDescriptors = operation('get', '/property-descriptors', {
  id: 'listDescriptors',
  tag,
  summary: 'What is known of properties’ names',
  access: null,
  responses: { 200: found(propertyDescriptorList, 'By name; those of the ACS too') },
});

export const getDescriptor = operation('get', '/property-descriptors/{property}', {
  id: 'getDescriptor',
  tag,
  summary: 'What is known of a property’s name',
  access: null,
  params: byDescriptor,
  responses: { 200: foundWithETag(propertyDescriptor, 'The descriptor'), 304: notModified },
  problems: ['not-found'],
});

export const putDescriptor = operation('put', '/property-descriptors/{property}', {
  id: 'putDescriptor',
  tag,
  summary: 'Register a property’s name for the whole installation',
  description: 'For users of the domain `/`. Stored values stay; new ones are checked.',
  access: 'groups.profiles',
  params: byDescriptor,
  body: propertyDescriptorInput,
  bodyExample: { category: 'customer', description: 'Contract number', usedBy: 'Billing' },
  ifMatch: 'optional',
  responses: {
    200: foundWithETag(propertyDescriptor, 'The descriptor'),
    201: created(propertyDescriptor, 'The descriptor was made'),
  },
  problems: ['stale'],
});

export const deleteDescriptor = operation('delete', '/property-descriptors/{property}', {
  id: 'deleteDescriptor',
  tag,
  summary: 'Forget a registered name; its values stay',
  description: 'For users of the domain `/`. What the ACS itself knows of the name comes back.',
  access: 'groups.profiles',
  params: byDescriptor,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale', 'conflict'],
});
