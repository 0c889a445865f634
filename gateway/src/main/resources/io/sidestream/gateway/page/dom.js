/** Builds elements: text is always text, never markup. */
export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'class') made.className = value;
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key.startsWith('--')) made.style.setProperty(key, value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== undefined && child !== null));
  return made;
}

/** The same of a drawing; attributes are texts. */
export function svg(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const byId = id => document.getElementById(id);

/** The colour of a first code: paths that begin alike look alike. */
export const hueOf = code => (code * 137.508) % 360;

/** A Semantic ID, one box for each level. */
export function codes(levels) {
  return el('span', {class: 'codes', 'aria-label': 'Semantic ID ' + levels.join('-'), '--hue': hueOf(levels[0])},
      ...levels.map(code => el('b', {'aria-hidden': 'true'}, String(code))));
}

export const percent = share => (share >= 0.1 ? (share * 100).toFixed(0) : (share * 100).toFixed(1)) + ' %';

export const signed = value => (value < 0 ? '−' : '') + Math.abs(value).toFixed(3);
