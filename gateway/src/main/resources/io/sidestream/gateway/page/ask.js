import {byId} from './dom.js';

const KEY = 'sidestream-token';
let asking = null;

/**
 * Asks for the token once, however many requests miss it. When the dialog is closed without one,
 * it stays closed until the page is loaded again.
 */
function askForToken(refused) {
  asking ??= new Promise(resolve => {
    const dialog = byId('token-dialog');
    byId('token-refused').hidden = !refused;
    dialog.returnValue = '';
    dialog.addEventListener('close', () => {
      const given = dialog.returnValue === 'yes' ? byId('token').value.trim() : '';
      byId('token').value = '';
      if (given) {
        sessionStorage.setItem(KEY, given);
        asking = null;
      }
      resolve(given !== '');
    }, {once: true});
    dialog.showModal();
  });
  return asking;
}

/** A request to the gateway; throws an error with its sentence. */
export async function call(method, path, body, signal) {
  const headers = {};
  const token = sessionStorage.getItem(KEY);
  if (token) headers.Authorization = 'Bearer ' + token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, {method, headers, signal, body: body && JSON.stringify(body)});
  if (response.status === 401) {
    const other = sessionStorage.getItem(KEY) !== token; // given since this request was sent
    if (other || await askForToken(token !== null)) return call(method, path, body, signal);
    throw new Error('no token is given: load this page again to be asked for it');
  }
  const answer = await response.json();
  if (!response.ok) {
    const failure = new Error(answer.error || 'status ' + response.status);
    failure.status = response.status;
    throw failure;
  }
  return answer;
}

/**
 * Calls a function a short while after the last of many calls. What an earlier call answers is
 * dropped: the last one wins.
 */
export function lastWins(ask, show, fail, pause = 140) {
  let timer = 0;
  let number = 0;
  let open = null;
  return (...given) => {
    clearTimeout(timer);
    const own = ++number;
    timer = setTimeout(async () => {
      open?.abort();
      open = new AbortController();
      try {
        const answer = await ask(open.signal, ...given);
        if (own === number) show(answer, ...given);
      } catch (failure) {
        if (own === number && failure.name !== 'AbortError') fail(failure);
      }
    }, pause);
  };
}
