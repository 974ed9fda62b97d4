// The page: endpoints, the form's live check, runs, code samples, and what the emulator saw. All calls carry the token of this run in a header.
import { createForm, h } from '/form.js';

const $ = id => document.getElementById(id);
const TokenName = 'klinggen-token';
const FaultDetails = {
  delay: { time: '2s' }, error: { status: 503 }, answer: { status: 200, body: '{}' }, body: { body: '{}' }, redirect: { location: 'https://example.com/' },
  setField: { name: 'status', value: 'IN_QUEUE' }, removeField: { name: 'request_id' }, duplicateField: { name: 'request_id', value: 'other' },
};

let state = null;
let form = null;
let endpoint = null;
let samples = {};
let language = 'csharp';
let view = 'received';
let job = null;
let shownReport = '';
let previewTimer = 0;
let previewCount = 0;

const token = takeToken();

/** The token comes in the fragment, which the browser sends to no server, and leaves the address bar at once. */
function takeToken() {
  const given = /^#token=([0-9A-F]+)$/i.exec(location.hash);
  if (given) {
    sessionStorage.setItem(TokenName, given[1]);
    history.replaceState(null, '', '/');
  }
  return sessionStorage.getItem(TokenName) ?? '';
}

async function send(path, options = {}) {
  const response = await fetch(`/api${path}`, { ...options, headers: { ...options.headers, 'X-Klinggen-Token': token } });
  if (response.ok) return response;
  let message = `The call failed with status ${response.status}.`;
  try { message = (await response.json()).error ?? message; } catch { /* The status says enough. */ }
  throw new Error(message);
}

const get = async path => (await send(path)).json();
const post = async (path, body) => (await send(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();

async function upload(file) {
  const response = await send(`/uploads?name=${encodeURIComponent(file.name)}`,
    { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file });
  return response.json();
}

function notice(message) {
  $('notice').textContent = message;
  $('notice').hidden = !message;
}

async function start() {
  try {
    state = await get('/state');
  } catch (error) {
    notice(error.message);
    return;
  }
  $('page').hidden = false;
  showBudget(state.paid);
  for (const name of state.operations) $('operation').append(h('option', {}, name));
  for (const name of state.faults) $('fault').append(h('option', {}, name));
  $('operation').value = 'submit';
  $('fault').value = 'error';
  showFaultDetails();
  listEndpoints();
  listen();
  await showFromAddress();
  setInterval(() => { if (!document.hidden) refreshEmulator(); }, 1500);
}

function showBudget(paid) {
  $('where').textContent = `Emulator at ${state.emulator}` + (paid ? `, fal with up to ${paid.limit}, ${paid.remaining} left` : '');
  if (!paid) return;
  document.querySelector('input[value=fal]').disabled = false;
  $('paid-label').textContent = `${paid.host}, paid, ${paid.remaining} left of ${paid.limit}`;
}

function listen() {
  $('search').addEventListener('input', listEndpoints);
  window.addEventListener('hashchange', showFromAddress);
  $('example').addEventListener('click', () => { form.set(endpoint.example ?? {}); preview(); });
  $('clear').addEventListener('click', () => { form.set({}); preview(); });
  $('form').addEventListener('submit', event => { event.preventDefault(); if (!$('run').disabled) run(); });
  for (const radio of document.getElementsByName('target')) radio.addEventListener('change', preview);
  $('webhook').addEventListener('input', changed);
  $('skip').addEventListener('change', preview);
  $('run').addEventListener('click', run);
  $('cancel').addEventListener('click', cancel);
  $('copy').addEventListener('click', copy);
  $('fault').addEventListener('change', showFaultDetails);
  $('plan').addEventListener('submit', event => { event.preventDefault(); planFault(); });
  $('clear-faults').addEventListener('click', () => plan(() => post('/emulator/faults/clear', {}), 'All planned faults are removed.'));
  $('fail-next').addEventListener('click', () => plan(() => post('/emulator/script',
    { runs: [{ once: true, failure: { byModel: 'content_policy_violation', message: 'The prompt is not allowed.' } }] }), 'The next job fails.'));
  tabs(document.querySelector('[aria-label=Language]'), id => { language = id; showSample(); });
  tabs(document.querySelector('[aria-label=Emulator][role=tablist]'), id => { view = id; shownReport = ''; refreshEmulator(); });
}

// Endpoints

function listEndpoints() {
  const words = $('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = state.endpoints.filter(({ id }) => words.every(word => id.toLowerCase().includes(word)));
  const families = new Map();
  for (const { id, family } of found) families.set(family, [...(families.get(family) ?? []), id]);
  $('count').textContent = `${found.length} of ${state.endpoints.length} endpoints`;
  $('endpoints').replaceChildren(...[...families].map(([family, ids]) => h('section', {},
    h('h2', {}, family),
    h('ul', {}, ...ids.map(id => h('li', {}, h('a', { href: `#/${id}`, 'aria-current': endpoint?.id === id ? 'page' : null }, shortName(id))))))));
}

function shortName(id) {
  const parts = id.split('/');
  return parts.length > 3 ? parts.slice(3).join(' / ') : parts.slice(1).join(' / ');
}

async function showFromAddress() {
  const id = decodeURIComponent(location.hash.replace(/^#\//, '')) || state.endpoints[0]?.id;
  if (!id || endpoint?.id === id) return;
  let description;
  try {
    description = await get(`/form?endpoint=${encodeURIComponent(id)}`);
  } catch (error) {
    notice(error.message);
    return;
  }
  notice('');
  endpoint = description;
  document.title = `${id} - KlingGen playground`;
  $('title').textContent = id;
  $('summary').textContent = endpoint.summary ?? '';
  $('links').replaceChildren(h('code', {}, endpoint.client));
  if (endpoint.documentation) $('links').append(' · ', link(endpoint.documentation, "fal's page"));
  $('example').disabled = !endpoint.example;
  form = createForm(endpoint, { changed, upload });
  $('form').replaceChildren(form.node);
  form.set(endpoint.example ?? {});
  listEndpoints();
  preview();
}

function link(url, text) {
  const known = safeUrl(url);
  return known ? h('a', { href: known, target: '_blank', rel: 'noopener noreferrer' }, text) : text;
}

/** URLs come from documents and results: only http and https lead anywhere. */
function safeUrl(url) {
  try {
    const known = new URL(url);
    return known.protocol === 'https:' || known.protocol === 'http:' ? known.href : null;
  } catch {
    return null;
  }
}

// The live check

function target() {
  return document.querySelector('input[name=target]:checked').value;
}

function call() {
  return { endpoint: endpoint.id, input: form.get(), target: target(), webhook: $('webhook').value || null };
}

function changed() {
  clearTimeout(previewTimer);
  document.body.dataset.checking = 'true';
  previewTimer = setTimeout(preview, 250);
}

async function preview() {
  clearTimeout(previewTimer);
  if (!form) return;
  const mine = ++previewCount;
  document.body.dataset.checking = 'true';
  let answer;
  try {
    answer = await post('/preview', call());
    $('webhook-error').textContent = '';
  } catch (error) {
    if (mine !== previewCount) return;
    const isWebhook = error.message.includes('webhook');
    $('webhook-error').textContent = isWebhook ? error.message : '';
    if (!isWebhook) notice(error.message);
    $('run').disabled = true;
    document.body.dataset.checking = 'false';
    return;
  }
  if (mine !== previewCount) return;
  showProblems(answer.problems);
  $('price').textContent = answer.price;
  samples = answer;
  showSample();
  const skips = $('skip').checked && target() === 'emulator';
  $('run').disabled = answer.problems.length > 0 && !skips;
  document.body.dataset.checking = 'false';
}

function showProblems(problems) {
  const rest = form.show(problems);
  $('problems').replaceChildren();
  if (problems.length === 0) return;
  $('problems').append(h('p', {}, problems.length === 1 ? '1 problem' : `${problems.length} problems`));
  if (rest.length) $('problems').append(h('ul', {}, ...rest.map(message => h('li', {}, message))));
}

function showSample() {
  $('sample').textContent = samples[language] ?? '// Correct the marked values first: C# is written for requests that pass the check.';
  $('copied').textContent = '';
}

async function copy() {
  await navigator.clipboard.writeText($('sample').textContent);
  $('copied').textContent = 'Copied';
}

// Runs

async function run() {
  $('run').disabled = true;
  try {
    const started = target() === 'fal' ? await runPaid() : await post('/jobs', { ...call(), skipChecks: $('skip').checked });
    if (started) await follow(started.job);
  } catch (error) {
    $('job').hidden = false;
    $('state').textContent = error.message;
    $('state').className = 'failed';
  } finally {
    $('run').disabled = false;
    if (state.paid) showBudget((await get('/state')).paid);
  }
}

/** The server keeps the request with its price; the page can only confirm it. */
async function runPaid() {
  const quote = await post('/quotes', call());
  $('confirm-host').textContent = quote.host;
  $('confirm-price').textContent = quote.price;
  $('confirm-left').textContent = quote.remaining;
  $('confirm-yes').textContent = `Run for up to ${quote.maximum}`;
  const dialog = $('confirm');
  const isConfirmed = await new Promise(resolve => {
    $('confirm-yes').onclick = () => { dialog.close(); resolve(true); };
    $('confirm-no').onclick = () => { dialog.close(); resolve(false); };
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
  return isConfirmed ? post('/jobs', { target: 'fal', quote: quote.quote }) : null;
}

async function follow(id) {
  job = id;
  $('job').hidden = false;
  $('state').className = '';
  $('state').textContent = 'starting';
  $('resume').textContent = '';
  $('logs').textContent = '';
  $('logs-box').hidden = true;
  $('result-box').hidden = true;
  $('media').replaceChildren();
  $('progress').hidden = false;
  $('progress').removeAttribute('value');
  $('cancel').disabled = false;
  try {
    const response = await send(`/jobs/${id}/events`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = (rest + value).split('\n');
      rest = lines.pop();
      for (const line of lines) showEvent(JSON.parse(line));
    }
  } finally {
    $('cancel').disabled = true;
    $('progress').hidden = true;
    refreshEmulator();
  }
}

function showEvent(event) {
  switch (event.event) {
    case 'state':
      if ($('state').textContent !== event.state) $('state').textContent = event.state;
      if (event.percent !== null && event.percent !== undefined) $('progress').value = event.percent;
      if (event.logs?.length) {
        $('logs-box').hidden = false;
        $('logs').textContent += event.logs.map(line => `${line}\n`).join('');
      }
      break;
    case 'accepted':
      if (event.token) $('resume').replaceChildren('If this page is closed, the job goes on: ', h('code', {}, `klinggen run --resume ${event.token}`));
      break;
    case 'result':
      $('result-box').hidden = false;
      $('result').textContent = JSON.stringify(event.json, null, 2);
      $('media').replaceChildren(...event.files.map(media));
      break;
    case 'cost':
      $('state').textContent = `completed, cost ${event.cost}`;
      break;
    case 'failed':
      $('state').className = 'failed';
      $('state').textContent = event.message;
      if (event.problems.length) showProblems(event.problems);
      break;
  }
}

function media(file) {
  const url = safeUrl(file.url);
  const name = file.name ?? 'file';
  if (!url) return h('p', {}, file.url);
  const type = file.type ?? '';
  const extension = /\.(\w+)$/.exec(new URL(url).pathname)?.[1] ?? '';
  const is = (kind, extensions) => type.startsWith(`${kind}/`) || (!type && extensions.includes(extension));
  const shown = is('video', ['mp4', 'webm', 'mov']) ? h('video', { src: url, controls: true, preload: 'metadata', 'aria-label': `Result: ${name}` })
    : is('image', ['png', 'jpg', 'jpeg', 'webp', 'gif']) ? h('img', { src: url, alt: `Result: ${name}` })
    : is('audio', ['wav', 'mp3', 'flac', 'ogg']) ? h('audio', { src: url, controls: true, 'aria-label': `Result: ${name}` })
    : null;
  return h('figure', {}, shown, h('figcaption', {}, link(url, name), type ? ` ${type}` : ''));
}

async function cancel() {
  try {
    await post(`/jobs/${job}/cancel`, {});
  } catch (error) {
    $('state').textContent = error.message;
  }
}

// The emulator

async function refreshEmulator() {
  let report;
  try {
    report = await get('/emulator');
  } catch {
    notice('klinggen serve does not answer any more.');
    return;
  }
  $('plan').hidden = view !== 'faults';
  const entries = report[view];
  const text = view + JSON.stringify(entries);
  if (text === shownReport) return;
  shownReport = text;
  const open = new Set([...$('list').querySelectorAll('details[open]')].map(node => node.dataset.key));
  const draw = { received: drawReceived, webhooks: drawWebhook, faults: drawFault }[view];
  const nothing = { received: 'No requests yet.', webhooks: 'No webhooks yet. Give a webhook URL to a run.', faults: 'No faults are planned.' }[view];
  $('list').replaceChildren(...(entries.length ? entries.map(draw) : [h('p', { class: 'muted' }, nothing)]));
  for (const node of $('list').querySelectorAll('details')) node.open = open.has(node.dataset.key);
}

const time = at => new Date(at).toLocaleTimeString('en-GB');

function drawReceived(request) {
  const answer = request.status ?? 'broken off';
  return h('details', { 'data-key': request.at + request.path },
    h('summary', {}, `${time(request.at)} ${request.operation} `, h('b', { class: request.status < 400 ? 'good' : 'bad' }, String(answer)),
      request.fault ? ` (fault: ${request.fault})` : ''),
    h('pre', { tabindex: '0' }, `${request.method} ${request.path}\n`
      + Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\n`).join('')
      + (request.body ? `\n${request.body}` : request.bytes ? `\n(${request.bytes} bytes)` : '')));
}

function drawWebhook(webhook) {
  return h('details', { 'data-key': webhook.requestId },
    h('summary', {}, `${webhook.url} `, h('b', { class: webhook.outcome === 'Delivered' ? 'good' : 'bad' }, webhook.outcome)),
    h('pre', { tabindex: '0' }, webhook.attempts.map(attempt => `${time(attempt.at)} ${attempt.status ?? attempt.problem}\n`).join('') + `\n${webhook.body}`));
}

function drawFault(fault) {
  return h('p', {}, h('code', {}, fault.fault), ` strikes ${fault.operations}, ${fault.struck} of ${fault.times}`, fault.endpoints === '**' ? '' : ` at ${fault.endpoints}`);
}

function showFaultDetails() {
  $('details').value = JSON.stringify(FaultDetails[$('fault').value] ?? {});
}

function planFault() {
  return plan(async () => {
    let details;
    try { details = JSON.parse($('details').value || '{}'); } catch { throw new Error('The details are no valid JSON.'); }
    await post('/emulator/script', { faults: [{ operation: $('operation').value, fault: $('fault').value, times: Number($('times').value), ...details }] });
  }, 'The fault is planned.');
}

async function plan(action, done) {
  try {
    await action();
    $('plan-status').textContent = done;
    $('plan-status').className = '';
  } catch (error) {
    $('plan-status').textContent = error.message;
    $('plan-status').className = 'error';
  }
  refreshEmulator();
}

// Tabs: arrow keys move between them, as screen readers announce.

function tabs(list, choose) {
  const all = [...list.querySelectorAll('[role=tab]')];
  const select = tab => {
    for (const other of all) {
      other.setAttribute('aria-selected', String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
    }
    $(tab.getAttribute('aria-controls')).setAttribute('aria-labelledby', tab.id);
    choose(tab.id.slice('tab-'.length));
  };
  for (const tab of all) {
    tab.addEventListener('click', () => select(tab));
    tab.addEventListener('keydown', event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = all[(all.indexOf(tab) + step + all.length) % all.length];
      next.focus();
      select(next);
      event.preventDefault();
    });
  }
}

start();
