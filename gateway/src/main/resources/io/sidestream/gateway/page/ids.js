import {byId, el, percent, svg} from './dom.js';

/** What is drawn: its metric, of each level where it has levels, and the top of its scale; of its values without one. */
const CHARTS = [
  {title: 'Codes in use', metric: 'codebook.relative_perplexity', top: 1},
  {title: 'Codes kept', metric: 'codebook.kept_codes', top: 1},
  {title: 'Items that share their ID', metric: 'codebook.collision_rate'},
  {title: 'Items of the most shared ID', metric: 'codebook.largest_collision'}
];
const WIDTH = 100;
const HEIGHT = 40;

let rows = [];
let chosen = null; // a generation's number, of the newest where none was chosen

/** How the Semantic IDs of the generations were used, shared and kept, oldest first. */
export function showIds(generations) {
  rows = generations.filter(one => CHARTS.some(chart => lines(chart.metric, [one]).length > 0));
  byId('ids').hidden = rows.length === 0;
  if (rows.length > 0) draw();
}

byId('ids-chosen').addEventListener('input', event => {
  const place = Number(event.target.value);
  chosen = place === rows.length - 1 ? null : rows[place].generation;
  draw();
});

function draw() {
  const found = rows.findIndex(one => one.generation === chosen);
  const place = found < 0 ? rows.length - 1 : found;
  const one = rows[place];
  const name = `generation ${one.generation}, ${one.serving ? 'serves' : one.state.toLowerCase()}`;
  const slider = byId('ids-chosen');
  slider.max = rows.length - 1;
  slider.value = place;
  slider.setAttribute('aria-valuetext', name);
  byId('ids-name').textContent = name;
  byId('ids-charts').replaceChildren(...CHARTS.map(chart => figure(chart, place)));
}

function figure({title, metric, top}, place) {
  const drawn = lines(metric, rows);
  const values = drawn.map(line => line[place]).filter(value => value !== undefined);
  const most = top ?? Math.max(...drawn.flat().filter(value => value !== undefined), 1e-3);
  return el('figure', {},
      el('figcaption', {}, title, ' ', el('b', {}, values.length > 0 ? values.map(percent).join(', ') : '–'),
          el('small', {}, `0 to ${percent(most)}`)),
      svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
          svg('path', {class: 'at', d: `M${x(place)} 0V${HEIGHT}`}),
          ...drawn.flatMap((line, level) => [
            svg('path', {class: `level-${Math.min(level + 1, 3)}`, d: path(line, most)}),
            svg('path', {class: 'dots', d: dots(line, most)})])));
}

/** A metric's values, those of each level, shape [level][generation]; undefined where a generation has none. */
function lines(metric, generations) {
  const of = name => generations.map(one => one.metrics[name]);
  const found = [];
  while (of(`${metric}.${found.length + 1}`).some(value => value !== undefined)) found.push(of(`${metric}.${found.length + 1}`));
  return found.length > 0 || of(metric).every(value => value === undefined) ? found : [of(metric)];
}

const x = place => rows.length > 1 ? Number((place * WIDTH / (rows.length - 1)).toFixed(2)) : WIDTH / 2;
const y = (value, most) => Number((HEIGHT * (1 - value / most)).toFixed(2));

/** A line with a gap where there is no value. */
const path = (line, most) => line.map((value, i) =>
    value === undefined ? '' : `${line[i - 1] === undefined ? 'M' : 'L'}${x(i)} ${y(value, most)}`).join('');
const dots = (line, most) => line.map((value, i) => value === undefined ? '' : `M${x(i)} ${y(value, most)}h0`).join('');
