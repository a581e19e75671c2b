import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './worker.js';

/** What no ACS on node:http can go below: reads each body and answers with as many bytes as the path says; none = the end, 204. */
const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const body = Buffer.concat(pieces);
    const size = Number(request.url?.slice(1));
    if (size === 0 || body.length < 0) response.writeHead(204, { Connection: 'close' }).end();
    else
      response
        .writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': size })
        .end(Buffer.alloc(size, 32));
  });
});

serve({
  prepare: () =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    }),
});
