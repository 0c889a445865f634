import {byId, el, hueOf, percent} from './dom.js';

/** Beams that are drawn; the rest are counted. */
const DRAWN = 14;
let beams = [];

/** Draws the beams as a tree: one column for each level, a path's probability beside each code. */
export function showBeams(explanation, asked) {
  beams = explanation?.beams ?? [];
  if (beams.length > 0) {
    draw([]);
  } else {
    byId('beams').replaceChildren(el('p', {class: 'note'}, asked ? 'The generator chose no codes for this answer.'
        : 'The generator writes an item’s code level by level; its likeliest paths appear here.'));
  }
}

/** Brings out the path of an item, also one that is not among the likeliest; says how it was found. */
export function markBeams(codes) {
  if (beams.length === 0) return '';
  draw(codes);
  const place = placeOf(codes);
  return place < 0 ? `None of the ${beams.length} paths leads here: the item was found beside them.`
      : `Path ${place + 1} of ${beams.length} leads here, with a probability of ${percent(Math.exp(beams[place].logProbability))}.`;
}

const placeOf = codes => beams.findIndex(beam => beam.codes.join() === codes.join());

function draw(codes) {
  const place = placeOf(codes);
  const shown = beams.slice(0, DRAWN);
  if (place >= DRAWN) shown[DRAWN - 1] = beams[place];
  const tree = el('ul', {class: 'tree', 'aria-label': 'Codes, level by level'}, ...nodes(shown, 0, []));
  const own = codes.join('-') + '-';
  tree.classList.toggle('marked', place >= 0);
  tree.querySelectorAll('.node').forEach(one => one.classList.toggle('on', own.startsWith(one.dataset.path + '-')));
  const rest = beams.length - shown.length;
  byId('beams').replaceChildren(
      el('p', {class: 'note legend'}, 'The likeliest Semantic IDs, coarse to fine, and the items behind each.'
          + (rest > 0 ? ` ${rest} less likely ones are not drawn.` : '')), tree);
}

function nodes(beams, level, prefix) {
  const groups = new Map();
  for (const beam of beams) {
    const code = beam.codes[level];
    if (!groups.has(code)) groups.set(code, []);
    groups.get(code).push(beam);
  }
  const share = group => group.reduce((sum, beam) => sum + Math.exp(beam.logProbability), 0);
  return [...groups].sort((a, b) => share(b[1]) - share(a[1]))
      .map(([code, group]) => node([...prefix, code], group, share(group), level));
}

function node(path, group, share, level) {
  const made = el('li', {class: 'node', 'data-path': path.join('-'), '--hue': hueOf(path[0])},
      el('span', {'aria-label': `level ${level + 1}, code ${path[level]}, ${percent(share)}`},
          String(path[level]), el('small', {}, percent(share))));
  made.append(level + 1 < group[0].codes.length
      ? el('ul', {}, ...nodes(group, level + 1, path)) : leaf(group[0]));
  return made;
}

/** The items behind an ID: the first by name, all that are known on a click. */
function leaf(beam) {
  const names = beam.items.map(one => one.title ?? one.item);
  if (names.length === 0) return el('div', {class: 'leaf'}, el('em', {}, 'no item'));
  const more = beam.count - 1;
  const text = el('span', {}, names[0]);
  const count = el('em', {}, more > 0 ? ` and ${more} more` : '');
  const button = el('button', {type: 'button', 'aria-expanded': 'false', onclick: () => {
    const open = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(open));
    text.textContent = open ? names.join(' · ') : names[0];
    const hidden = open ? beam.count - names.length : more;
    count.textContent = hidden > 0 ? ` and ${hidden} more` : '';
  }}, text, count);
  return el('div', {class: 'leaf'}, button);
}
