/** From this many devices on their number is typed before an act reaches them (console §4.4). */
const TYPED_FROM = 101;

/** The part of a question that asks for the number, where the act reaches many. */
export function typedReach(devices: number): { typed?: string } {
  return devices >= TYPED_FROM ? { typed: String(devices) } : {};
}
