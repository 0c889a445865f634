import {byId, codes, el, signed} from './dom.js';
import {markBeams, showBeams} from './beams.js';

const NAMES = {
  generator: 'Generated codes', dense: 'Closeness of vectors', popularity: 'Popularity',
  predicted_popularity: 'Expected popularity', cold_dense: 'Closeness of a new item', cold: 'New item',
  query_log: 'Searches that found it', query_clicks: 'Clicks after this search', words: 'Words of the item', title: 'Title typed in full',
  transitions: 'What followed the history', shared_codes: 'Codes in common', boost: 'Boosts'
};
const SPOKE = {item: 'From the history', query: 'Searches that found it', word: 'Words in common'};
const MOST_REASONS = 5;
let answer = {items: []};
let addToHistory = () => {};
let askSimilar = () => {};

export function onAdd(added) { addToHistory = added; }
export function onSimilar(asked) { askSimilar = asked; }

export function showAnswers(reply) {
  answer = reply;
  const list = byId('answers');
  list.replaceChildren(...reply.items.map(row));
  byId('no-answers').hidden = reply.items.length > 0;
  showBeams(reply.explanation, reply.items.length > 0);
  if (reply.items.length > 0) choose(0); else clearWhy();
}

function row(item, place) {
  const title = item.title ?? item.item;
  return el('li', {},
      el('span', {class: 'place', 'aria-hidden': 'true'}, String(place + 1)),
      el('button', {class: 'choose', type: 'button', 'aria-pressed': 'false', onclick: () => choose(place), onkeydown: move},
          el('span', {class: 'title'}, title),
          el('span', {class: 'about'}, el('span', {}, item.score.toFixed(3)), codes(item.codes))),
      el('button', {class: 'like', type: 'button', 'aria-label': 'Items like ' + title, title: 'Items like this one',
        onclick: () => askSimilar({item: item.item, title})}, '≈'),
      el('button', {class: 'add', type: 'button', 'aria-label': 'Add ' + title + ' to the history',
        onclick: () => addToHistory({item: item.item, title})}, '+'));
}

/** Arrow keys go from answer to answer. */
function move(event) {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...document.querySelectorAll('#answers .choose')];
  const next = buttons[buttons.indexOf(event.currentTarget) + step];
  if (next) { next.focus(); next.click(); }
}

function choose(place) {
  document.querySelectorAll('#answers li').forEach((line, i) => {
    line.classList.toggle('on', i === place);
    line.querySelector('.choose').setAttribute('aria-pressed', String(i === place));
  });
  const item = answer.items[place];
  const path = markBeams(item.codes);
  if (!item.features) { clearWhy(); return; }
  byId('why').replaceChildren(
      el('p', {class: 'why-head'}, el('span', {}, item.title ?? item.item), codes(item.codes)),
      el('p', {class: 'note found'}, path), reasons(item), table(item));
}

/** What spoke for the item, and how many points it gave the score, all features together. */
function reasons(item) {
  const weights = answer.explanation.weights;
  const named = new Map();
  for (const one of item.attributions ?? []) {
    const key = one.kind + ' ' + one.name;
    const before = named.get(key)?.points ?? 0;
    named.set(key, {kind: one.kind, title: one.title ?? one.name, points: before + one.value * weights[one.feature]});
  }
  const all = [...named.values()].sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  return el('dl', {class: 'reasons'}, ...Object.keys(SPOKE).flatMap(kind => {
    const first = all.filter(one => one.kind === kind).slice(0, MOST_REASONS);
    return first.length === 0 ? [] : [el('dt', {}, SPOKE[kind]),
      ...first.map(one => el('dd', {}, one.title, ' ', el('b', {}, signed(one.points))))];
  }));
}

function clearWhy() {
  byId('why').replaceChildren(el('p', {class: 'note'}, answer.items.length > 0
      ? 'These are popular items: no score was made for the request.'
      : 'Choose an answer to see what its score is made of.'));
}

/** Feature times weight, and how far that is above the average of the list. */
function table(item) {
  const weights = answer.explanation.weights;
  const rows = Object.keys(weights).map(name => {
    const points = item.features[name] * weights[name];
    const all = answer.items.map(one => one.features[name] * weights[name]);
    return {name, points, lead: points - all.reduce((a, b) => a + b, 0) / all.length};
  }).filter(one => Math.abs(one.points) > 5e-4 || Math.abs(one.lead) > 5e-4).sort((a, b) => Math.abs(b.lead) - Math.abs(a.lead));
  const most = Math.max(1e-9, ...rows.map(one => Math.abs(one.lead)));
  return el('div', {class: 'scroll'}, el('table', {class: 'why-table'},
      el('caption', {class: 'unseen'}, 'Features of the score'),
      el('thead', {}, el('tr', {}, ...['Feature', 'value', '× weight', '= points', 'beside the list’s average']
          .map(name => el('th', {scope: 'col'}, name)))),
      el('tbody', {}, ...rows.map(one => line(one, item.features[one.name], weights[one.name], most)),
          el('tr', {}, el('th', {scope: 'row'}, 'Score'), el('td'), el('td'), el('td', {}, signed(item.score)), el('td')))));
}

function line(one, value, weight, most) {
  const size = 50 * Math.abs(one.lead) / most;
  const less = one.lead < 0;
  return el('tr', {}, el('th', {scope: 'row'}, NAMES[one.name] ?? one.name), el('td', {}, signed(value)),
      el('td', {}, signed(weight)), el('td', {}, signed(one.points)),
      el('td', {class: 'wide'}, el('span', {class: less ? 'lean less' : 'lean', role: 'img',
        'aria-label': signed(one.lead) + ' beside the average'},
      el('i', {'--size': size + '%', '--from': (less ? 50 - size : 50) + '%'}))));
}
