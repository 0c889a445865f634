import {onAdd, onSimilar, showAnswers} from './answers.js';
import {call, lastWins} from './ask.js';
import {byId, el} from './dom.js';
import {watch} from './system.js';

const K = 12;
const history = [];
let users = [];

const told = (text, error = false) => {
  byId('told').textContent = text;
  byId('told').classList.toggle('error', error);
};

const show = (reply, path, body, title) => {
  if (!reply) { showAnswers({items: []}); told(''); return; }
  showAnswers(reply);
  const count = reply.items.length;
  const like = title ? ` like ${title}` : '';
  told(reply.detail ?? `${count} ${count === 1 ? 'answer' : 'answers'}${like} of generation ${reply.generation}`);
};
const fail = failure => { showAnswers({items: []}); told(failure.message, true); };
const ask = lastWins(
    async (signal, path, body) => path && call('POST', path, {...body, k: K, explain: true}, signal), show, fail);

function askSearch() {
  const query = byId('query').value.trim();
  if (query) ask('/search', {query}); else ask(null);
}

function askUser() {
  const user = byId('user').value.trim();
  const known = users.find(one => one.user === user);
  byId('user-items').textContent = known
      ? 'Newest: ' + known.items.slice(-6).reverse().map(one => one.title ?? one.item).join(' · ') : '';
  if (user) ask('/recommend', {user}); else ask(null);
}

function askHistory() {
  byId('history').replaceChildren(...history.map((one, i) => el('li', {},
      el('button', {type: 'button', 'aria-label': 'Remove ' + one.title, onclick: () => { history.splice(i, 1); askHistory(); }}, one.title))));
  byId('history-note').hidden = history.length > 0;
  if (history.length > 0) ask('/recommend', {history: history.map(one => one.item)}); else ask(null);
}

const tabs = {
  search: {ask: askSearch, open: () => byId('query').focus()},
  user: {ask: askUser, open: () => { byId('user').focus(); readUsers(); }},
  history: {ask: askHistory, open: () => {}}
};

function open(name, focus) {
  for (const other of Object.keys(tabs)) {
    const on = other === name;
    byId('tab-' + other).setAttribute('aria-selected', String(on));
    byId('tab-' + other).tabIndex = on ? 0 : -1;
    byId('panel-' + other).hidden = !on;
  }
  if (focus) tabs[name].open();
  tabs[name].ask();
}

async function readUsers() {
  try {
    users = await call('GET', '/users');
  } catch (failure) {
    told(failure.message, true);
    return;
  }
  byId('users').replaceChildren(...users.map(one => el('option', {value: one.user})));
  byId('recent-users').replaceChildren(...users.slice(0, 8).map(one =>
      el('button', {type: 'button', onclick: () => { byId('user').value = one.user; askUser(); }}, one.user)));
}

const names = Object.keys(tabs);
for (const [i, name] of names.entries()) {
  byId('tab-' + name).addEventListener('click', () => open(name, true));
  byId('tab-' + name).addEventListener('keydown', event => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    const next = names[(i + step + names.length) % names.length];
    open(next, false);
    byId('tab-' + next).focus();
  });
}
byId('query').addEventListener('input', askSearch);
byId('user').addEventListener('input', askUser);
onAdd(one => {
  if (!history.some(kept => kept.item === one.item)) history.push(one);
  open('history', false);
});
onSimilar(one => ask('/similar', {like: one.item}, one.title));

const linked = new URLSearchParams(location.search);
if (linked.has('user')) { byId('user').value = linked.get('user'); open('user', true); }
else { byId('query').value = linked.get('q') ?? ''; open('search', true); }
watch();
