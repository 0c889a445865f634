import {call} from './ask.js';
import {byId, el, percent, svg} from './dom.js';
import {showIds} from './ids.js';
import {increase, mean, overall} from './metrics.js';

const KEPT = 40;
const series = new Map();
let before = null;

/** Health, rates and generations, every two seconds while the page is seen. */
export function watch() {
  const round = async () => {
    if (!document.hidden) {
      try {
        const [status, generations] = await Promise.all([call('GET', '/status'), call('GET', '/generations')]);
        showStatus(status);
        showIds(generations);
        showGenerations(generations);
      } catch (failure) {
        byId('serving').textContent = 'the gateway does not answer: ' + failure.message;
      }
    }
    setTimeout(round, 2000);
  };
  round();
}

function showStatus(status) {
  byId('serving').textContent =
      status.generation ? `generation ${status.generation} serves` : 'no generation serves yet';
  const parts = [{process: 'broker', ready: status.broker}, ...status.processes];
  byId('health').replaceChildren(...parts.map(one =>
      el('li', {class: one.ready ? 'up' : 'down', 'aria-label': one.process + (one.ready ? ' is ready' : ' is not ready')}, one.process)));
  const now = {at: performance.now(), interactions: status.interactions, metrics: metricsOf(status)};
  if (before) showRates(status, before, now);
  before = now;
}

const metricsOf = status => Object.fromEntries(status.processes.map(one => [one.process, one.metrics]));

function showRates(status, old, now) {
  const seconds = (now.at - old.at) / 1000;
  const rows = [
    ['Items in the index', overall(now.metrics, 'sidestream_catalogue_items') ?? status.titles, '', 0],
    ['Items since the training', overall(now.metrics, 'sidestream_new_items') ?? NaN, newItems(now.metrics), 0],
    ['Interactions', Math.max(0, (now.interactions - old.interactions) / seconds), '/ s', 1],
    ['Answers', increase(old.metrics, now.metrics, 'sidestream_replies_total') / seconds, '/ s', 1],
    ['Request to reply', mean(now.metrics, 'sidestream_reply_latency_seconds') * 1000, 'ms, mean', 1],
    ['Item until it is found', mean(now.metrics, 'sidestream_item_freshness_seconds') * 1000, 'ms, mean', 0],
    ['Training', training(now.metrics), '', 0]
  ];
  byId('rates').replaceChildren(...rows.filter(row => typeof row[1] === 'string' || Number.isFinite(row[1])).map(rateOf));
}

function newItems(metrics) {
  return overall(metrics, 'sidestream_new_items') > 0
      ? percent(overall(metrics, 'sidestream_new_items_collision_ratio')) + ' share their ID' : '';
}

function training(metrics) {
  const running = overall(metrics, 'sidestream_training_running');
  return running === undefined ? NaN : running > 0 ? 'runs' : 'idle';
}

function rateOf([name, value, unit, digits]) {
  const text = typeof value === 'string' ? value
      : value.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
  const group = el('div', {}, el('dt', {}, name), el('dd', {}, text, ' ', el('small', {}, unit)));
  if (typeof value === 'number') {
    const kept = series.get(name) ?? [];
    kept.push(value);
    if (kept.length > KEPT) kept.shift();
    series.set(name, kept);
    group.append(line(kept));
  }
  return group;
}

function line(values) {
  const most = Math.max(...values, 1e-9);
  const points = values.map((v, i) => `${i ? 'L' : 'M'}${KEPT - values.length + i} ${10 - 9 * v / most}`);
  return svg('svg', {viewBox: `0 0 ${KEPT - 1} 10`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
      svg('path', {d: points.join('')}));
}

function showGenerations(generations) {
  const body = byId('generations').tBodies[0];
  if (body.contains(document.activeElement)) return; // not under a hand that is about to click
  const target = generations.find(one => one.rollbackTarget);
  body.replaceChildren(...generations.reverse().map(one => el('tr', {class: one.serving ? 'serving' : ''},
      el('th', {scope: 'row'}, String(one.generation)),
      el('td', {}, el('span', {class: 'state ' + one.state}, one.serving ? 'serves' : one.state)),
      el('td', {}, ...recall(one.metrics, 'search')), el('td', {}, ...recall(one.metrics, 'recommendation')),
      el('td', {class: 'number'}, kept(one.metrics)),
      el('td', {class: 'number'}, new Date(one.announcedAt).toLocaleString()), el('td', {}, one.reason),
      el('td', {}, one.serving && target ? el('button', {class: 'plain', type: 'button',
        onclick: () => rollBack(one.generation, target.generation)}, 'Roll back …') : ''))));
}

function recall(metrics, task) {
  const own = metrics[task + '.recall@30'];
  if (own === undefined) return ['–'];
  const popular = metrics[task + '.popularity@30'];
  const bar = el('span', {class: 'bar', 'aria-hidden': 'true'}, el('i', {'--size': 100 * own + '%'}),
      popular === undefined ? null : el('u', {'--at': 100 * popular + '%'}));
  return [bar, el('span', {class: 'number'}, percent(own))];
}

function kept(metrics) {
  const shares = [metrics['codebook.kept_codes.1'], metrics['codebook.kept_ids']];
  return shares.includes(undefined) ? '–' : shares.map(percent).join(', ');
}

function rollBack(serving, target) {
  const dialog = byId('confirm');
  byId('confirm-title').textContent = `Roll back to generation ${target}?`;
  byId('confirm-text').textContent =
      `Generation ${serving} is retired, and generation ${target} serves again, at once and for everybody.`;
  byId('confirm-yes').textContent = `Retire generation ${serving}`;
  dialog.returnValue = '';
  dialog.addEventListener('close', async () => {
    document.activeElement?.blur();
    if (dialog.returnValue !== 'yes') return;
    const told = byId('told');
    try {
      await call('POST', '/generations/rollback', {generation: serving});
      told.classList.remove('error');
      told.textContent = `Rolled back to generation ${target}.`;
    } catch (failure) {
      told.classList.add('error');
      told.textContent = failure.message;
    }
  }, {once: true});
  dialog.showModal();
}
