const byId = (id) => document.getElementById(id);
const form = byId("form");
const states = {
  starting: "Starting", queued: "Waiting", running: "Being made", done: "Finished", failed: "Failed", cancelled: "Cancelled",
};
const cards = new Map();

// Videos: the server sends all of them when the stream opens, and again after a lost connection, then each change.
function listen() {
  const events = new EventSource("/events");
  events.addEventListener("open", () => (byId("offline").hidden = true));
  events.addEventListener("video", (e) => show(JSON.parse(e.data)));
  events.addEventListener("error", () => {
    byId("offline").hidden = false;
    // A broken connection is opened again by the browser, an answer with an error is not.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
}
listen();

function show(video) {
  let card = cards.get(video.id);
  if (video.state === "removed") {
    card?.element.remove();
    cards.delete(video.id);
    byId("none").hidden = cards.size > 0;
    return;
  }
  const isNew = !card;
  card ??= add(video);
  const { element, state: before } = card;
  const part = (selector) => element.querySelector(selector);
  const isOpen = ["starting", "queued", "running"].includes(video.state);
  element.dataset.state = card.state = video.state;
  part(".state").textContent = states[video.state];
  setText(part(".note"), video.note);
  const progress = part("progress");
  progress.hidden = !isOpen;
  if (video.percent == null) progress.removeAttribute("value");
  else progress.value = video.percent;
  const cancel = part(".cancel");
  if (!isOpen && cancel === document.activeElement) part(".prompt").focus();
  cancel.hidden = !["queued", "running"].includes(video.state);
  if (isNew || before === video.state) {
    if (video.state === "done") load(part("video"), video, false);
    return;
  }
  byId("news").textContent = `${states[video.state]}: ${video.prompt}`;
  if (video.state === "done") load(part("video"), video, true);
}

function add(video) {
  const element = byId("video").content.cloneNode(true).firstElementChild;
  const heading = element.querySelector(".prompt");
  heading.textContent = video.prompt;
  heading.tabIndex = -1;
  const time = element.querySelector("time");
  time.dateTime = video.created;
  time.textContent = new Date(video.created).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const cancel = element.querySelector(".cancel");
  cancel.setAttribute("aria-label", `Cancel: ${video.prompt}`);
  cancel.addEventListener("click", () => stop(video.id, cancel, element.querySelector(".note")));
  byId("videos").prepend(element);
  byId("none").hidden = true;
  const card = { element };
  cards.set(video.id, card);
  return card;
}

function load(player, video, isFresh) {
  if (!player.hidden) return;
  player.hidden = false;
  player.setAttribute("aria-label", video.prompt);
  player.src = `/videos/${video.id}/file`;
  // A video that was just finished plays at once, silently, unless the person wants no motion.
  if (!isFresh || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  player.muted = true;
  player.play().catch(() => {});
}

async function stop(id, button, note) {
  button.disabled = true;
  const problem = await send(`/videos/${id}/cancel`);
  button.disabled = false;
  if (problem) setText(note, problem.detail);
}

// The form.
form.addEventListener("submit", async (e) => {
  e.preventDefault();
  complain({});
  const body = new FormData(form);
  if (!byId("picture").files.length) body.delete("picture");
  const button = byId("make");
  button.disabled = true;
  button.textContent = "Uploading the picture …";
  const problem = await send("/videos", body);
  button.disabled = false;
  button.textContent = "Make the video";
  if (problem) complain(problem);
  else byId("news").textContent = "The video was started.";
});

function complain({ detail, errors = {} }) {
  let first;
  for (const id of ["prompt", "picture", "seconds"]) {
    const sentences = errors[id];
    setText(byId(`${id}-error`), sentences?.join(" "));
    if (sentences) byId(id).setAttribute("aria-invalid", "true");
    else byId(id).removeAttribute("aria-invalid");
    if (sentences) first ??= byId(id);
  }
  // A sentence that stands at its field need not stand above the form as well.
  setText(byId("problem"), first ? null : detail);
  if (detail) (first ?? byId("problem")).focus();
}

byId("picture").addEventListener("change", () => {
  const preview = byId("preview");
  const [file] = byId("picture").files;
  URL.revokeObjectURL(preview.src);
  preview.hidden = !file;
  if (file) preview.src = URL.createObjectURL(file);
});

async function price() {
  const query = new URLSearchParams({ seconds: byId("seconds").value, sound: byId("sound").checked });
  const answer = await fetch(`/price?${query}`);
  if (!answer.ok) return;
  const { text, isEmulated } = await answer.json();
  byId("price").textContent = text;
  byId("emulated").hidden = !isEmulated;
}
byId("seconds").addEventListener("change", price);
byId("sound").addEventListener("change", price);
price();

// Posts; null, or what went wrong.
async function send(path, body) {
  try {
    const answer = await fetch(path, { method: "POST", body });
    if (answer.ok) return null;
    const problem = await answer.json().catch(() => ({}));
    return { ...problem, detail: problem.detail ?? "The server could not do this. Try again." };
  } catch {
    return { detail: "The server cannot be reached. Look into the list before you try again: the video may have been started." };
  }
}

function setText(element, text) {
  element.textContent = text ?? "";
  element.hidden = !text;
}
