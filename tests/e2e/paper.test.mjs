// What comes out of a printer: the page of an exercise, and its worksheet.
import assert from 'node:assert/strict';
import test from 'node:test';
import { exercises, quizOf } from './course.mjs';
import { eventually, visit } from './harness.mjs';
import { living } from './host.mjs';
import { layoutFaults, picture } from './look.mjs';

const quizzes = exercises.filter(({ kind }) => kind === 'quiz');
const building = exercises.find(({ kind }) => kind === 'builder').id;

/** What a sheet of A4 holds between margins of 15 mm, in px. */
const [WIDE, HIGH] = [180, 267].map((length) => Math.floor(length / 25.4 * 96));

/** The page of an exercise once it lives and holds what it prints, or its worksheet; on paper. */
async function paper(t, id, file) {
  const page = await visit(t, `e/${id}/${file}`, { ready: false, width: WIDE, height: HIGH });
  if (file !== 'paper.html') {
    await page.locator('[part=exercise] #primary').waitFor();
    await page.locator('.rest[data-asked]').waitFor({ state: 'attached' });
    if (file === '?key') await page.locator('.key[data-asked]').waitFor({ state: 'attached' });
  }
  await page.emulateMedia({ media: 'print' });
  return page;
}

/** How many sheets of A4 it takes. */
async function sheets(page) {
  const pdf = await page.pdf({ format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;
}

/** On a screen a menu without words is a fault; on paper it is the line to write on. */
const faults = async (page) => (await layoutFaults(page)).filter((fault) => !fault.startsWith('a menu is an empty box'));

/** The questions that are printed, by their place, in the order in which they stand there, shadow roots too. */
const printed = (page) => page.evaluate(() => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((at) => [...(at.matches('.place') ? [at] : []), ...(at.shadowRoot ? all(at.shadowRoot) : [])]);
  return all(document).filter((place) => place.checkVisibility()).sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map((place) => place.textContent);
});

for (const { id } of quizzes) {
  for (const file of ['', 'paper.html']) {
    test(`${id}/${file} on paper: each question once, whole where a sheet holds it, with no words of the screen`, async (t) => {
      const page = await paper(t, id, file);
      const { items } = quizOf(id);
      assert.deepEqual(await printed(page), items.map((_, at) => `Question ${at + 1} of ${items.length}`));
      assert.equal(await page.getByText('Drop a token here').filter({ visible: true }).count(), 0);
      for (const select of await page.locator('select').filter({ visible: true }).all()) {
        const { color, ...look } = await select.evaluate((at) => {
          const { color, appearance, backgroundImage, borderBlockStartWidth, borderBlockEndWidth, inlineSize } = getComputedStyle(at);
          return { color, appearance, backgroundImage, borderBlockStartWidth, borderBlockEndWidth, isLong: parseFloat(inlineSize) >= 200 };
        });
        assert.match(color, /, 0\)$/, 'what is chosen on the screen is not printed');
        assert.deepEqual(look, { appearance: 'none', backgroundImage: 'none', borderBlockStartWidth: '0px', borderBlockEndWidth: '1px', isLong: true });
      }
      assert.deepEqual(await faults(page), []);
      // A question is broken only where it is longer than a sheet; the first stands below the title.
      const bottoms = await page.locator('.question').filter({ visible: true }).evaluateAll((all) => all.map((at, place) => { const { top, bottom } = at.getBoundingClientRect(); return place ? bottom - top : bottom; }));
      const most = bottoms.reduce((sum, high) => sum + Math.ceil(high / HIGH), 0);
      const taken = await sheets(page);
      assert(taken <= most, `${taken} sheets instead of ${most}`);
      await picture(page, `paper-${id.split('/')[1]}-${file || 'page'}`, { whole: true });
    });
  }
}

test('what is printed is the worksheet, whichever question is on the screen and however it was answered', async (t) => {
  const { id } = quizzes[0];
  const { items } = quizOf(id);
  const page = await visit(t, `e/${id}/`, { ready: false });
  await living(page).waitFor();
  await page.getByRole('button', { name: 'Question 3, new' }).click();
  await page.locator('[part=exercise]').getByText(`Question 3 of ${items.length}`).waitFor();
  await page.locator('[part=exercise] input').first().check();
  await page.emulateMedia({ media: 'print' });
  await eventually(async () => assert.deepEqual(await printed(page), items.map((_, at) => `Question ${at + 1} of ${items.length}`)));
  assert.equal(await page.locator('input:checked').filter({ visible: true }).count(), 0);
});

test('the key follows on sheets of its own, with room between its answers', async (t) => {
  for (const { id } of quizzes) {
    const page = await paper(t, id, '?key');
    const { items } = quizOf(id);
    const answers = await page.locator('.key > section').evaluateAll((all) => all.map((at) => { const { top, bottom } = at.getBoundingClientRect(); return { top, bottom, room: at.querySelector('h3 ~ *').getBoundingClientRect().top - at.querySelector('h3').getBoundingClientRect().bottom }; }));
    assert.equal(answers.length, items.length);
    answers.forEach(({ top, room }, at) => assert(room >= 4 && (at === 0 || top - answers[at - 1].bottom >= 12), `${id}, answer ${at + 1}`));
    const all = await sheets(page);
    await page.locator('.key').evaluate((key) => key.remove());
    const more = all - await sheets(page);
    assert(more === 1 || more === 2, `${more} sheets of key`);
  }
});

for (const file of ['', 'paper.html']) {
  test(`${building}/${file} on paper: the task and the rules, the board, and a sheet to draw on`, async (t) => {
    const page = await paper(t, building, file);
    const tops = [];
    for (const what of [page.locator('.brief-text'), page.getByRole('heading', { name: 'Rules' }), page.locator('.drawn'), page.getByRole('heading', { name: 'Parts' }), page.locator('.room')]) {
      tops.push((await what.filter({ visible: true }).boundingBox()).y);
    }
    assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
    assert.deepEqual(await faults(page), []);
    assert.equal(await sheets(page), 3);
    await picture(page, `paper-builder-${file || 'page'}`, { whole: true });
  });
}
