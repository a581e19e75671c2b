import { z } from 'zod';
import { page, time } from './common.js';

export const addressUse = z
  .object({
    address: z.string(),
    from: time.meta({ description: 'The first session from it' }),
    to: time.nullable().meta({ description: 'The first session from another; null = it has it still' }),
  })
  .meta({ id: 'AddressUse' });
export const addressUseList = page(addressUse, 'AddressUseList');

const sampleFields = {
  name: z.string().meta({ description: 'Alias of the trace, or path of the parameter' }),
  at: time,
  value: z.string().meta({ description: 'Of a secret a mask' }),
};

export const valueSample = z.object(sampleFields).meta({ id: 'ValueSample' });
export const valueSampleList = page(valueSample, 'ValueSampleList');

export const tracedName = z.object(sampleFields).meta({ id: 'TracedName' });
export const tracedNameList = page(tracedName, 'TracedNameList');
