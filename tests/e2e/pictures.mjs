// What is to be seen in the docs, scene by scene.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { keyOf, quizOf } from './course.mjs';
import { snippet } from './docs.mjs';
import { guest, plainPage, revealDeck } from './guests.mjs';
import { origin, url, visit } from './harness.mjs';
import { decks, folder } from './slides.mjs';

const { APP, SANDTABLE } = process.env;
const exercise = 'week-20/transit-gateway';
/** The choice with the shortest question: its options are to be seen too. */
const [choice] = quizOf(exercise).items.filter(({ view }) => 'choice' in view.body)
  .sort((a, b) => a.view.stem.length - b.view.stem.length)
  .map(({ view }) => keyOf(exercise, view.id.split('#')[1]));
const ours = [new RegExp(`^elsewhere: ${origin}/`)];

/** Shows the choice of the exercise in an element or a frame, answered wrongly. */
async function answer(root) {
  await root.locator('[part=exercise] #primary').waitFor();
  await root.getByRole('button', { name: `Question ${choice.place}, new` }).click();
  await root.locator('[part=exercise]').getByText(`Question ${choice.place} of`).waitFor();
  await root.locator('[part=exercise] .option-row', { hasText: choice.label(choice.wrong[0]) }).click();
}

async function slide(t, deck) {
  deck.make();
  const page = await visit(t, deck.hash(2), { at: deck.at, ready: false, width: 1280, height: 720, expected: ours });
  const frame = page.frameLocator('iframe');
  await answer(frame);
  await frame.locator('[part=exercise] .question').evaluate((question) => question.scrollIntoView());
  return page;
}

const scenes = {
  async share(t) {
    // At the address that the docs speak of.
    const site = 'https://your.site/';
    const before = (page) => page.route(`${site}**`, async (route) => route.fulfill({ response: await route.fetch({ url: route.request().url().replace(site, url) }) }));
    const page = await visit(t, choice.address, { at: site, before });
    await page.getByText('Use in a slide or page').click();
    await page.getByRole('button', { name: 'As an element' }).click();
    return { page, on: page.locator('.share'), width: 800, height: 260 };
  },
  async page(t) {
    const page = await guest(t, 'page', plainPage('Route tables', `<p>Before the lecture, find out where each packet goes.</p>${snippet('instructors.md', 'In a page', 'html')}`));
    await answer(page);
    return { page, width: 800, height: 600 };
  },
  async reveal(t) {
    const page = await guest(t, 'reveal', revealDeck(snippet('instructors.md', 'In reveal.js', 'html')));
    await answer(page);
    return { page, width: 800, height: 600 };
  },
  slidev: async (t) => ({ page: await slide(t, decks.Slidev), width: 980, height: 552 }),
  marp: async (t) => ({ page: await slide(t, decks.Marp), width: 980, height: 551 }),
  async present(t) {
    const page = await visit(t, `e/${exercise}/present/`, { ready: false });
    for (let place = 1; place < choice.place; place += 1) await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText(`Question ${choice.place} of`).first().waitFor();
    return { page, width: 960, height: 540 };
  },
  async platform(t) {
    const page = await guest(t, 'platform', plainPage('Week 20: quiz', `<p>Ten minutes, as often as you like.</p>${snippet('instructors.md', 'In a learning platform', 'html')}`));
    await answer(page.frameLocator('iframe'));
    return { page, width: 800, height: 600 };
  },
  async paper(t) {
    const page = await visit(t, `e/${exercise}/?key`, { ready: false });
    await page.locator('[part=exercise] #primary').waitFor();
    await page.locator('.key[data-asked]').waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    return { page, width: 794, height: 600 };
  },
  async file(t) {
    const file = join(folder, 'transit-gateway.html');
    execFileSync(SANDTABLE, ['build', fileURLToPath(new URL('../../exercises', import.meta.url)), '--app', APP, '--single', exercise, '--out', file], { stdio: 'pipe' });
    const page = await visit(t, '', { at: pathToFileURL(file).href, ready: false });
    await page.locator('#primary').waitFor();
    return { page, width: 800, height: 600 };
  },
};

export const names = Object.keys(scenes);

/** A scene as a WebP: the window, or what begins where an element does. */
export async function take(t, name) {
  const { page, on, width, height } = await scenes[name](t);
  await page.setViewportSize({ width, height: on ? 2000 : height });
  // What follows the pointer or waits for it goes away.
  await page.mouse.move(1, 1);
  await page.evaluate(() => document.activeElement?.blur());
  if (!on) await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(2500);
  const { x, y } = (await on?.evaluate((element) => {
    const { x, y } = element.getBoundingClientRect();
    return { x: Math.max(0, x + scrollX - 16), y: y + scrollY - 16 };
  })) ?? { x: 0, y: 0 };
  const session = await page.context().newCDPSession(page);
  const clip = { x, y, width, height, scale: 1 };
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80, clip, captureBeyondViewport: Boolean(on) });
  return Buffer.from(data, 'base64');
}
