// Speaks to the agent. A failure is a Failure: with its status, or 0 when nobody answered.

export class Failure extends Error {
  constructor(status, detail, retryAfter) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  // Whether the same request may work later.
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: { 'X-Sandpiper': '1', ...(body ? { 'Content-Type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : undefined,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(30000),
    });
  } catch {
    throw new Failure(0, '', 0);
  }
  if (!answer.ok) throw await failure(answer.status, answer.headers.get('Retry-After'), await answer.text());
  return answer.status === 204 ? null : answer.json();
}

function failure(status, retryAfter, text) {
  let detail = '';
  try {
    detail = JSON.parse(text).detail || '';
  } catch {
    // whoever stands between answered
  }
  return new Failure(status, detail, Number(retryAfter) || 0);
}

export const me = () => call('GET', '/v1/chat/me');
export const login = (secret, language) => call('POST', '/v1/chat/login', { secret, language });
export const logout = () => call('POST', '/v1/chat/logout');
export const spending = () => call('GET', '/v1/chat/spending');
export const sessions = () => call('GET', '/v1/chat/sessions');
export const endSession = (id) => call('DELETE', '/v1/chat/sessions/' + id);
export const say = (message) => call('POST', '/v1/chat/messages', message);
export const press = (press) => call('POST', '/v1/chat/presses', press);
export const before = (id) => call('GET', '/v1/chat/messages?limit=40' + (id ? '&before=' + id : ''));
export const after = (id) => call('GET', '/v1/chat/messages?limit=100&after=' + id);
export const fileAddress = (id) => '/v1/chat/files/' + encodeURIComponent(id);

// Sends a file and tells how far it is, from 0 to 1. Answers the file and how to stop it.
export function upload(file, progress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.open('POST', '/v1/chat/files?name=' + encodeURIComponent(file.name || 'file'));
    request.setRequestHeader('X-Sandpiper', '1');
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText));
      else reject(failure(request.status, request.getResponseHeader('Retry-After'), request.responseText));
    };
    request.onerror = () => reject(new Failure(0, '', 0));
    request.onabort = () => reject(new Failure(-1, '', 0));
    request.send(file);
  });
  return { done, stop: () => request.abort() };
}

// A name for something that happens once, however often it is sent.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
