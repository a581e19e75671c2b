import type { InjectionKey, Ref } from 'vue';

/** The type of the task that is being edited, for fields that offer other things for another type. */
export const TASK_TYPE: InjectionKey<Readonly<Ref<string>>> = Symbol('task type');
