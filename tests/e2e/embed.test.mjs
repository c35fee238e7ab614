// Exercises in pages of others: the element on a host of another origin, and the exercise's own page.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { exercises, items, keyOf, quizOf, sample } from './course.mjs';
import { eventually, judged, profile, url, visit } from './harness.mjs';
import { asked, element, embed, input, living } from './host.mjs';
import { axe } from './look.mjs';

const { one, any, match, tray } = sample;
const first = (exercise) => keyOf(exercise, quizOf(exercise).items[0].view.id.split('#')[1]);

/** Counts what is asked for, from before the page is opened. */
const counting = (seen) => (page) => page.on('request', (request) => seen.push(new URL(request.url()).pathname.split('/').pop()));

test('an element in the page of another host shows a question, takes an answer and tells the host', async (t) => {
  const item = one;
  const page = await embed(t, `${asked(item)}<script>window.told = []; addEventListener('sandtable:graded', (e) => told.push(e.detail));</script>`);
  await living(page).waitFor();
  for (const id of item.right) await input(page, item, id).check();
  await living(page).click();
  await judged(page, 'right');
  assert.deepEqual(await page.evaluate('told'), [{ exercise: item.exercise, item: item.id, value: '100' }]);
  assert.equal(await page.evaluate(() => localStorage.length), 0, 'nothing is kept in the storage of the host');
});

test('every question of the course can be opened in an element', async (t) => {
  const exercises = [...new Set(items.map((item) => item.exercise))];
  const page = await embed(t, exercises.map((exercise) => element(exercise)).join(''));
  for (const exercise of exercises) {
    const one = page.locator(`[exercise="${exercise}"]`);
    await one.scrollIntoViewIfNeeded();
    await one.locator('#primary').waitFor();
    for (const { place } of items.filter((item) => item.exercise === exercise)) {
      await one.getByRole('button', { name: `Question ${place}, new` }).click();
      await one.getByText(`Question ${place} of`).waitFor();
    }
  }
});

test('twelve elements are one module, and nothing is loaded before one is in sight', async (t) => {
  const seen = [];
  const away = '<div id="far" style="height: 4000px"></div>';
  const page = await embed(t, away + Array(12).fill(element(one.exercise)).join('<hr>'), { before: counting(seen) });
  await page.waitForLoadState('networkidle');
  const loaded = (pattern) => seen.filter((name) => pattern.test(name)).length;
  assert.deepEqual([loaded(/wasm/), loaded(/^quiz/)], [0, 0], seen.join(' '));
  await page.evaluate(() => document.getElementById('far').remove());
  for (let at = 0; at < 12; at += 1) {
    await page.locator('sandtable-exercise').nth(at).scrollIntoViewIfNeeded();
    await page.locator('sandtable-exercise').nth(at).locator('#primary').waitFor();
  }
  assert.deepEqual([loaded(/^quiz_bg\..*wasm$/), loaded(/^quiz\..*js$/), loaded(/^embed\..*css$/)], [1, 1, 1], seen.join(' '));
  assert.equal(loaded(/^app/), 0, 'the app is not loaded');
});

test('what stands in a page before the module is the question as it will be', async (t) => {
  for (const item of [one, any, match, tray]) {
    let go;
    const gate = new Promise((open) => { go = open; });
    const before = (page) => page.route('**/*.wasm', async (route) => { await gate; await route.continue(); });
    const page = await embed(t, asked(item), { before });
    const words = (root) => page.locator(root).evaluate((element) => ({
      // The worksheet, on which this was, numbers its tables.
      stem: element.querySelector('.stem').innerHTML.replace(/(?<=aria-label="Table) \d+/, ''),
      legend: element.querySelector('legend')?.textContent,
      fields: [...element.querySelectorAll('.choice input')].map(({ type, name, value, labels }) => [type, name, value, labels[0].innerText.trim()]),
      selects: [...element.querySelectorAll('.match select')].map(({ ariaLabel, options }) => [ariaLabel, ...[...options].map(({ value, text }) => value + text)]),
      place: element.querySelector('.place').textContent,
    }));
    await page.locator('[data-file] .stem').waitFor();
    const asPainted = await words('[data-file]');
    go();
    await living(page).waitFor();
    assert.deepEqual(await words('[part=exercise]'), asPainted, item.id);
  }
});

test('what is painted before the module lacks nothing of the sheet that comes with it', async (t) => {
  const [name] = readdirSync(process.env.SITE).filter((file) => /^element\.\w+\.css$/.test(file));
  const sheet = readFileSync(join(process.env.SITE, name), 'utf8');
  const context = await profile(t);
  const before = (page) => page.route('**/embed.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  // Every box and every style of the page, on the screen and on paper.
  const looks = (page) => page.evaluate(() => [...document.querySelectorAll('body *')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return [element.localName, element.className, x, y, width, height, ...[...style].map((name) => `${name}: ${style.getPropertyValue(name)}`)].join('; ');
  }));
  // A worksheet has all that its exercise is painted with; the page itself has links besides.
  const builder = exercises.find(({ kind }) => kind === 'builder').id;
  const pages = [`${one.exercise}/`, `${builder}/`, ...exercises.map(({ id }) => `${id}/paper.html`)];
  for (const at of pages) {
    // Nothing takes the module that the page has asked for ahead.
    const page = await visit(t, `e/${at}`, { context, ready: false, before, expected: [/preloaded/] });
    for (const [width, media] of [[1000, 'screen'], [360, 'screen'], [700, 'print']]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ media });
      const painted = await looks(page);
      await page.evaluate((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        document.adoptedStyleSheets = [sheet];
      }, sheet);
      const whole = await looks(page);
      await page.evaluate(() => { document.adoptedStyleSheets = []; });
      const other = painted.findIndex((look, index) => look !== whole[index]);
      const of = (looks) => (other < 0 ? [] : looks[other].split('; '));
      const changed = of(painted).filter((one, index) => one !== of(whole)[index]);
      assert.deepEqual(changed, [], `${at} ${width} ${media}: ${of(painted).slice(0, 2)}`);
    }
    await page.close();
  }
});

test('the question is there before the module, and what was ticked meanwhile stays', async (t) => {
  const item = one;
  let go;
  const gate = new Promise((open) => { go = open; });
  const before = (page) => page.route('**/*.wasm', async (route) => { await gate; await route.continue(); });
  const page = await embed(t, asked(item), { before });
  await input(page, item, item.options[1].id).check();
  const order = () => page.locator('[part=exercise] .option input').evaluateAll((all) => all.map((input) => input.value));
  const asPainted = await order();
  assert.equal(await living(page).count(), 0);
  go();
  await living(page).waitFor();
  await eventually(async () => assert(await input(page, item, item.options[1].id).isChecked()));
  assert.deepEqual(await order(), asPainted, 'nothing changes its place');
  await eventually(async () => assert.equal(
    await page.evaluate(() => document.querySelector('sandtable-exercise').shadowRoot.activeElement?.value), item.options[1].id));
});

test('nothing is put in its place while a pointer is down', async (t) => {
  const item = one;
  let go;
  const gate = new Promise((open) => { go = open; });
  const before = (page) => page.route('**/*.wasm', async (route) => { await gate; await route.continue(); });
  const page = await embed(t, asked(item), { before });
  await page.locator('.option-row').first().hover();
  await page.mouse.down();
  go();
  await page.waitForTimeout(700);
  assert.equal(await living(page).count(), 0);
  await page.mouse.up();
  await living(page).waitFor();
});

test('an element that is moved a hundred times keeps its state and leaves nothing behind', async (t) => {
  const item = one;
  const page = await embed(t, `<div id="a">${asked(item)}</div><div id="b"></div>`);
  await living(page).waitFor();
  await input(page, item, item.options[0].id).check();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const count = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name) => metrics.find((metric) => metric.name === name).value;
    return [of('JSEventListeners'), of('Nodes')];
  };
  const asBefore = await count();
  await page.evaluate(async () => {
    const one = document.querySelector('sandtable-exercise');
    for (let time = 0; time < 100; time += 1) {
      document.getElementById(time % 2 ? 'a' : 'b').append(one);
      if (time % 10 === 0) await new Promise((go) => setTimeout(go));
    }
  });
  assert(await input(page, item, item.options[0].id).isChecked());
  const [listeners, nodes] = await count();
  assert(listeners <= asBefore[0] + 2 && nodes <= asBefore[1] + 10, `${listeners} ${nodes} after ${asBefore}`);
  await page.evaluate(() => document.querySelector('sandtable-exercise').remove());
  await eventually(async () => assert((await count())[0] < asBefore[0] - 20, 'what is removed for good is let go'));
});

test("the host's keys and ours do not fight", async (t) => {
  const item = one;
  const page = await embed(t, `${asked(item)}<script>window.heard = [];
    for (const type of ['keydown', 'keyup', 'keypress']) document.addEventListener(type, (event) => {
      heard.push(type + ' ' + event.key);
      if (event.key === ' ') event.preventDefault();
    });</script>`);
  await living(page).waitFor();
  await input(page, item, item.options[0].id).focus();
  for (const key of ['ArrowDown', 'ArrowRight', ' ', 'a', 'n', 'Enter']) await page.keyboard.press(key === ' ' ? 'Space' : key);
  assert.deepEqual(await page.evaluate('heard'), []);
  await living(page).focus();
  await page.keyboard.press('Space');
  await eventually(async () => assert.notEqual(await page.locator('.status').getAttribute('data-tone'), 'plain'));
  assert.deepEqual(await page.evaluate('heard'), []);
  for (const key of ['PageDown', 'F5x', 'Escape'].filter((key) => key !== 'F5x')) await page.keyboard.press(key);
  const heard = await page.evaluate('heard.filter((one) => one.startsWith("keydown"))');
  assert.deepEqual(heard, ['keydown PageDown', 'keydown Escape']);
  assert(await page.evaluate(() => document.activeElement === document.body), 'Escape gives the keyboard back');
});

for (const scale of [0.5, 1.6]) {
  test(`tokens are dragged where they belong in a slide at ${scale}`, async (t) => {
    const page = await embed(t, `<style>#slide { transform: scale(${scale}); transform-origin: 0 0; width: 800px }</style>
      <div id="slide">${element(match.exercise)}</div>`, { height: 2400 });
    await living(page).waitFor();
    await page.getByRole('button', { name: `Question ${match.place}, new` }).click();
    const [prompt, token] = Object.entries(match.pairs)[0];
    const piece = page.locator('.tray .token', { hasText: match.label(token) }).first();
    const slot = page.locator(`[data-place="slot:${prompt}"]`);
    const [from, to] = [await piece.boundingBox(), await slot.boundingBox()];
    const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(...middle(from));
    await page.mouse.down();
    await page.mouse.move(...middle(to), { steps: 5 });
    const ghost = page.locator('.ghost');
    await ghost.waitFor();
    const box = await ghost.boundingBox();
    const [x, y] = middle(to);
    assert(Math.abs(box.x - x - 8) <= 2 && Math.abs(box.y - y - 8) <= 2, `beside the pointer, not at ${box.x - x} ${box.y - y}`);
    assert(Math.abs(box.width / Math.min(420, Math.max(120, from.width / scale)) - scale) < 0.1, `as large as the piece: ${box.width}`);
    await page.mouse.up();
    await slot.getByText(match.label(token)).waitFor();
  });
}

test('the host says how it looks, and its own style stays outside', async (t) => {
  const page = await embed(t, `<style>button { all: unset; color: red !important } sandtable-exercise { --st-accent: rgb(1, 2, 3) }</style>${element(one.exercise)}`);
  await living(page).waitFor();
  assert.equal(await living(page).evaluate((button) => getComputedStyle(button).backgroundColor), 'rgb(1, 2, 3)');
  assert.notEqual(await living(page).evaluate((button) => getComputedStyle(button).color), 'rgb(255, 0, 0)');
});

test('what cannot be loaded says so, and what the host wrote stays', async (t) => {
  const page = await embed(t, '<sandtable-exercise exercise="week-20/nothing"><p>See the handout.</p></sandtable-exercise>', { expected: [/404/] });
  await page.getByRole('alert').getByText('This exercise did not load.').waitFor();
  assert(await page.getByText('See the handout.').isVisible());
});

test('a page of its own is taken over in place, and is a worksheet on paper', async (t) => {
  const item = first(match.exercise);
  let go;
  const gate = new Promise((open) => { go = open; });
  const before = (page) => page.route('**/*.wasm', async (route) => { await gate; await route.continue(); });
  const page = await visit(t, `e/${item.exercise}/`, { ready: false, before });
  const fields = (root) => page.locator(root).evaluate((element) => [...element.querySelectorAll('select')]
    .map((field) => [field.ariaLabel, ...[...field.options].map((option) => `${option.value} ${option.text}`)].join('|')));
  const [prompt, token] = Object.entries(item.pairs)[0];
  const field = (root) => page.locator(`${root} select[aria-label="Token for ${item.label(prompt)}"]`);
  await field('[data-file]').selectOption(token);
  await field('[data-file]').focus();
  const asPainted = await fields('[data-file]');
  go();
  await living(page).waitFor();
  await eventually(async () => assert.equal(await field('[part=exercise]').inputValue(), token));
  await eventually(async () => assert(await field('[part=exercise]').evaluate((select) => select.getRootNode().activeElement === select)));
  assert.deepEqual(await fields('[part=exercise]'), asPainted, 'the same names and values');
  const count = quizOf(item.exercise).items.length;
  assert(!(await page.getByText(`Question ${count} of ${count}`).isVisible()));
  await page.emulateMedia({ media: 'print' });
  await page.getByText(`Question ${count} of ${count}`).waitFor();
  assert(!(await page.locator('.bar').isVisible()));
});

test('a page of its own asks for both files of its module at once, and for nothing twice', async (t) => {
  const seen = [];
  let go;
  const gate = new Promise((open) => { go = open; });
  const before = async (page) => {
    counting(seen)(page);
    await page.route(/\/quiz\.\w+\.js$/, async (route) => { await gate; await route.continue(); });
  };
  const opened = visit(t, `e/${one.exercise}/`, { ready: false, before });
  const counts = () => [/^quiz\.\w+\.js$/, /^quiz_bg\.\w+\.wasm$/, /\.json$/].map((name) => seen.filter((file) => name.test(file)).length);
  // The script that would name the module is not there yet.
  await eventually(() => assert.deepEqual(counts(), [1, 1, 0]));
  go();
  await living(await opened).waitFor();
  // The other questions come after the first.
  await eventually(() => assert.deepEqual(counts(), [1, 1, 1]));
});

test('the first question is answered before the others are there, and they come when they can', async (t) => {
  const item = first(one.exercise);
  const { items: all } = quizOf(item.exercise);
  let go;
  let answers = false;
  const gate = new Promise((open) => { go = open; });
  const before = (page) => page.route('**/data/**', async (route) => { await gate; return answers ? route.continue() : route.fulfill({ status: 503 }); });
  // The body of what was refused is not read.
  const page = await visit(t, `e/${item.exercise}/`, { ready: false, before, expected: [/503/, /ERR_ABORTED/] });
  await living(page).waitFor();
  assert.equal(await page.locator('[part=exercise] .pip').count(), all.length);
  await living(page).click();
  await page.locator('[part=exercise] .status').getByText(/./).first().waitFor();
  await page.getByRole('button', { name: 'Question 2, new' }).click();
  await page.getByText('Loading...').waitFor();
  go();
  await page.getByRole('alert').getByText('The other questions did not load.').waitFor();
  answers = true;
  await page.getByRole('button', { name: 'Load them' }).click();
  await page.locator('[part=exercise]').getByText(`Question 2 of ${all.length}`).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  const focused = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.id);
  await eventually(async () => assert.equal(await focused(), 'question'));
  await page.unrouteAll({ behavior: 'wait' });
});

test('the worksheet has all questions, on the screen and on paper, and no script', async (t) => {
  const { exercise } = match;
  const page = await visit(t, `e/${exercise}/paper.html`, { ready: false });
  const count = quizOf(exercise).items.length;
  for (const media of ['screen', 'print']) {
    await page.emulateMedia({ media });
    for (let place = 1; place <= count; place += 1) assert(await page.getByText(`Question ${place} of ${count}`).isVisible());
    assert.deepEqual(await axe(page), []);
  }
  assert.equal(await page.locator('script').count(), 0);
});

test('with ?key the answers stand on a last page of the paper, and not without it', async (t) => {
  const { exercise } = one;
  for (const [query, asked] of [['', false], ['?key', true]]) {
    const page = await visit(t, `e/${exercise}/${query}`, { ready: false });
    await living(page).waitFor();
    await page.emulateMedia({ media: 'print' });
    await eventually(async () => assert.equal(await page.getByRole('heading', { name: 'Key' }).isVisible(), asked));
  }
});

test('without script the page of an exercise still shows its question', async (t) => {
  const { exercise } = first(any.exercise);
  const page = await visit(t, `e/${exercise}/`, { ready: false, before: (page) => page.route('**/*.js', (route) => route.abort()), expected: [/ERR_FAILED/] });
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert(await page.locator('.stem').first().isVisible());
});

test('what the page of an exercise offers to copy works where it is pasted', async (t) => {
  const context = await profile(t);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await visit(t, one.address, { context });
  await page.getByText('Use in a slide or page').click();
  const taken = {};
  for (const name of ['As an element', 'As a frame', 'In reveal.js']) {
    await page.getByRole('button', { name }).click();
    await page.getByRole('textbox', { name: 'To paste into your page' }).waitFor();
    taken[name] = await page.getByRole('textbox').inputValue();
    await eventually(async () => assert.equal(await page.evaluate(() => navigator.clipboard.readText()), taken[name]));
  }
  for (const name of ['As an element', 'In reveal.js']) {
    const host = await embed(t, taken[name]);
    await living(host).waitFor();
  }
  for (const name of ['As an element', 'In reveal.js']) {
    const before = (page) => page.route('**/embed.js', (route) => route.abort());
    const alone = await embed(t, taken[name], { before, expected: [/ERR_FAILED/] });
    const link = alone.locator('sandtable-exercise').getByRole('link');
    await link.waitFor();
    assert.equal(await link.getAttribute('href'), `${url}e/${one.exercise}/`);
  }
  const framed = await embed(t, taken['As a frame']);
  const frame = framed.frameLocator('iframe');
  await frame.locator('#primary').waitFor();
  const { title } = exercises.find((entry) => entry.id === one.exercise);
  await framed.getByTitle(title, { exact: true }).waitFor();
  await eventually(async () => {
    const [high, inside] = [await framed.locator('iframe').evaluate((element) => element.clientHeight), await frame.locator('body').evaluate((body) => body.scrollHeight)];
    assert(Math.abs(high - inside) <= 2 && high > 700, `the frame is ${high} high, its page ${inside}`);
  });
});

test('H5P and learning platforms are told the height in their own words', async (t) => {
  const page = await embed(t, `<script>window.told = []; addEventListener('message', ({ data, source }) => {
      told.push(data.subject ?? data.action ?? data.type);
      if (data.action === 'hello') source.postMessage({ context: 'h5p', action: 'hello' }, '*');
      if (data.action === 'prepareResize') source.postMessage({ context: 'h5p', action: 'resizePrepared' }, '*');
    });
    addEventListener('load', () => document.querySelector('iframe').contentWindow.postMessage({ context: 'h5p', action: 'ready' }, '*'));
    </script><iframe src="${url}e/${one.exercise}/" width="700" height="300" title="x"></iframe>`);
  await page.frameLocator('iframe').locator('#primary').waitFor();
  await eventually(async () => {
    const told = await page.evaluate('told');
    for (const word of ['st:resize', 'lti.frameResize', 'hello', 'prepareResize', 'resize']) assert(told.includes(word), `${word} in ${told}`);
  });
});

test('a file of another version, or one that cannot be read, says so and can be tried again', async (t) => {
  let answer = { format: 99 };
  const before = (page) => page.route('**/data/week-20/*.json', (route) => (answer ? route.fulfill({ json: answer }) : route.continue()));
  const page = await embed(t, asked(one), { before });
  await page.getByRole('alert').getByText('A new version is ready.').waitFor();
  answer = { format: 1, items: 'none' };
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('alert').getByText('did not load').waitFor();
  answer = null;
  await page.getByRole('button', { name: 'Try again' }).click();
  await living(page).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
});

test('axe finds nothing, before the module and after it, in light and dark', async (t) => {
  for (const dark of [false, true]) {
    let go;
    const gate = new Promise((open) => { go = open; });
    const before = (page) => page.route('**/*.wasm', async (route) => { await gate; await route.continue(); });
    const page = await visit(t, `e/${one.exercise}/`, { ready: false, before, dark });
    await page.locator('[data-file] .stem').waitFor();
    assert.deepEqual(await axe(page), []);
    go();
    await living(page).waitFor();
    assert.deepEqual(await axe(page), []);
  }
});
