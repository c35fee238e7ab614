// One step of a drag among a thousand parts, in a browser: the row `builder-drag-step` of budgets.yaml.
//
//   ./dev build                                  says where the site is; ./dev test links the node modules once
//   ./dev tool node benches/drag.mjs SITE        PARTS=1000 STEPS=60 ROUNDS=5 THROTTLE=4 are what the row says
//
// A step is a move of the mouse as the browser itself takes it from DevTools, and the next follows as soon as it was
// answered, as under a hand that does not rest. Playwright's own `mouse.move` is not used: while a button is down it runs
// scripts in the page to look after drags, which takes about as long as the step itself and is no work of ours.
// Counted is all that the page's main thread does (events, frame, style, layout, paint), as the browser itself adds it up:
// TaskDuration of the DevTools protocol, before and after a round of steps. No trace runs meanwhile, since under one the
// same steps take twice the time. The median of the rounds is held against the limit.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';

const { chromium } = createRequire(new URL('../tests/e2e/package.json', import.meta.url))('playwright-core');
const { PARTS = '1000', STEPS = '60', ROUNDS = '5', THROTTLE = '4', BROWSER = '/usr/bin/chromium' } = process.env;
const [site, base = new URL('../budgets.yaml', import.meta.url)] = process.argv.slice(2);
assert(site, 'usage: node benches/drag.mjs SITE');
const limit = Number(/id: builder-drag-step\n(?:.*\n)*?\s+limit: (\d+)/.exec(readFileSync(base, 'utf8'))[1]);

const server = await serve(site);
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
try {
  const rounds = await measure(`http://127.0.0.1:${server.address().port}/`);
  const median = rounds[Math.floor(rounds.length / 2)];
  const all = rounds.map((round) => round.toFixed(1)).join(', ');
  console.log(`${rounds.length} rounds of ${STEPS} steps, ${PARTS} parts, ${THROTTLE}x throttle: ${all}; median ${median.toFixed(1)} ms a step; limit ${limit} ms`);
  process.exitCode = median > limit ? 1 : 0;
} finally {
  await browser.close();
  server.close();
}

/** Milliseconds of the main thread a step, of each round, the least first. */
async function measure(url) {
  const exercise = findBuilder();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  const board = scene(Number(PARTS));
  await page.route(`**/data/${exercise.file}`, (route) => {
    const body = JSON.parse(readFileSync(join(site, 'data', exercise.file), 'utf8'));
    const none = { ...board, parts: {}, links: {} };
    route.fulfill({ json: { ...body, half: board, task: { ...body.task, given: none } } });
  });
  await page.goto(`${url}#/${exercise.id}/half-built`);
  const drawn = page.locator('.stage [data-node-id]');
  await page.waitForFunction((count) => document.querySelectorAll('.stage [data-node-id]').length >= count, Number(PARTS));
  assert.equal(await drawn.count(), Number(PARTS));
  const brief = page.locator('.brief[open] > summary');
  if (await brief.count()) await brief.click();
  await page.locator('.stage').scrollIntoViewIfNeeded();

  const from = await near(page);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: Number(THROTTLE) });
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // The first moves lift the part; they are no step.
  for (const by of [4, 8, 16]) await page.mouse.move(from.x + by, from.y + by);
  await page.waitForTimeout(500);
  assert(await page.locator('.stage .layer-box > *').count(), 'nothing was lifted');

  await cdp.send('Performance.enable');
  const spent = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  const rounds = [];
  for (let round = 0; round < Number(ROUNDS); round += 1) {
    const before = await spent();
    for (let step = 1; step <= Number(STEPS); step += 1) {
      const turn = (step / 20) * Math.PI * 2;
      const [x, y] = [from.x + 16 + 90 * Math.sin(turn), from.y + 16 + 90 * (1 - Math.cos(turn))];
      await cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y, button: 'left', buttons: 1 });
    }
    rounds.push(((await spent()) - before) / Number(STEPS));
  }
  await page.mouse.up();
  return rounds.sort((a, b) => a - b);
}

/** Comes near one of the containers in the middle of the drawing, and says where to take hold of it. */
async function near(page) {
  const box = await page.locator('.stage').boundingBox();
  const middle = { x: box.x + box.width / 2, y: Math.min(box.y + box.height / 2, 600) };
  const containers = page.locator('.stage .scene .container.kind-vnet');
  const nearest = () => containers.evaluateAll((all, to) => {
    const far = ({ box }) => Math.hypot(box.x + 30 - to.x, box.y + 5 - to.y);
    const boxes = all.map((element, at) => ({ at, box: element.getBoundingClientRect() }));
    const { box } = boxes.sort((a, b) => far(a) - far(b))[0];
    return { x: box.x, y: box.y, width: box.width };
  }, middle);
  await page.mouse.move(middle.x, middle.y);
  await page.keyboard.down('Control');
  for (let turn = 0; turn < 40 && (await nearest()).width < 150; turn += 1) {
    await page.mouse.wheel(0, -100);
    await page.waitForTimeout(40);
  }
  await page.keyboard.up('Control');
  const { x, y, width } = await nearest();
  assert(width >= 150, `the drawing does not come nearer: a container is ${width} px wide`);
  return { x: x + 20, y: y + 12 };
}

/** The first builder of the course, whose half-built board is replaced. */
function findBuilder() {
  const course = JSON.parse(readFileSync(join(site, 'data', 'course.json'), 'utf8'));
  const found = course.weeks.flatMap(({ exercises }) => exercises).find(({ kind }) => kind === 'builder');
  assert(found, 'the course has no builder');
  return found;
}

/** The scene of `bench_scene` in the crate `sandtable-architecture`: a chequerboard of networks and VPN connections. */
function scene(count) {
  const inner = count - 2;
  const columns = Math.max(2, Math.floor(Math.sqrt(Math.floor((inner * 9) / 10))));
  const rows = Math.ceil(inner / columns);
  const [parts, links] = [{}, {}];
  const size = [4 + columns * 28, 6 + rows * 13];
  parts.account = { kind: 'account', name: 'Account', at: [0, 0], size: [size[0] + 4, size[1] + 6] };
  parts.region = { kind: 'region', in: 'account', name: 'Region', at: [2, 4], size };
  const link = (from, to) => {
    links[`e${Object.keys(links).length}`] = { kind: 'route', from: `n${from}`, to: `n${to}` };
  };
  for (let number = 0; number < inner; number += 1) {
    const [column, row] = [number % columns, Math.floor(number / columns)];
    const isVpn = (column + row) % 2 === 0;
    const part = { kind: isVpn ? 'vpn' : 'vnet', in: 'region', name: `Part ${number}`, at: [2 + column * 28, 4 + row * 13] };
    parts[`n${number}`] = isVpn ? part : { ...part, size: [24, 8] };
    if ((number + 1) % columns !== 0 && number + 1 < inner) link(number, number + 1);
    if (number % 2 === 0 && number + columns < inner) link(number, number + columns);
  }
  return { v: 1, flavour: 'aws', next: 0, parts, links };
}

/** The site's files, and nothing else. */
async function serve(folder) {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://site').pathname)).replace(/\/$/, '/index.html');
    try {
      const body = readFileSync(join(folder, path));
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return server;
}
