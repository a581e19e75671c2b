import type { Resources } from '../acs/files/resources.js';

/** Images that the simulated gateways can be upgraded to; the first line is what they read their version from. */
const IMAGES = [
  { model: 'FN-GW1', version: '2.1.0' },
  { model: 'FN-DSL2', version: '2.0.3' },
];
const SIZE = 256 * 1024;

/** Puts a firmware image for each simulated model into the library, where it is missing. */
export async function offerDemoFirmware(resources: Resources): Promise<void> {
  for (const { model, version } of IMAGES) {
    const name = `${model} ${version}`;
    if (await resources.find(name)) continue;
    const image = Buffer.alloc(SIZE, 0xff);
    image.write(`PROVOST-FW ${version}\n`);
    await resources.create([image], {
      name,
      fileName: `${model.toLowerCase()}-${version}.bin`,
      fileType: '1 Firmware Upgrade Image',
      category: 'firmware',
      version,
      models: [model],
      description: 'For the simulated CPEs of the demo',
      user: 'demo',
    });
  }
}
