// After one visit everything works with the server dead; a new version comes when it is asked for, and breaks no tab.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { course, exercises, items, sample } from './course.mjs';
import { choose, mouse, primary } from './hands.mjs';
import { eventually, go, judged, profile, ready, record, verdict, visit } from './harness.mjs';
import { axe, layoutFaults, picture, showAt, sizes, targetFaults } from './look.mjs';

const { SITE, APP, SANDTABLE } = process.env;
const BASE = '/course/';
const elsewhere = items.find((item) => item.exercise !== sample.one.exercise && item.pick === 'one');

/** A server that can die, and come back at its old address with another site. */
async function server(t, site, port = 0) {
  const child = spawn(SANDTABLE, ['serve', site, '--port', String(port), '--base', BASE], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [hello] = await once(child.stdout, 'data');
  const at = String(hello).match(/http:\S+/)[0];
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  };
  t.after(stop);
  return { at, port: new URL(at).port, stop };
}

/** The course with another title for one of its exercises, built anew: once for all tests. */
const changed = exercises.find(({ id, kind }) => kind === 'quiz' && ![sample.one.exercise, elsewhere.exercise].includes(id));
const TITLE = 'Another title altogether';
let built;
const nextBuild = () => (built ??= buildNext());
after(() => built && rmSync(join(built, '..'), { recursive: true }));

function buildNext() {
  const folder = mkdtempSync(join(tmpdir(), 'sandtable-next-'));
  cpSync(fileURLToPath(new URL('../../exercises', import.meta.url)), join(folder, 'exercises'), { recursive: true });
  const [, slug] = changed.id.split('/');
  const list = spawnSync('find', [join(folder, 'exercises'), '-name', `${slug}.yaml`], { encoding: 'utf8' }).stdout.trim();
  writeFileSync(list, readFileSync(list, 'utf8').replace(/^title: .*$/m, `title: ${TITLE}`));
  const out = join(folder, 'site');
  const { status, stderr } = spawnSync(SANDTABLE, ['build', join(folder, 'exercises'), '--app', APP, '--out', out], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return out;
}

const controlled = (page) => eventually(async () => assert(await page.evaluate(() => !!navigator.serviceWorker.controller)), 10000);
const ours = (page) => page.evaluate(() => caches.keys());
const news = (page) => page.locator('#news');
const says = (page, text) => eventually(async () => assert.match(await news(page).innerText(), text), 10000);

test('after one visit every page works with the server dead', async (t) => {
  const host = await server(t, SITE);
  const context = await profile(t, { worker: true });
  const page = await visit(t, '#/', { context, at: host.at });
  await controlled(page);
  assert(await news(page).isHidden(), 'the first visit asks nothing');
  await host.stop();

  // What was never opened, without loading the page anew.
  await go(page, sample.match.address);
  await ready(page);

  const places = ['#/', '#/week-20', `#/${sample.one.exercise}`, sample.one.address, '#/no/such/place', `?from=a-mail#/week-20`, `index.html${sample.tray.address}`];
  for (const place of places) {
    const tab = await visit(t, place, { context, at: host.at });
    await tab.reload();
    await ready(tab);
    const isLost = place.includes('no/such');
    assert.equal(/not|no /i.test(await tab.locator('main h1').innerText()), isLost, place);
    await tab.close();
  }
  // Every exercise has been kept, not only those that were opened.
  for (const { id } of exercises.filter(({ kind }) => kind === 'quiz')) {
    await go(page, `#/${id}`);
    await page.locator('#primary').waitFor();
  }
  await go(page, sample.one.address);
  await ready(page);
  await choose(page, mouse, sample.one, sample.one.right[0]);
  await primary(page, mouse, 'Check');
  await judged(page, 'right');
  await page.reload();
  await ready(page);
  assert.equal((await record(page, sample.one.exercise)).attempts.length, 1);
});

/** The page of an exercise, in a tab or a frame, once it can be answered. */
const living = (root) => root.locator('[part=exercise] #primary').waitFor();
/** Of the site's origin, but not of the site. */
const beside = async (page, markup) => {
  const address = new URL('/beside/', page.url()).href;
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Beside</title><link rel="icon" href="data:,">${markup}` }));
  await page.goto(address);
};

test('so do the pages of exercises, with whatever search, and in a frame', async (t) => {
  const host = await server(t, SITE);
  const context = await profile(t, { worker: true });
  const open = (place) => visit(t, place, { context, at: host.at, ready: false, expected: [/^elsewhere: .*\/beside\/$/] });
  const page = await open('#/');
  await controlled(page);
  await host.stop();
  for (const exercise of exercises) {
    for (const rest of ['/', '/?key', '/?from=a-mail&key#x', '/index.html?key', '']) {
      const tab = await open(`e/${exercise.id}${rest}`);
      await living(tab);
      await tab.emulateMedia({ media: 'print' });
      await eventually(async () => assert.equal(await tab.getByRole('heading', { name: 'Key', exact: true }).isVisible(), rest.includes('key'), rest));
      await tab.close();
    }
  }
  const frames = exercises.map(({ id }) => `<iframe src="${host.at}e/${id}/?key" title="${id}" width="900" height="600"></iframe>`);
  await beside(page, frames.join(''));
  for (const exercise of exercises) {
    await page.getByTitle(exercise.id).scrollIntoViewIfNeeded();
    await living(page.frameLocator(`[title="${exercise.id}"]`));
  }
});

test('who has seen the page of one exercise has the course without the network', async (t) => {
  const host = await server(t, SITE);
  const context = await profile(t, { worker: true });
  const first = await visit(t, `e/${sample.one.exercise}/`, { context, at: host.at, ready: false });
  await controlled(first);
  await host.stop();
  await first.reload();
  await living(first);
  const second = await visit(t, elsewhere.address, { context, at: host.at });
  await choose(second, mouse, elsewhere, elsewhere.right[0]);
});

test('the page of an exercise that is open goes on with its own build when a new one takes over', async (t) => {
  const first = await server(t, SITE);
  const { at, port } = first;
  const context = await profile(t, { worker: true });
  const a = await visit(t, '#/', { context, at });
  await controlled(a);
  // Held back until after the change: the module and the questions.
  const b = await visit(t, `e/${changed.id}/`, { context, at, ready: false, init: () => {
    if (sessionStorage.held) return;
    sessionStorage.held = true;
    const own = globalThis.IntersectionObserver;
    globalThis.IntersectionObserver = class extends own {
      observe(target) { addEventListener('test:go', () => super.observe(target)); }
    };
  } });
  await b.getByRole('heading', { name: changed.title }).waitFor();
  await first.stop();
  await server(t, nextBuild(), port);
  await a.reload();
  await says(a, /^A new version is ready\./);
  await news(a).getByRole('button', { name: 'Reload' }).click();
  await eventually(async () => assert.equal((await ours(a)).length, 2));
  await eventually(async () => assert(await a.evaluate(async () => !(await navigator.serviceWorker.getRegistration()).waiting)));
  // The server has these questions no longer.
  const file = await b.locator('[data-file]').evaluate((element) => new URL(element.dataset.file, document.baseURI).href);
  assert.equal((await fetch(file)).status, 404);
  assert.equal(await b.evaluate((file) => fetch(file, { cache: 'no-store' }).then(({ status }) => status), file), 200);
  await b.evaluate(() => dispatchEvent(new Event('test:go')));
  await living(b);
  await b.getByRole('heading', { name: changed.title }).waitFor();
  await b.reload();
  await b.getByRole('heading', { name: TITLE }).waitFor();
  await living(b);
});

test('when the network goes it is said, and when it comes back it is not', async (t) => {
  const host = await server(t, SITE);
  const context = await profile(t, { worker: true });
  const page = await visit(t, '#/', { context, at: host.at });
  await controlled(page);
  await context.setOffline(true);
  await says(page, /^You are offline\. What you opened still works\./);
  assert.equal(await news(page).getByRole('button').count(), 1);
  await context.setOffline(false);
  await eventually(async () => assert(await news(page).isHidden()));
  await context.setOffline(true);
  await news(page).getByRole('button', { name: 'Close' }).click();
  assert(await news(page).isHidden());
});

test('the notice stands under the header and pushes the page down, as others do', async (t) => {
  const host = await server(t, SITE);
  const context = await profile(t, { worker: true });
  const page = await visit(t, sample.one.address, { context, at: host.at });
  await controlled(page);
  const tops = () => page.evaluate(() => Object.fromEntries(['.header', '#news', 'main'].map((css) => {
    const { top, bottom } = document.querySelector(css).getBoundingClientRect();
    return [css, { top, bottom }];
  })));
  const before = await tops();
  await context.setOffline(true);
  await says(page, /^You are offline/);
  for (const size of ['phone', 'laptop']) {
    for (const dark of [false, true]) {
      await showAt(page, sizes[size], { dark });
      const now = await tops();
      const where = `${size}, ${dark ? 'dark' : 'light'}`;
      assert.equal(now['#news'].top, now['.header'].bottom, where);
      assert.equal(now['main'].top, now['#news'].bottom, where);
      assert.deepEqual(await layoutFaults(page), [], where);
      assert.deepEqual(await targetFaults(page), [], where);
      assert.deepEqual(await axe(page), [], where);
      await picture(page, `news-${size}-${dark ? 'dark' : 'light'}`);
    }
  }
  // The keyboard comes to it where it is seen.
  await page.locator('.header a').last().focus();
  await page.keyboard.press('Tab');
  assert(await news(page).getByRole('button', { name: 'Close' }).evaluate((button) => button === document.activeElement));
  await page.keyboard.press('Enter');
  assert(await news(page).isHidden());
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await showAt(page, { width: 1280, height: 800 });
  assert.deepEqual((await tops()).main, before.main);
});

test('an update asks first; one tab takes it, the other goes on with what it has, and nothing is lost', async (t) => {
  const { one } = sample;
  const first = await server(t, SITE);
  const { at, port } = first;
  const context = await profile(t, { worker: true });
  const a = await visit(t, one.address, { context, at });
  await controlled(a);
  // Of another program, and of another copy of this one, on the same origin.
  const foreign = ['other-app-v1', `st:${new URL(at).origin}/other/:1`];
  await a.evaluate((names) => Promise.all(names.map(async (name) => (await caches.open(name)).put('/x', new Response('mine')))), foreign);
  const b = await visit(t, elsewhere.address, { context, at });
  await choose(b, mouse, elsewhere, elsewhere.wrong[0]);
  const before = (await ours(a)).filter((name) => !foreign.includes(name));
  assert.equal(before.length, 1);
  assert(before[0].startsWith(`st:${at}:`));

  await first.stop();
  const second = await server(t, nextBuild(), port);
  assert.equal(second.at, at);
  let loads = 0;
  let otherLoads = 0;
  await a.reload();
  await ready(a);
  a.on('load', () => { loads += 1; });
  b.on('load', () => { otherLoads += 1; });
  for (const tab of [a, b]) await says(tab, /^A new version is ready\./);

  // Until then it waits, and a page that is loaded now is of the old build too.
  assert(await a.evaluate(async () => !!(await navigator.serviceWorker.getRegistration()).waiting));
  const early = await visit(t, '#/week-20', { context, at });
  await early.getByText(changed.title).first().waitFor();
  await early.close();
  // Later is later: nothing changes, and nothing was reloaded.
  await news(b).getByRole('button', { name: 'Later' }).click();
  assert(await news(b).isHidden());
  assert.match(await verdict(b).then(({ text }) => text), /^1 of 1 chosen/);
  await go(a, '#/week-20');
  await a.getByText(changed.title).first().waitFor();
  await go(a, one.address);
  await ready(a);

  await choose(a, mouse, one, one.wrong[0]);
  await primary(a, mouse, 'Check');
  await judged(a, 'wrong');
  await news(a).getByRole('button', { name: 'Reload' }).click();
  await eventually(() => assert.equal(loads, 1), 10000);
  await ready(a);
  await a.waitForTimeout(500);
  assert.equal(loads, 1, 'one reload');
  await judged(a, 'wrong');
  await go(a, '#/week-20');
  await a.getByText(TITLE).first().waitFor();
  assert(await news(a).isHidden());

  // The other tab: of the old build in all, even in what only the old build has and the server no longer.
  assert.equal(otherLoads, 0);
  assert.equal((await ours(b)).filter((name) => !foreign.includes(name)).length, 2);
  await go(b, `#/${changed.id}`);
  await b.locator('#primary').waitFor();
  await b.getByText(changed.title).first().waitFor();
  await go(b, elsewhere.address);
  await ready(b);
  await primary(b, mouse, 'Check');
  await judged(b, 'wrong');
  await second.stop();
  await b.reload();
  await ready(b);
  await judged(b, 'wrong');
  await go(b, '#/week-20');
  await b.getByText(TITLE).first().waitFor();
  for (const { exercise, wrong } of [one, elsewhere]) {
    const { attempts } = await record(b, exercise);
    assert.deepEqual(attempts.map(({ answer }) => answer.choice), [[wrong[0]]], exercise);
  }

  // Now that no tab runs the old build, it has gone, and nothing of anybody else has.
  await b.reload();
  await eventually(async () => {
    const names = await ours(b);
    assert.equal(names.filter((name) => !foreign.includes(name)).length, 1);
    assert(!names.includes(before[0]));
  });
  const names = await ours(b);
  for (const name of foreign) assert(names.includes(name), name);
});

test('an update that nobody takes comes when all tabs are closed', async (t) => {
  const first = await server(t, SITE);
  const { at, port } = first;
  const context = await profile(t, { worker: true });
  const a = await visit(t, '#/', { context, at });
  await controlled(a);
  await first.stop();
  await server(t, nextBuild(), port);
  await a.reload();
  await ready(a);
  await says(a, /^A new version is ready\./);
  const [before] = await ours(a);
  await a.close();
  const blank = await context.newPage();
  await blank.waitForTimeout(300);
  const b = await visit(t, '#/week-20', { context, at });
  await b.getByText(TITLE).first().waitFor();
  await eventually(async () => assert(!(await ours(b)).includes(before)));
  assert(await news(b).isHidden());
  assert.equal((await ours(b)).length, 1);
});

for (const [what, spoil] of [
  ['a half-copied site', (folder) => rmSync(join(folder, `data/${exercises[0].file}`))],
  ['what somebody in between puts into its place', (folder) => writeFileSync(join(folder, `data/${exercises[0].file}`), 'Please log in.')],
]) {
  test(`${what} is not kept`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'sandtable-half-'));
    t.after(() => rmSync(folder, { recursive: true }));
    cpSync(SITE, folder, { recursive: true });
    for (const ending of ['br', 'gz']) rmSync(join(folder, `data/${exercises[0].file}.${ending}`));
    spoil(folder);
    const { at } = await server(t, folder);
    const expected = [/404|integrity|Uncaught \(in promise\)|data\/week/];
    const page = await visit(t, '#/', { context: await profile(t, { worker: true }), at, expected });
    await eventually(async () => {
      const { state, tried } = await page.evaluate(async () => ({
        state: (await navigator.serviceWorker.getRegistration())?.active?.state ?? 'none',
        tried: (await caches.keys()).length,
      }));
      assert.deepEqual([state, tried], ['none', 1]);
    });
    await page.waitForTimeout(700);
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
  });
}

test('no worker in a frame, and none where Trunk serves', async (t) => {
  const { at } = await server(t, SITE);
  const registered = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  const bare = await visit(t, '#/', {
    context: await profile(t, { worker: true }),
    at,
    before: (page) => page.route(at, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/<link rel="?manifest[^>]*>/, '');
      await route.fulfill({ response: answer, body });
    }),
  });
  await bare.waitForTimeout(500);
  assert.equal(await registered(bare), 0);

  const context = await profile(t, { worker: true });
  const outer = await context.newPage();
  await outer.route(`${at}frame`, (route) => route.fulfill({ contentType: 'text/html', body: `<iframe src="${at}#/" width=900 height=600></iframe>` }));
  await outer.goto(`${at}frame`);
  await outer.frameLocator('iframe').locator('main h1').waitFor();
  await outer.waitForTimeout(500);
  assert.equal(await registered(outer), 0);
});

test('other tests are not disturbed: their profiles let no worker in', async (t) => {
  const page = await visit(t, '#/');
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
});

test('it can be installed', async (t) => {
  const { at } = await server(t, SITE);
  const page = await visit(t, '#/', { context: await profile(t, { worker: true }), at });
  await controlled(page);
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A profile of a test is a private one.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
  const { url, errors, data } = await session.send('Page.getAppManifest');
  assert.deepEqual([url, errors], [`${at}manifest.json`, []]);
  const manifest = JSON.parse(data);
  assert.deepEqual([manifest.start_url, manifest.scope, manifest.id], ['./', './', `sandtable-${course.course.id}`]);
  for (const { src } of manifest.icons) assert.equal((await page.request.get(new URL(src, url).href)).status(), 200, src);
});

test('the worker keeps every file of the site but those that no page asks for', () => {
  const worker = readFileSync(join(SITE, 'sw.js'), 'utf8');
  const kept = Object.keys(JSON.parse(worker.match(/^const FILES = (\{[^}]+\});/m)[1]));
  const all = spawnSync('find', ['.', '-type', 'f'], { cwd: SITE, encoding: 'utf8' }).stdout.trim().split('\n');
  const asked = all.map((path) => path.slice(2)).filter((path) => !/(^|\/)\.|\.(br|gz)$|^sw\.js$/.test(path));
  assert.deepEqual(kept.sort(), asked.map((path) => path.replace(/(^|\/)index\.html$/, '$1')).sort());
});
