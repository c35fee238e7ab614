// What only some pages do. The page of an exercise (e/<id>/): the key on paper, and in a frame to tell how high it is and to
// turn the page of a deck. A slide of reveal.js on paper: to find room for all of its exercise.

// A frame that is lower than this shows a part of an architecture to build; it asks for so much, in case it may grow.
const ROOM = 720;

// Puts on paper what is not on the screen: all questions, as a class gets them, whichever of them is on the screen and however
// it was answered; and the answers where they were asked for.
export async function print(own, hasKey) {
  const parts = [["paper.html", ".rest"], ["key.html", ".key"]].slice(0, hasKey ? 2 : 1);
  await Promise.all(parts.map(async ([file, place]) => {
    const here = document.querySelector(place);
    if (!here) return;
    const address = new URL("./e/" + own.getAttribute("exercise") + "/" + file, import.meta.url);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status + " " + address);
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const questions = read.querySelectorAll("article");
    here.append(...questions.length ? questions : read.querySelector(place).childNodes);
    here.dataset.asked = "";
  }));
}

// How large an exercise is to be printed on a page that has so much height, of which others take their part; 1 is as it is.
export const scale = (page, others, natural) => Math.min(1, Math.max(0, page - Math.max(0, others)) / natural || 1);

// What is printed does not scroll: an exercise that is higher than its slide is made as small as it has to be. The slide was
// put in the middle before it had its height.
export function place(slide, element, box) {
  const { clientHeight } = slide.parentNode;
  let zoom = scale(clientHeight, slide.scrollHeight - element.offsetHeight, box.scrollHeight);
  box.style.zoom = zoom;
  // Lines are as high as whole pixels: a little more may be needed.
  while (slide.scrollHeight > clientHeight && zoom < 1 && zoom > 0.1) box.style.zoom = zoom *= 0.98;
  slide.style.top = Math.max(0, (clientHeight - slide.scrollHeight) / 2) + "px";
}

// Tells whoever frames the page how high it is, in the three ways that there are for it; turns the page of a deck.
export function fit(own) {
  const tell = (message) => parent.postMessage(message, "*");
  const h5p = (action, more) => tell({ context: "h5p", action, ...more });
  const height = () => (own.hasAttribute("fit") ? ROOM : Math.ceil(document.body.getBoundingClientRect().height));
  const measure = () => own.toggleAttribute("fit", innerHeight < ROOM && own.matches(".building > *"));
  addEventListener("resize", measure);
  measure();
  let told = 0, grown = [], asked = false;
  const say = () => {
    const now = height();
    if (Math.abs(now - told) < 2) return;
    // A frame that grows with every answer would grow for ever.
    const time = performance.now();
    grown = grown.filter((before) => time - before < 1000);
    if (now > told && grown.push(time) > 5) return;
    told = now;
    tell({ type: "st:resize", height: now });
    tell({ subject: "lti.frameResize", height: now });
    if (asked) h5p("prepareResize", { scrollHeight: now, clientHeight: innerHeight });
  };
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.context !== "h5p") return;
    if (data.action === "ready") h5p("hello");
    else if (data.action === "hello") { asked = true; h5p("prepareResize", { scrollHeight: height(), clientHeight: innerHeight }); }
    else if (data.action === "resizePrepared") h5p("resize", { scrollHeight: height() });
  });
  // Whoever said it was ready before this was there answers to this.
  h5p("hello");
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => { grown = []; }, true);
  addEventListener("keydown", ({ key }) => {
    // Presented, the arrows are the deck's as well.
    const arrows = own.getAttribute("mode") === "present" && { ArrowRight: "next", ArrowLeft: "prev" };
    const method = { PageDown: "next", PageUp: "prev", ...arrows }[key];
    if (method) tell(JSON.stringify({ method }));
  });
  new ResizeObserver(say).observe(document.body);
}
