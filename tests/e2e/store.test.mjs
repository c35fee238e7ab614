// What an embedded exercise keeps, where, and what it says where it cannot; and Reset for the next class.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { exercises, keyOf, quizOf, sample } from './course.mjs';
import { eventually, judged, profile, url, visit } from './harness.mjs';
import { asked, element, embed, input, living } from './host.mjs';
import { axe, layoutFaults, picture, showAt, sizes, targetFaults } from './look.mjs';

const { one, any } = sample;
const key = (exercise) => `st1:embed:${url}:${exercise}`;
const stored = (page) => page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));
const bodyOf = async (page, exercise) => JSON.parse((await stored(page))[key(exercise)]).body;
const reset = (page) => page.getByRole('button', { name: 'Reset for the next class' });
const undo = (page) => page.locator('.kept').getByRole('button', { name: 'Undo' });

/** Answers the question at hand rightly. */
async function solve(page, item, root = page) {
  for (const id of item.right) await input(root, item, id).check();
  await living(root).click();
  await eventually(async () => assert.equal(await root.locator('.status').getAttribute('data-tone'), 'right'));
}

test('with store="auto" a question is as it was left after a reload, and its pip', async (t) => {
  const page = await embed(t, asked(one, 'store="auto"'));
  await solve(page, one);
  const words = await page.locator('.status').innerText();
  const order = () => page.locator('.option input').evaluateAll((all) => all.map(({ value, checked }) => [value, checked]));
  const asLeft = await order();
  assert.deepEqual(Object.keys(await stored(page)), [key(one.exercise)], 'one key, named by the site and the exercise');
  await page.reload();
  await judged(page, 'right');
  assert.equal(await page.locator('.status').innerText(), words);
  assert.deepEqual(await order(), asLeft);
  await page.getByRole('button', { name: `Question ${one.place}, right` }).waitFor();
  await page.getByRole('heading', { name: 'Why' }).waitFor();
});

test('an answer that was not checked is kept too, and one kept is not taken back by what was painted', async (t) => {
  const page = await embed(t, asked(any, 'store="auto"'));
  await living(page).waitFor();
  await input(page, any, any.right[0]).check();
  await eventually(async () => assert.equal((await bodyOf(page, any.exercise)).items[any.id].run.answer.choice[0], any.right[0]));
  let go;
  const gate = new Promise((open) => { go = open; });
  await page.route('**/*.wasm', async (route) => { await gate; await route.continue(); });
  await page.reload();
  await input(page, any, any.right[0]).check();
  go();
  await living(page).waitFor();
  await eventually(async () => assert(await input(page, any, any.right[0]).isChecked()));
});

test('nothing is stored unless that is asked for, and nothing by who only looks', async (t) => {
  const page = await embed(t, asked(one));
  await solve(page, one);
  assert.deepEqual(await stored(page), {});
  assert.equal(await page.locator('.kept').count(), 0);
  const asker = await embed(t, asked(one, 'store="auto"'));
  await living(asker).waitFor();
  assert.deepEqual(await stored(asker), {});
});

test('its own page keeps what is done where it stands alone, and not in a frame unless that is asked for', async (t) => {
  const context = await profile(t);
  const first = keyOf(any.exercise, quizOf(any.exercise).items[0].view.id.split('#')[1]);
  const give = async (root) => {
    await root.locator('#primary').waitFor();
    const box = root.locator('[part=exercise] .option-row, [part=exercise] .slot-select').first();
    if (await box.evaluate((at) => at.localName === 'select')) await box.selectOption({ index: 1 });
    else await box.click();
  };
  const page = await visit(t, `e/${any.exercise}/`, { ready: false, context });
  await give(page);
  await eventually(async () => assert((await bodyOf(page, any.exercise)).items[first.id]));
  assert(!(await reset(page).isVisible()), 'a learner has no class');
  const names = [];
  for (const query of ['', '?store=auto']) {
    const host = await embed(t, `<iframe src="${url}e/${any.exercise}/${query}" width="700" height="900" title="x"></iframe>`);
    const frame = host.frames()[1] ?? (await host.waitForEvent('frameattached'));
    await give(host.frameLocator('iframe'));
    await eventually(async () => {
      const keys = await frame.evaluate(() => Object.keys(localStorage));
      assert.equal(keys.includes(key(any.exercise)), query !== '', `${query} ${keys}`);
    });
    names.push(query);
  }
  assert.equal(names.length, 2);
});

test('what cannot be read is put aside to the letter, and said', async (t) => {
  for (const damaged of ['{', '{"v":1,"crc":"00000000","body":{"since":0,"items":{}}}']) {
    const init = ([name, text]) => localStorage.getItem('seen') ?? (localStorage.setItem(name, text), localStorage.setItem('seen', 'yes'));
    const page = await embed(t, asked(one, 'store="auto"'), { init, arg: [key(one.exercise), damaged] });
    await living(page).waitFor();
    await page.getByText('What was kept here could not be read. We kept it aside and began anew.').waitFor();
    await solve(page, one);
    const all = await stored(page);
    assert.equal(all[`st1:bad:embed:${url}:${one.exercise}:1`], damaged);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save a file' }).click()]);
    const file = JSON.parse(await readFile(await download.path(), 'utf8'));
    assert.equal(file.aside, damaged);
    assert.equal(file.kept.body.items[one.id].best, 100);
    await page.reload();
    await judged(page, 'right');
    assert(!(await page.getByText('could not be read').isVisible()));
  }
});

test('a run that cannot be read is put aside with all that stood there', async (t) => {
  const page = await embed(t, asked(one, 'store="auto"'));
  await solve(page, one);
  const broken = await page.evaluate(async ([name, item, url]) => {
    const { body } = JSON.parse(localStorage.getItem(name));
    body.items[item].run.phase = 'asleep';
    const { src } = document.querySelector('script[type=module]');
    const script = await (await fetch(src)).text();
    const { seal } = await import(new URL(script.match(/keep\.\w+\.js/)[0], url).href);
    const text = seal(body);
    localStorage.setItem(name, text);
    return text;
  }, [key(one.exercise), one.id, url]);
  await page.reload();
  await page.getByText('We kept it aside').waitFor();
  await page.getByRole('button', { name: `Question ${one.place}, right` }).waitFor();
  assert.equal(await input(page, one, one.right[0]).isChecked(), false, 'the question is fresh, its score is not lost');
  assert.equal((await stored(page))[`st1:bad:embed:${url}:${one.exercise}:1`], broken);
});

test('what a newer version kept stays as it is', async (t) => {
  const newer = '{"v":2,"anything":[1]}';
  const init = ([name, text]) => localStorage.setItem(name, text);
  const page = await embed(t, asked(one, 'store="auto"'), { init, arg: [key(one.exercise), newer] });
  await page.getByText('Made by a newer Sandtable.').waitFor();
  await solve(page, one);
  assert.deepEqual(await stored(page), { [key(one.exercise)]: newer });
});

test('where storage is full it says so, goes on, and writes once there is room', async (t) => {
  const init = () => {
    let piece = 'x'.repeat(1 << 20);
    for (let n = 0; piece.length > 0;) {
      try { localStorage.setItem(`fill${n += 1}`, piece); } catch { piece = piece.slice(0, piece.length >> 1); }
    }
  };
  const page = await embed(t, asked(one, 'store="auto"'), { init });
  await living(page).waitFor();
  assert(!(await page.getByText('This browser is full').isVisible()), 'nothing was to be written yet');
  await solve(page, one);
  await page.getByText('This browser is full. Answers are kept until you close the page.').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save a file' }).click()]);
  assert.equal(download.suggestedFilename(), `${one.exercise.replace('/', '-')}.sandtable.json`);
  assert.equal(JSON.parse(await readFile(await download.path(), 'utf8')).kept.body.items[one.id].best, 100);
  await page.evaluate(() => { for (const name of Object.keys(localStorage)) if (name.startsWith('fill')) localStorage.removeItem(name); });
  await page.getByRole('button', { name: 'Practise again' }).click();
  await eventually(async () => assert.equal((await bodyOf(page, one.exercise)).items[one.id].best, 100));
  assert(!(await page.getByText('This browser is full').isVisible()));
});

test('in a frame without an origin storage throws: it says so, works, and shows what would be saved', async (t) => {
  const page = await embed(t, `<iframe sandbox="allow-scripts" src="${url}e/${one.exercise}/?store=auto" width="700" height="900" title="x"></iframe>`);
  const frame = page.frameLocator('iframe');
  await frame.getByText('Your work is not saved here.').waitFor();
  const field = frame.locator('[part=exercise]').locator('.option-row, .slot-select').first();
  if (await field.evaluate((at) => at.localName === 'select')) await field.selectOption({ index: 1 });
  else await field.click();
  await frame.getByRole('button', { name: 'Save a file' }).click();
  const text = await frame.getByRole('textbox', { name: 'Your work, to be copied' }).inputValue();
  assert.equal(Object.keys(JSON.parse(text).kept.body.items).length, 1);
});

test('a page that keeps for a frame is asked, and hands back what it was given', async (t) => {
  const page = await embed(t, `<script>window.shelf = {}; addEventListener('message', ({ source, data }) => {
      if (data?.type === 'st:store') source.postMessage({ type: 'st:kept', exercise: data.exercise, value: shelf[data.exercise] ?? null }, '*');
      if (data?.type === 'st:keep') shelf[data.exercise] = data.value;
    });</script><iframe sandbox="allow-scripts" src="${url}e/${one.exercise}/?store=host" width="700" height="900" title="x"></iframe>`);
  const frame = page.frameLocator('iframe');
  const field = () => frame.locator('[part=exercise]').locator('.option-row input, .slot-select').first();
  await frame.locator('#primary').waitFor();
  const isMenu = await field().evaluate((at) => at.localName === 'select');
  if (isMenu) await field().selectOption({ index: 1 });
  else await field().check();
  await eventually(async () => assert((await page.evaluate('Object.values(shelf)[0] ?? ""')).includes('"items":{"')));
  assert(!(await frame.getByText('not saved here').isVisible()));
  await page.evaluate(() => { const frame = document.querySelector('iframe'); frame.src = `${frame.src}&again`; });
  await eventually(async () => {
    if (isMenu) assert.notEqual(await field().inputValue(), '');
    else assert(await field().isChecked());
  });
});

test('with store="host" its page is told by an event, and hands back by a property', async (t) => {
  const page = await embed(t, `${asked(one, 'store="host"')}<script>window.told = []; addEventListener('sandtable:state', ({ detail }) => told.push(detail));</script>`);
  await solve(page, one);
  const told = await page.evaluate('told');
  assert(told.every(({ exercise }) => exercise === one.exercise) && told.length >= 2);
  const { value } = told.at(-1);
  assert.deepEqual(await stored(page), {});
  assert.equal(await page.evaluate(() => document.querySelector('sandtable-exercise').state), value);
  // Given before it has begun, and to one that runs.
  const markup = `<script>window.told = []; addEventListener('sandtable:state', ({ detail }) => told.push(detail));
    const one = document.createElement('sandtable-exercise'); one.setAttribute('exercise', '${one.exercise}'); one.setAttribute('item', '${one.short}'); one.setAttribute('store', 'host');
    customElements.whenDefined('sandtable-exercise').then(() => { one.state = ${JSON.stringify(value)}; document.body.append(one); });</script>`;
  const other = await embed(t, markup);
  await judged(other, 'right');
  assert.deepEqual(await other.evaluate('told'), [], 'what was handed back is not told');
  await other.evaluate(() => { document.querySelector('sandtable-exercise').state = null; });
  await other.getByRole('button', { name: `Question ${one.place}, new` }).waitFor();
  await other.evaluate(() => { document.querySelector('sandtable-exercise').state = '{'; });
  await other.getByText('What was handed back could not be read.').waitFor();
  await solve(other, one);
});

test('two elements of one exercise lose nothing that was graded', async (t) => {
  const second = keyOf(one.exercise, quizOf(one.exercise).items.map(({ view }) => view.id.split('#')[1]).find((short) => short !== one.short));
  const page = await embed(t, `<div id="a">${asked(one, 'store="auto"')}</div><div id="b">${asked(second, 'store="auto" loading="eager"')}</div>`);
  const [a, b] = [page.locator('#a'), page.locator('#b')];
  await b.locator('#primary').waitFor();
  await b.getByRole('button', { name: 'Show answer' }).click();
  for (const id of one.right) await a.locator(`input[value="${id}"][name="${one.id}"]`).check();
  await a.locator('#primary').click();
  await b.getByRole('button', { name: 'Practise again' }).click();
  await eventually(async () => {
    const { items } = await bodyOf(page, one.exercise);
    assert.equal(items[one.id].best, 100);
    assert.equal(items[one.id].run.phase, 'done');
    assert.equal(items[second.id].run.phase, 'answering');
  });
});

test('two tabs lose nothing that was graded, and begin anew together', async (t) => {
  const context = await profile(t);
  const second = keyOf(one.exercise, quizOf(one.exercise).items.map(({ view }) => view.id.split('#')[1]).find((short) => short !== one.short));
  const a = await embed(t, asked(one, 'store="auto" reset'), { context });
  await living(a).waitFor();
  const b = await embed(t, asked(second, 'store="auto" reset'), { context });
  await living(b).waitFor();
  await solve(a, one);
  await b.getByRole('button', { name: 'Show answer' }).click();
  await eventually(async () => assert.deepEqual(Object.keys((await bodyOf(a, one.exercise)).items).sort(), [one.id, second.id].sort()));
  await reset(b).click();
  await a.getByRole('button', { name: `Question ${one.place}, new` }).waitFor();
  assert.deepEqual((await bodyOf(a, one.exercise)).items, {});
  await undo(b).click();
  await eventually(async () => assert.equal((await bodyOf(a, one.exercise)).items[one.id].best, 100));
});

test('reset: by the keyboard alone, fresh in one step, said, and taken back', async (t) => {
  const page = await embed(t, asked(any, 'store="auto" reset'), { width: 900 });
  await living(page).waitFor();
  assert(!(await reset(page).isVisible()), 'there is nothing to reset yet');
  await solve(page, any);
  await reset(page).waitFor();
  await page.locator('#primary').focus();
  const isOn = (locator) => locator.evaluate((at) => at.getRootNode().activeElement === at);
  for (let tab = 0; tab < 30 && !(await isOn(reset(page))); tab += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Question ${any.place}, new` }).waitFor();
  assert.equal(await page.locator('.option input:checked').count(), 0);
  assert.equal(await page.locator('.pip .mark').count(), 0);
  assert.deepEqual((await bodyOf(page, any.exercise)).items, {});
  assert(await isOn(undo(page)), 'the focus is on what takes it back');
  assert(!(await reset(page).isVisible()));
  await eventually(async () => assert.match(await page.locator('.kept .said').innerText(), /Fresh again/));
  await page.keyboard.press('Enter');
  await judged(page, 'right');
  assert(await isOn(reset(page)));
  assert.equal((await bodyOf(page, any.exercise)).items[any.id].best, 100);
  await page.keyboard.press('Enter');
  await input(page, any, any.right[0]).check();
  await eventually(async () => assert(!(await undo(page).isVisible()), 'the next class has begun'));
  assert(await reset(page).isVisible());
});

test('a new class gets a new order', async (t) => {
  const page = await embed(t, asked(one, 'reset'));
  await living(page).waitFor();
  const order = () => page.locator('.option input').evaluateAll((all) => all.map(({ value }) => value).join());
  const seen = new Set([await order()]);
  for (let time = 0; time < 8 && seen.size === 1; time += 1) {
    await page.locator('.option-row').first().click();
    await reset(page).click();
    await eventually(async () => assert.equal(await page.locator('.option input:checked').count(), 0));
    seen.add(await order());
  }
  assert(seen.size > 1, 'always in the same order');
  assert.deepEqual(await stored(page), {});
});

test('an architecture is as it was left, and fresh for the next class', async (t) => {
  const { id } = exercises.find(({ kind }) => kind === 'builder');
  const page = await embed(t, element(id, 'store="auto" reset'));
  const root = page.locator('[part=exercise] .builder');
  const hubs = () => root.locator('.stage .kind-transit').count();
  await root.locator('.stage [data-node-id]').first().waitFor({ state: 'attached' });
  await root.locator('.proxy:not([hidden])').focus();
  await page.keyboard.press('a');
  await root.getByRole('combobox', { name: 'Add which part?' }).waitFor();
  await page.keyboard.type('transit');
  await page.keyboard.press('Enter');
  await eventually(async () => assert.equal(await hubs(), 1));
  await page.keyboard.press('Control+Enter');
  await eventually(async () => assert.equal((await bodyOf(page, id)).items[`${id}#blank`].best, 0));
  await page.reload();
  await eventually(async () => assert.equal(await hubs(), 1));
  await reset(page).click();
  await eventually(async () => assert.equal(await hubs(), 0));
  await undo(page).click();
  await eventually(async () => assert.equal(await hubs(), 1));
});

test('what stands below an exercise fits and can be read, narrow and wide, light and dark', async (t) => {
  for (const dark of [false, true]) {
    const page = await visit(t, `e/${one.exercise}/?reset&store=host`, { ready: false, dark });
    await living(page).waitFor();
    const field = page.locator('[part=exercise]').locator('.option-row, .slot-select').first();
    if (await field.evaluate((at) => at.localName === 'select')) await field.selectOption({ index: 1 });
    else await field.click();
    await reset(page).waitFor();
    assert.deepEqual(await axe(page), []);
    for (const name of ['narrow', 'embed', 'laptop']) {
      await showAt(page, sizes[name], { dark });
      assert.deepEqual([...await layoutFaults(page), ...await targetFaults(page)], [], name);
      await picture(page, `kept-${name}-${dark ? 'dark' : 'light'}`, { whole: true });
    }
  }
});
