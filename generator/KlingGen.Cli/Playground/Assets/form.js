// Draws the form of an endpoint from the description that the tool makes of its document. Nothing is checked here: the tool checks every value.

let lastId = 0;
const newId = () => `f${++lastId}`;

/** Makes an element. Properties are attributes, and functions are listeners; children are nodes or text. */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

const shown = value => typeof value === 'string' ? value : JSON.stringify(value);

/** The words for a property that is left out. */
const left = place => place.required ? 'required'
  : place.default !== null && place.default !== undefined ? `server default: ${shown(place.default)}` : 'not sent';

/** A number as it was typed, so that integers beyond 2^53 arrive unchanged. What is no number stays text, and the check reports it. */
function numberOf(text) {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text;
  return JSON.rawJSON ? JSON.rawJSON(text) : Number(text);
}

/** One input element with its value. */
function leaf(input, get, set) {
  return {
    node: input, focus: input, get, set,
    register(path, fields) { fields.set(path, this); },
    show(message) {
      input.setAttribute('aria-invalid', message ? 'true' : 'false');
      if (this.error) this.error.textContent = message;
    },
  };
}

function textControl(type, place, env) {
  const long = (type.constraints?.maxLength ?? 0) > 200 || /prompt|text|script/.test(place.name);
  const input = h(long ? 'textarea' : 'input', { id: place.id, rows: long ? 3 : null, placeholder: left(place), autocomplete: 'off', input: env.changed });
  return leaf(input, () => input.value === '' ? undefined : input.value, value => { input.value = value ?? ''; });
}

function numberControl(type, place, env) {
  const input = h('input', { id: place.id, inputmode: type.kind === 'integer' ? 'numeric' : 'decimal', placeholder: left(place), autocomplete: 'off', input: env.changed });
  const { minimum, maximum, multipleOf } = type.constraints ?? {};
  const control = leaf(input, () => input.value.trim() === '' ? undefined : numberOf(input.value.trim()), value => {
    input.value = value ?? '';
    slide?.();
  });
  if (minimum === undefined || maximum === undefined || maximum - minimum > 1000) return control;
  const range = h('input', {
    type: 'range', min: minimum, max: maximum, step: multipleOf ?? (type.kind === 'integer' ? 1 : (maximum - minimum) / 100), 'aria-label': `${place.name} as a slider`,
    input: () => { input.value = String(Number(Number(range.value).toFixed(6))); env.changed(); },
  });
  const slide = () => { range.value = Number(input.value || place.default || minimum); };
  input.addEventListener('input', slide);
  slide();
  control.node = h('div', { class: 'number' }, input, range);
  return control;
}

function choiceControl(values, place, env) {
  const input = h('select', { id: place.id, change: env.changed }, h('option', { value: '' }, left(place)),
    ...values.map((value, index) => h('option', { value: String(index) }, shown(value))));
  return leaf(input, () => input.value === '' ? undefined : values[Number(input.value)],
    value => { const index = values.findIndex(known => shown(known) === shown(value)); input.value = index < 0 ? '' : String(index); });
}

function jsonControl(place, env) {
  const input = h('textarea', { id: place.id, rows: 3, placeholder: `JSON, ${left(place)}`, spellcheck: 'false', input: env.changed });
  const get = () => {
    if (input.value.trim() === '') return undefined;
    try { return JSON.parse(input.value); } catch { return input.value; }
  };
  return leaf(input, get, value => { input.value = value === undefined ? '' : JSON.stringify(value, null, 2); });
}

function mediaControl(type, place, env) {
  let upload = null;
  const kind = type.constraints?.media?.kind;
  const input = h('input', { id: place.id, type: 'url', placeholder: `URL, ${left(place)}`, autocomplete: 'off', spellcheck: 'false', input: env.changed });
  const picker = h('input', { type: 'file', class: 'visually-hidden', tabindex: '-1', 'aria-hidden': 'true', accept: kind && kind !== 'file' ? `${kind}/*` : null, change: () => take(picker.files[0]) });
  const chosen = h('div', { class: 'chosen', hidden: true });
  const browse = h('button', { type: 'button', click: () => picker.click() }, 'Choose a file');
  browse.setAttribute('aria-label', `Choose a file for ${place.name}`);
  const node = h('div', {
    class: 'media-field',
    dragover: event => event.preventDefault(),
    drop: event => { event.preventDefault(); take(event.dataTransfer.files[0]); },
  }, h('div', { class: 'row' }, input, browse, picker), chosen);
  const control = leaf(input, () => upload ? upload.reference : input.value === '' ? undefined : input.value, value => { drop(); input.value = value ?? ''; });
  control.node = node;
  return control;

  async function take(file) {
    if (!file) return;
    control.show('');
    chosen.hidden = false;
    chosen.replaceChildren(`Reading ${file.name} …`);
    try {
      upload = await env.upload(file);
    } catch (error) {
      drop();
      control.show(error.message);
      return;
    }
    input.value = '';
    input.disabled = true;
    const remove = h('button', { type: 'button', click: () => { drop(); env.changed(); } }, 'Remove');
    chosen.replaceChildren(preview(file), h('span', {}, `${upload.name} (${upload.length.toLocaleString('en')} bytes)`), remove);
    picker.value = '';
    env.changed();
  }

  function drop() {
    upload = null;
    input.disabled = false;
    chosen.hidden = true;
    chosen.replaceChildren();
  }
}

function preview(file) {
  const url = URL.createObjectURL(file);
  if (file.type.startsWith('image/')) return h('img', { src: url, alt: '', width: 64 });
  if (file.type.startsWith('video/')) return h('video', { src: url, width: 96, muted: true, 'aria-hidden': 'true' });
  URL.revokeObjectURL(url);
  return null;
}

function listControl(type, place, env) {
  const items = [];
  const box = h('div', { class: 'items' });
  const add = h('button', { type: 'button', click: () => { insert().focus?.focus(); env.changed(); } }, `Add to ${place.name}`);
  return {
    node: h('div', {}, box, add), focus: add,
    get: () => items.length === 0 ? undefined : items.map(item => item.control.get() ?? null),
    set(value) {
      items.length = 0;
      box.replaceChildren();
      for (const element of value ?? []) insert().set(element);
    },
    register(path, fields) {
      fields.set(path, this);
      items.forEach((item, index) => item.control.register(`${path}.${index}`, fields));
    },
    show(message) { if (this.error) this.error.textContent = message; },
  };

  function insert() {
    const id = newId();
    const inner = { name: place.name, id, required: true, default: null };
    const control = controlFor(type.element, inner, env);
    control.error = h('p', { class: 'error', id: `${id}-error` });
    control.focus?.setAttribute('aria-describedby', control.error.id);
    const item = { control };
    const label = h(type.element.kind === 'object' ? 'span' : 'label', type.element.kind === 'object' ? {} : { for: id });
    const remove = h('button', {
      type: 'button', click: () => { items.splice(items.indexOf(item), 1); row.remove(); number(); env.changed(); add.focus(); },
    }, 'Remove');
    const row = h('div', { class: 'item', role: 'group' }, h('div', { class: 'row' }, label, remove), control.node, control.error);
    item.row = row;
    item.label = label;
    items.push(item);
    box.append(row);
    number();
    return control;
  }

  function number() {
    items.forEach((item, index) => {
      item.label.textContent = `${place.name} ${index + 1}`;
      item.row.setAttribute('aria-label', `${place.name} ${index + 1}`);
    });
  }
}

function membersControl(members, env) {
  const controls = new Map();
  const node = h('div', { class: 'members' });
  for (const member of members) {
    const id = newId();
    const place = { name: member.name, id, required: member.required, default: member.default };
    const control = controlFor(member.type, place, env);
    controls.set(member.name, control);
    node.append(fieldOf(member, place, control));
  }
  return {
    node, controls, focus: null,
    get() {
      const value = {};
      for (const [name, control] of controls) {
        const given = control.get();
        if (given !== undefined) value[name] = given;
      }
      return value;
    },
    set(value) { for (const [name, control] of controls) control.set(value?.[name]); },
    register(path, fields) {
      fields.set(path, this);
      for (const [name, control] of controls) control.register(path === '' ? name : `${path}.${name}`, fields);
    },
    show(message) { if (this.error) this.error.textContent = message; },
  };
}

/** Text of a document, in which backticks mark names. */
const rich = text => text.split(/`([^`]+)`/).map((part, index) => index % 2 ? h('code', {}, part) : part);

/** A property with its name, its help and a place for what is wrong with it. */
function fieldOf(member, place, control) {
  const isGroup = ['object', 'list', 'union'].includes(member.type.kind);
  const help = [member.summary, member.limits && `Limits: ${member.limits}.`, member.rules, member.deprecated && 'Deprecated by fal.'].filter(Boolean);
  const helpNode = h('p', { class: 'help', id: `${place.id}-help` }, ...rich(help.join(' ')));
  control.error = h('p', { class: 'error', id: `${place.id}-error` });
  control.focus?.setAttribute('aria-describedby', `${place.id}-error ${place.id}-help`);
  const name = h('code', {}, member.name);
  const mark = member.required ? h('span', { class: 'required' }, ' required') : null;
  const head = isGroup ? h('legend', {}, name, mark) : h('label', { for: place.id }, name, mark);
  return h(isGroup ? 'fieldset' : 'div', { class: 'field', 'data-name': member.name }, head, control.node, control.error, help.length ? helpNode : null);
}

/** An object that may be left out. */
function objectControl(type, place, env) {
  let inner = null;
  const box = h('div', {});
  const add = h('button', { type: 'button', click: () => { open(); env.changed(); } }, `Add ${place.name}`);
  const remove = h('button', { type: 'button', click: () => { close(); env.changed(); } }, `Leave out ${place.name}`);
  const control = {
    node: h('div', {}, box, add, remove), focus: add,
    get: () => inner?.get(),
    set(value) { if (value === undefined || value === null) { if (place.required) open().set({}); else close(); } else open().set(value); },
    register(path, fields) { fields.set(path, this); inner?.register(path, fields); if (inner) fields.set(path, this); },
    show(message) { if (this.error) this.error.textContent = message; },
  };
  if (place.required) open(); else close();
  return control;

  function open() {
    inner ??= membersControl(env.types[type.type] ?? [], env);
    box.replaceChildren(inner.node);
    add.hidden = true;
    remove.hidden = place.required;
    return inner;
  }

  function close() {
    inner = null;
    box.replaceChildren();
    add.hidden = false;
    remove.hidden = true;
  }
}

/** A choice between shapes. */
function unionControl(type, place, env) {
  let inner = null;
  const box = h('div', {});
  const select = h('select', { id: place.id, 'aria-label': `Shape of ${place.name}`, change: () => { open(); env.changed(); } },
    h('option', { value: '' }, left(place)), ...type.branches.map((branch, index) => h('option', { value: String(index) }, branch.name)));
  return {
    node: h('div', {}, select, box), focus: select,
    get: () => inner?.get(),
    set(value) {
      select.value = value === undefined || value === null ? '' : String(Math.max(0, type.branches.findIndex(branch => fits(branch.type, value))));
      open();
      inner?.set(value);
    },
    register(path, fields) { inner?.register(path, fields); fields.set(path, this); },
    show(message) { if (this.error) this.error.textContent = message; },
  };

  function open() {
    const branch = select.value === '' ? null : type.branches[Number(select.value)];
    inner = branch && controlFor(branch.type, { name: place.name, id: newId(), required: true, default: null }, env);
    if (inner?.focus) inner.focus.setAttribute('aria-label', `${place.name}: ${branch.name}`);
    box.replaceChildren(...(inner ? [inner.node] : []));
  }
}

function fits(type, value) {
  switch (type.kind) {
    case 'enum': return type.values.some(known => shown(known) === shown(value));
    case 'text': case 'media': return typeof value === 'string';
    case 'integer': case 'number': return typeof value === 'number';
    case 'boolean': return typeof value === 'boolean';
    case 'list': return Array.isArray(value);
    case 'object': case 'map': return typeof value === 'object' && value !== null && !Array.isArray(value);
    default: return true;
  }
}

function controlFor(type, place, env) {
  switch (type.kind) {
    case 'text': return textControl(type, place, env);
    case 'integer': case 'number': return numberControl(type, place, env);
    case 'boolean': return choiceControl([true, false], place, env);
    case 'enum': return choiceControl(type.values, place, env);
    case 'media': return mediaControl(type, place, env);
    case 'list': return listControl(type, place, env);
    case 'object': return objectControl(type, place, env);
    case 'union': return unionControl(type, place, env);
    default: return jsonControl(place, env);
  }
}

/**
 * The form of an endpoint.
 * @param description What the tool says about the endpoint.
 * @param env `changed` is called after every change; `upload` takes a file and gives its reference.
 */
export function createForm(description, env) {
  const root = description.root
    ? membersControl(description.types[description.root], { ...env, types: description.types })
    : Object.assign(jsonControl({ name: 'request', id: newId(), required: true }, env));
  return {
    node: root.node,
    get: () => root.get() ?? {},
    set: value => root.set(value),
    /** Shows each problem at its field, and returns those that belong to no field. */
    show(problems) {
      const fields = new Map();
      root.register('', fields);
      const messages = new Map();
      const rest = [];
      for (const problem of problems) {
        let path = problem.path;
        while (path !== '' && !fields.has(path)) path = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '';
        if (path === '') rest.push(problem.message);
        else messages.set(path, [...(messages.get(path) ?? []), problem.message]);
      }
      for (const [path, field] of fields) if (path !== '') field.show((messages.get(path) ?? []).join(' '));
      return rest;
    },
  };
}
