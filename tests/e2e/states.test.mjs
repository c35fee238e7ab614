// Loading, not loading, not being there, and stopping: each says what is so and leads on.
import assert from 'node:assert/strict';
import test from 'node:test';
import { exercises, sample } from './course.mjs';
import { choose, mouse, option, primary } from './hands.mjs';
import { BASE, eventually, go, hasFocus, judged, profile, ready, record, url, visit } from './harness.mjs';

const { one } = sample;
const { title } = exercises.find((entry) => entry.id === one.exercise);
const button = (page, name) => page.getByRole('button', { name, exact: true });
const alert = (page) => page.locator('#app').getByRole('alert');

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

test('the strict policy is in the header and in the page', async (t) => {
  const context = await profile(t);
  const response = await context.request.get(url);
  assert.equal(response.headers()['content-security-policy'], POLICY);
  assert(new URL(url).pathname === BASE);
  assert((await response.text()).includes(`http-equiv="Content-Security-Policy" content="${POLICY}"`));
});

const breaks = {
  'no connection': (route) => route.abort(),
  'a server that fails': (route) => route.fulfill({ status: 503 }),
};
const contents = {
  'the course': { file: '**/data/course.json', hash: '#/', words: 'The course did not load. Your work is safe.' },
  'an exercise': { file: '**/data/week-20/*', hash: one.address, words: `${title} did not load. Your work is safe.` },
};

for (const [what, { file, hash, words }] of Object.entries(contents)) {
  for (const [how, broken] of Object.entries(breaks)) {
    test(`${what} does not load, ${how}: Try again`, async (t) => {
      const expected = [/Failed to load resource/, /^failed: .*ERR_FAILED/];
      const page = await visit(t, hash, { ready: false, expected, before: (page) => page.route(file, broken) });
      await alert(page).getByText(words).waitFor();
      await button(page, 'Try again').click();
      await alert(page).getByText(words).waitFor();
      await page.unroute(file);
      await button(page, 'Try again').click();
      await ready(page);
      assert.equal(await page.getByText(words).count(), 0);
      assert(await page.evaluate(() => document.activeElement !== document.body), 'the focus is not lost with the button');
    });
  }

  // The index has no name of its content: that it is missing is no new version.
  const renewed = hash === '#/' ? {} : { gone: { status: 404 } };
  for (const [how, answer] of Object.entries({ ...renewed, 'of another format': { json: { format: 99 } } })) {
    test(`${what} is ${how}: a new version is ready`, async (t) => {
      const page = await visit(t, hash, { ready: false, expected: [/status of 404/, /ERR_ABORTED/], before: (page) => page.route(file, (route) => route.fulfill(answer)) });
      await page.getByText('A new version is ready.').waitFor();
      await page.unroute(file);
      await button(page, 'Reload').click();
      await ready(page);
    });
  }

  test(`${what} is unreadable: the details to copy`, async (t) => {
    const page = await visit(t, hash, { ready: false, before: (page) => page.route(file, (route) => route.fulfill({ body: '{"format":1,"id":' })) });
    const words = hash === '#/' ? 'The course could not be read. Your work is safe.' : 'This exercise could not be read. The rest works.';
    await alert(page).getByText(words).waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(page, 'Copy details').click();
    await button(page, 'Copied.').waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /\.json: .*line 1/);
  });

  test(`${what} loads slowly: nothing for 300 ms, then Loading..., then more`, async (t) => {
    let release;
    const page = await visit(t, hash, { ready: false, expected: [/./], before: async (page) => {
      await page.clock.install();
      await page.route(file, async (route) => {
        await new Promise((go) => { release = go; });
        await route.continue();
      });
    } });
    await eventually(() => assert(release));
    await page.clock.pauseAt(Date.now() + 60_000 * 60);
    await page.reload();
    const loading = page.locator('#app').getByText('Loading...');
    const later = async (time) => page.clock.runFor(time);
    await eventually(() => assert(release));
    await eventually(async () => {
      await later(50);
      if (hash !== '#/') assert.equal(await page.locator('main h1').count(), 1);
    });
    await eventually(async () => {
      await later(100);
      await loading.waitFor({ timeout: 50 });
    });
    await later(8000);
    await page.getByText('Still loading.').waitFor();
    await button(page, 'Try again').waitFor();
    release();
    await ready(page);
    await eventually(async () => assert.equal(await page.getByText('Still loading.').count(), 0));
  });
}

test('what is quick shows no Loading...', async (t) => {
  const page = await visit(t, '#/', { ready: false, init: () => {
    window.seen = [];
    new MutationObserver(() => {
      if (/Loading/.test(document.querySelector('#app')?.textContent)) window.seen.push('app');
    }).observe(document, { subtree: true, childList: true });
  } });
  await ready(page);
  assert.deepEqual(await page.evaluate(() => window.seen), []);
});

for (const [hash, words] of [
  ['#/week-99', 'week-99'],
  ['#/week-20/nope', 'week-20/nope'],
  ['#/nonsense/%3Cb%3E', 'nonsense/'],
  [`#/${'x'.repeat(5000)}`, 'xxxx'],
]) {
  test(`nowhere: ${hash.slice(0, 30)}`, async (t) => {
    const page = await visit(t, hash, { ready: false });
    await page.getByText(/There is no .* called/).waitFor();
    assert((await page.locator('main').innerText()).includes(words));
    await page.getByRole('link', { name: 'Course map' }).click();
    await page.getByRole('link', { name: /^Week 20/ }).waitFor();
  });
}

test('no such item: it is said, and there is a way on', async (t) => {
  const page = await visit(t, `#/${one.exercise}/nope`, { ready: false });
  await page.getByText('There is no item called nope in this exercise.').waitFor();
  const ways = page.locator('main').getByRole('link');
  await eventually(async () => assert(await ways.count() > 0, 'a link in the page itself'), 1000);
});

test('no such stage: it is said, and the word of the docs is understood', async (t) => {
  const building = exercises.find(({ kind }) => kind === 'builder').id;
  const page = await visit(t, `#/${building}/nope`);
  const builder = page.locator('.builder');
  await builder.getByText('There is no stage called nope. There are worked, half-built and empty.').waitFor();
  await go(page, `#/${building}/empty`);
  await page.locator('.builder[data-stage=blank]').waitFor();
  assert.equal(await builder.getByText('There is no stage').count(), 0);
  await go(page, `#/${building}/neither`);
  await builder.getByText('There is no stage called neither.').waitFor();
});

test('the app itself does not load: said, with a way out', async (t) => {
  const page = await visit(t, '#/', { ready: false, expected: [/./], before: (page) => page.route('**/*.wasm', (route) => route.fulfill({ status: 500 })) });
  const fault = page.locator('#fault');
  await fault.getByText('Sandtable did not load.').waitFor();
  await fault.getByText('Your work is safe.', { exact: true }).waitFor();
  await hasFocus(fault);
  await page.unroute('**/*.wasm');
  await fault.getByText('Try again', { exact: true }).click();
  await ready(page);
});

test('the app itself loads slowly: Loading..., then a way to try again', async (t) => {
  let stuck = true;
  const page = await visit(t, '#/', { ready: false, expected: [/ERR_ABORTED/], before: async (page) => {
    await page.clock.install();
    await page.route('**/*.wasm', (route) => stuck || route.continue());
  } });
  const boot = page.locator('#boot');
  await eventually(async () => {
    await page.clock.runFor(400);
    await boot.getByText('Loading...').waitFor({ timeout: 200 });
  });
  assert(await boot.getByText('Try again').isHidden());
  await page.clock.runFor(8000);
  await boot.getByText('Still loading.').waitFor();
  stuck = false;
  await page.clock.resume();
  await boot.getByText('Try again').click();
  await ready(page);
  assert(await boot.isHidden());
});

test('without script the page says so', async (t) => {
  const context = await profile(t, {});
  const text = await (await context.request.get(url)).text();
  assert.match(text, /<noscript><p>[^<]*needs JavaScript/);
});

test('a panic: what was answered is safe, a report, a way out', async (t) => {
  const page = await visit(t, one.address, { expected: [/panicked/, /unreachable|RuntimeError|Unreachable/, /broken by the test/] });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await choose(page, mouse, one, one.wrong[0]);
  await primary(page, mouse, 'Check');
  await judged(page, 'wrong');
  await page.evaluate(() => {
    const broken = () => { throw new Error('broken by the test'); };
    Document.prototype.createElement = broken;
    Document.prototype.createElementNS = broken;
    Node.prototype.cloneNode = broken;
    location.hash = '#/week-20';
  });
  const fault = page.locator('#fault');
  await fault.getByText('Sandtable has stopped.').waitFor();
  assert.match(await fault.innerText(), /saved up to your last step/);
  const report = await fault.getByRole('textbox').inputValue();
  assert.match(report, /Sandtable \d+\.\d+\.\d+[\s\S]*panicked[\s\S]*Address: #\/week-20[\s\S]*Browser: /);
  await hasFocus(fault);
  await button(page, 'Copy details').click();
  await button(page, 'Copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), report);
  assert.equal((await record(page, one.exercise)).attempts.length, 1);
  await fault.getByText('Reload', { exact: true }).click();
  await eventually(async () => assert(await fault.isHidden()));
  await go(page, one.address);
  await judged(page, 'wrong');
  assert(await option(page, one, one.wrong[0]).isChecked());
});

test('a browser that refuses the clipboard is told to the learner', async (t) => {
  const page = await visit(t, one.address, { init: `Object.defineProperty(navigator, 'clipboard', { value: undefined })` });
  await button(page, 'Show answer').click();
  await button(page, 'Report a fault').click();
  await button(page, 'Copying is not allowed here.').waitFor();
});
