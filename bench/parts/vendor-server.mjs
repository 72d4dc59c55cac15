/** Serves a vendor's world from a process of its own: `node vendor-server.mjs ORGS DELAY_MS`; prints its address. */
import http from 'node:http';
import { DATE, VendorWorld } from './vendor-world.mjs';

const [orgs = '1000', delay = '0'] = process.argv.slice(2);
const world = new VendorWorld(Number(orgs));
const wait = Number(delay);

const send = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'application/json', date: DATE });
  response.end(body);
};

const server = http.createServer((request, response) => {
  const answer = () => {
    if (request.url.startsWith('/oauth/token')) {
      send(response, 200, '{"access_token":"t","token_type":"bearer","expires_in":86400}');
      return;
    }
    const body = world.answer(request.url);
    if (body === null) send(response, 404, '{"message":"not there"}');
    else send(response, 200, JSON.stringify(body));
  };
  request.resume();
  if (wait === 0) answer();
  else setTimeout(answer, wait);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
process.on('disconnect', () => process.exit());
