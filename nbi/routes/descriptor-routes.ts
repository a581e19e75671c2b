import { ForbiddenError } from '../../common/errors.js';
import type { Caller } from '../access/caller.js';
import { deleteDescriptor, getDescriptor, listDescriptors, putDescriptor } from '../api/profiles.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import { descriptorJson } from '../views/profile-view.js';

export const descriptorRoutes = [
  implement(listDescriptors, async (_, { groups }) =>
    reply(200, { items: (await groups.descriptors.list()).map(descriptorJson) }),
  ),

  implement(getDescriptor, async ({ params }, { groups }) => {
    const descriptor = await groups.descriptors.get(params.property);
    return reply(200, descriptorJson(descriptor), { version: descriptor.version });
  }),

  implement(putDescriptor, async ({ params, body, caller, ifMatch }, { groups }) => {
    ofTheInstallation(caller);
    const { versions } = ifMatch;
    const { descriptor, created } = await groups.descriptors.put(
      params.property,
      {
        category: body.category ?? '',
        type: body.type ?? 'string',
        description: body.description ?? '',
        default: body.default ?? null,
        allowed: body.allowed ?? [],
        secret: body.secret ?? false,
        usedBy: body.usedBy ?? '',
      },
      { user: caller.login, ...(versions?.length === 1 && { version: versions[0] }) },
    );
    return reply(created ? 201 : 200, descriptorJson(descriptor), {
      version: descriptor.version,
      ...(created && {
        headers: { Location: `${BASE_PATH}/property-descriptors/${encodeURIComponent(params.property)}` },
      }),
      object: params.property,
      difference: { after: descriptorJson(descriptor) },
    });
  }),

  implement(deleteDescriptor, async ({ params, caller, ifMatch }, { groups }) => {
    ofTheInstallation(caller);
    const before = await groups.descriptors.get(params.property);
    ifMatch.check('property descriptor', params.property, before.version);
    await groups.descriptors.remove(params.property, {
      user: caller.login,
      ...(ifMatch.versions !== null && { version: before.version }),
    });
    return reply(204, undefined, {
      object: params.property,
      difference: { before: descriptorJson(before) },
    });
  }),
];

/** Descriptors hold for all tenants, so none of them may change one. */
function ofTheInstallation(caller: Caller): void {
  if (caller.domain !== '/') throw new ForbiddenError('groups.profiles');
}
