// Starts the app. When it cannot start, or stops by a fault of its own, this shows why and a way out: it is the one
// part of the page that needs no wasm.
const byId = (id) => document.getElementById(id);

function showFault(title, text, way, report) {
  byId("boot").hidden = true;
  // What stands there does nothing any more.
  byId("app").hidden = true;
  byId("fault-title").textContent = title;
  byId("fault-text").textContent = text;
  byId("fault-reload").textContent = way;
  byId("fault-report").value = report;
  const fault = byId("fault");
  fault.hidden = false;
  fault.focus();
}

const reload = (event) => {
  event.preventDefault();
  location.reload();
};
byId("fault-reload").addEventListener("click", reload);
byId("boot-reload").addEventListener("click", reload);

byId("fault-copy").addEventListener("click", async () => {
  const report = byId("fault-report");
  report.select();
  try {
    await navigator.clipboard.writeText(report.value);
    byId("fault-copy").textContent = "Copied.";
  } catch {
    byId("fault-copy").textContent = "Selected. Press Ctrl+C.";
  }
});

window.addEventListener("sandtable:panic", (event) => {
  showFault(
    "Sandtable has stopped.",
    "This is a fault of ours. What you answered is saved up to your last step. Reload to go on.",
    "Reload",
    String(event.detail),
  );
});

// What is loaded when first needed: a script with its module, and a style sheet. Wasm cannot say import() by itself.
globalThis.sandtable ??= {
  async load(script, sheet) {
    const here = (file) => new URL(file, import.meta.url);
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: here(sheet) });
    const styled = new Promise((done, failed) => Object.assign(link, { onload: done, onerror: failed }));
    document.head.append(link);
    const module = await import(here(script));
    await Promise.all([module.default(), styled]);
    return module;
  },
};

// Nothing for the first 300 ms: most loads are quicker, and a flash is worse than a blank.
const slow = setTimeout(() => { byId("boot").hidden = false; }, 300);
const late = setTimeout(() => {
  byId("boot").querySelector("p").textContent = "Still loading.";
  byId("boot-reload").hidden = false;
}, 8000);

try {
  const app = await import("./app.js");
  await app.default({ module_or_path: new URL("./app_bg.wasm", import.meta.url) });
} catch (error) {
  if (byId("fault").hidden) {
    showFault("Sandtable did not load.", "Your work is safe.", "Try again", String(error));
  }
} finally {
  clearTimeout(slow);
  clearTimeout(late);
  byId("boot").hidden = true;
}

// After one visit the course works without the server, and a new version comes when the learner says so: it is not put
// under a page in use. Not in a frame, which stands in somebody else's page; not where Trunk serves, which knows no manifest.
async function offline() {
  if (self !== top || !document.querySelector("link[rel=manifest]")) return;
  const worker = navigator.serviceWorker;
  const registration = await worker.register("./sw.js", { updateViaCache: "none" });
  const news = byId("news");
  const [text, now, later] = news.children;
  let { controller } = worker;
  let renewed, accepted, closed;
  const tell = () => {
    // Under the header, once that is there.
    if (!byId("app").contains(news)) document.querySelector(".header")?.after(news.parentElement);
    const ready = renewed || (controller && registration.waiting);
    const words = ready ? "A new version is ready." : controller && !navigator.onLine ? "You are offline. What you opened still works." : "";
    text.textContent = words;
    now.hidden = !ready;
    later.textContent = ready ? "Later" : "Close";
    news.hidden = !words || words === closed;
  };
  const follow = () => registration.installing?.addEventListener("statechange", tell);
  registration.addEventListener("updatefound", follow);
  worker.addEventListener("controllerchange", () => {
    if (accepted) location.reload();
    // Another tab has taken the new version; this one goes on with its own until it is reloaded.
    renewed = controller;
    ({ controller } = worker);
    tell();
  });
  addEventListener("online", tell);
  addEventListener("offline", tell);
  now.addEventListener("click", () => {
    accepted = registration.waiting;
    if (accepted) accepted.postMessage("SKIP_WAITING");
    else location.reload();
  });
  later.addEventListener("click", () => {
    closed = text.textContent;
    tell();
    // The button is gone: the page goes on below it.
    byId("main")?.focus({ preventScroll: true });
  });
  follow();
  tell();
}
// Where there is no service worker (an insecure address, a private window) the course is as it was.
offline().catch(() => {});
