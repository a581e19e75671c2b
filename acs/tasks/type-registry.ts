import type { TaskType } from './task-type.js';

const types = new Map<string, TaskType>();

/** Called once with the table of `task-types.ts`; types that run other types find them here without knowing the table. */
export function registerTaskTypes(all: readonly TaskType[]): void {
  for (const type of all) types.set(type.name.toLowerCase(), type);
}

/** A type by its short name, with or without `Task` or the package of an imported definition; null = there is none. */
export function findTaskType(name: string): TaskType | null {
  const short = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return types.get(short) ?? types.get(short.replace(/task$/, '')) ?? null;
}
