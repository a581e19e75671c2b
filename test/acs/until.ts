/** Asks again and again until the answer fits; fails after thirty seconds with the last answer. */
export async function until<Value>(
  ask: () => Value | Promise<Value>,
  fits: (value: Value) => boolean,
): Promise<Value> {
  const end = Date.now() + 30_000;
  for (;;) {
    const value = await ask();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`Still ${JSON.stringify(value)} after thirty seconds`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
