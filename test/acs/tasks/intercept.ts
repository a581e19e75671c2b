import type { Store } from '../../../store/store.js';

/** The name of a collection and of an operation of the driver. */
export interface StoreCall {
  collection: string;
  operation: string;
}

export interface Interception {
  /** How often it happened: never, or once. */
  readonly count: number;
  restore(): void;
}

/** Does something just before the next call of an operation on a collection; what it throws, the call throws. */
export function interceptNext(
  store: Store,
  { collection, operation }: StoreCall,
  action: () => unknown,
): Interception {
  const { db } = store;
  const original = db.collection.bind(db);
  let count = 0;
  db.collection = ((name: string) => {
    const real = original(name);
    if (name !== collection) return real;
    return new Proxy(real, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          const call = (): unknown => value.apply(target, args) as unknown;
          if (key !== operation || count > 0) return call();
          count += 1;
          return Promise.resolve().then(action).then(call);
        };
      },
    });
  }) as typeof db.collection;
  return {
    get count() {
      return count;
    },
    restore: () => {
      db.collection = original;
    },
  };
}

/** Makes the next call fail. */
export function failNext(store: Store, call: StoreCall, error: Error): Interception {
  return interceptNext(store, call, () => Promise.reject(error));
}
