/** Checks on values that types and ranges cannot express; each gets a reader for the parameters beside the one written. */
export const checks: Readonly<
  Record<string, (value: string, beside: (name: string) => string | undefined) => boolean>
> = {
  url: (value) => value === '' || /^https?:\/\/[^\s/]+/.test(value),
  /** The channel is one of PossibleChannels, a list of numbers and ranges `1-13`. */
  channel: (value, beside) =>
    value === '0' ||
    (beside('PossibleChannels') ?? '').split(',').some((item) => {
      const [low, high = low] = item.split('-');
      return Number(value) >= Number(low) && Number(value) <= Number(high);
    }),
  /** Only a request may be written (TR-181: `Canceled` too). */
  diagnostics: (value) => value === 'Requested' || value === 'Canceled',
  modeEnabled: (value, beside) => (beside('ModesSupported') ?? '').split(',').includes(value),
  standards: (value, beside) => {
    const supported = (beside('SupportedStandards') ?? '').split(',');
    return value.split(',').every((item) => supported.includes(item));
  },
  ipv4: (value) => value === '' || /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(value),
  mac: (value) => value === '' || /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}$/.test(value),
  wirelessKey: (value) =>
    value === '' ||
    (value.length === 64 && /^[0-9a-fA-F]{64}$/.test(value)) ||
    (value.length >= 8 && value.length <= 63),
};
