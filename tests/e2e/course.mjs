// The course as it was compiled: tests read the right answers here, so that none of them repeats a key.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file) => JSON.parse(readFileSync(join(process.env.SITE, 'data', file), 'utf8'));

export const course = read('course.json');
export const exercises = course.weeks.flatMap((week) => week.exercises);
export const quizOf = (exercise) => read(exercises.find((entry) => entry.id === exercise).file);

/** A body is its kind and, under that name, its fields. */
const kindOf = (body) => Object.keys(body)[0];

/** An item with its address, the labels of its pieces, and its key. */
export function keyOf(exercise, short, quiz = quizOf(exercise)) {
  const at = quiz.items.findIndex(({ view }) => view.id.endsWith(`#${short}`));
  const { view, key } = quiz.items[at];
  const kind = kindOf(view.body);
  const [body, keyBody] = [view.body[kind], key.body[kind]];
  const pieces = ['options', 'prompts', 'tokens', 'blocks'].flatMap((list) => body[list] ?? []);
  const label = (id) => pieces.find((piece) => piece.id === id).label;
  const item = { exercise, short, id: view.id, place: at + 1, address: `#/${exercise}/${short}`, kind, view, key, ...body, label };
  if (kind === 'choice') {
    item.right = keyBody.options.filter((option) => option.right).map((option) => option.id);
    item.wrong = keyBody.options.filter((option) => !option.right).map((option) => option.id);
  } else if (kind === 'match') {
    item.pairs = keyBody.pairs;
  } else {
    item.right = inOrder(keyBody.blocks);
    item.decoys = keyBody.blocks.filter((block) => !block.after).map((block) => block.id);
    item.after = (id) => keyBody.blocks.find((block) => block.id === id).after ?? [];
  }
  return item;
}

/** A right order: each block once all that has to come before it is there. */
function inOrder(blocks) {
  const order = [];
  let rest = blocks.filter((block) => block.after);
  while (rest.length > 0) {
    const next = rest.find((block) => block.after.every((id) => order.includes(id)));
    order.push(next.id);
    rest = rest.filter((block) => block !== next);
  }
  return order;
}

/** Every item of the course that is a question. */
export const items = exercises.filter((entry) => entry.kind === 'quiz').flatMap((entry) => {
  const quiz = quizOf(entry.id);
  return quiz.items.map(({ view }) => keyOf(entry.id, view.id.split('#')[1], quiz));
});

const first = (what, is) => {
  const found = items.find(is);
  if (!found) throw new Error(`the course has no item of this sort: ${what}`);
  return found;
};

/** One item of each sort. */
export const sample = {
  one: first('choice of one', (item) => item.pick === 'one'),
  two: first('choice of two', (item) => item.pick?.exactly === 2),
  any: first('choice of any', (item) => item.pick === 'any'),
  match: first('match', (item) => item.kind === 'match' && !item.reuse),
  reuse: first('match with tokens for several prompts', (item) => item.kind === 'match' && item.reuse),
  tray: first('order with a tray', (item) => item.kind === 'order' && item.tray),
};

/** The order of the course without its decoys and its tray, which the course itself has none of: a quiz and its item. */
export function withoutTray() {
  const { exercise, short, right, decoys } = sample.tray;
  const quiz = quizOf(exercise);
  const { view, key } = quiz.items.find((item) => item.view.id.endsWith(`#${short}`));
  const isUsed = (block) => !decoys.includes(block.id);
  const before = (block) => right.slice(0, right.indexOf(block.id));
  const blocks = key.body.order.blocks.filter(isUsed).map((block) => ({ ...block, after: before(block) }));
  view.body.order = { blocks: view.body.order.blocks.filter(isUsed) };
  key.body.order = { rule: 'inversions', blocks };
  return { quiz, item: keyOf(exercise, short, quiz) };
}

/** Answers the request for an exercise with a quiz of the test's own. */
export const serveQuiz = (quiz) => async (page) => {
  const { file } = exercises.find((entry) => entry.id === quiz.id);
  await page.route(`**/data/${file}`, (route) => route.fulfill({ json: quiz }));
};

/** Everything of an item that may not be seen before its time, as plain text. */
export function secrets(item) {
  const { body, explain, hints = [] } = item.key;
  const keyBody = body[item.kind];
  const whys = [keyBody.options, keyBody.blocks, keyBody.wrong].flatMap((list) => list ?? []).map((one) => one.why);
  return {
    reasons: [...whys, ...Object.values(keyBody.why ?? {})].map(plain),
    explain: plain(explain),
    hints: hints.map((hint) => plain(hint.html)),
  };
}

const ENTITIES = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };

/** The text of HTML, without its spaces. */
export const plain = (html) =>
  html.replace(/<[^>]+>/g, '').replace(/&(#?\w+);/g, (all, name) => ENTITIES[name] ?? all).replace(/\s+/g, '');
