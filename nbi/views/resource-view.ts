import type { ResourceRecord } from '../../store/models/resource.js';

export function resourceJson(resource: ResourceRecord) {
  const { name, fileName, fileType, category, version, models, description, domain, size, sha256 } = resource;
  const { contentType, device, task, user, createdAt, revision } = resource;
  return {
    id: resource._id,
    name,
    fileName,
    fileType,
    category,
    version,
    models,
    description,
    domain,
    size,
    sha256,
    contentType,
    device,
    task,
    user,
    createdAt: createdAt.toISOString(),
    revision,
  };
}
