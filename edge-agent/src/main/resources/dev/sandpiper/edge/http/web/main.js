// The page: finds out who is there, then shows the door or the conversation.

import * as api from './api.js';
import { Composer } from './composer.js';
import * as devices from './devices.js';
import { Messages } from './messages.js';
import { Outbox } from './outbox.js';
import { load, t } from './texts.js';

const door = document.getElementById('door');
const room = document.getElementById('room');
const link = document.getElementById('link');

let outbox;
let messages;
let composer;
let events;
let retry = 0;
let pause = 1000;

await begin();

async function begin() {
  try {
    const person = await api.me();
    await load(person.language);
    enter(person);
  } catch (failure) {
    if (failure.status === 401) {
      await load(navigator.language).catch(() => {});
      showDoor('');
    } else {
      // The page came and the agent did not answer: try again until it does.
      setTimeout(begin, pause);
      pause = Math.min(15000, 2 * pause);
    }
  }
}

function showDoor(error) {
  events?.close();
  clearTimeout(retry);
  composer?.close();
  composer = undefined;
  outbox?.close();
  messages?.clear();
  room.hidden = true;
  door.hidden = false;
  document.getElementById('login-error').textContent = isSecureContext ? error : t('web.insecure');
  document.getElementById('secret').focus();
}

document.getElementById('login').addEventListener('submit', async (event) => {
  event.preventDefault();
  const field = document.getElementById('secret');
  const error = document.getElementById('login-error');
  const button = event.target.querySelector('button');
  if (!field.value.trim()) {
    error.textContent = t('web.login.empty');
    field.focus();
    return;
  }
  button.disabled = true;
  try {
    await api.login(field.value.trim(), navigator.language);
    field.value = '';
    error.textContent = '';
    const person = await api.me();
    await load(person.language);
    enter(person);
  } catch (failure) {
    error.textContent = failure.status === 401 ? t('web.login.wrong') : failure.status === 429 ? t('web.login.many', failure.retryAfter || 30) : failure.message || t('web.offline');
    field.select();
  } finally {
    button.disabled = false;
  }
});

function enter(person) {
  door.hidden = true;
  room.hidden = false;
  const told = {
    sent: (entry, message) => {
      messages.show(message, false);
      messages.drawWaiting();
    },
    changed: (reason) => messages.drawWaiting(reason),
    loggedOut: () => showDoor(t('web.login.ended')),
  };
  outbox = new Outbox(person.id, told);
  if (messages) messages.outbox = outbox;
  else messages = new Messages(outbox);
  composer = new Composer(person.id, person.maxFile, outbox);
  devices.wire(person, () => {
    Outbox.clear();
    Composer.clear();
    showDoor('');
  });
  document.getElementById('text').focus();
  messages.drawWaiting();
  listen();
  outbox.hurry();
}

function say(text) {
  if (link.textContent !== text) link.textContent = text;
  document.body.classList.toggle('apart', text !== '');
}

// Listens, and catches up whenever the line is back: what the agent told meanwhile is in its
// history.
function listen() {
  clearTimeout(retry);
  events?.close();
  events = new EventSource('/v1/chat/events');
  const own = events;
  own.onopen = async () => {
    pause = 1000;
    messages.quiet(true);
    try {
      await messages.newest();
      say('');
    } catch (failure) {
      if (own === events) again(failure);
    }
    outbox.hurry();
  };
  own.onerror = async () => {
    if (own !== events) return;
    say(t(navigator.onLine ? 'web.reconnecting' : 'web.offline'));
    messages.quiet(true);
    // The browser tries again by itself, unless the agent answered with an error.
    if (own.readyState === EventSource.CLOSED) {
      try {
        await api.me();
        again();
      } catch (failure) {
        again(failure);
      }
    }
  };
  own.addEventListener('message', (event) => messages.show(JSON.parse(event.data), true));
  own.addEventListener('typing', () => messages.typing());
  own.addEventListener('live', (event) => messages.piece(JSON.parse(event.data)));
  own.addEventListener('quiet', () => messages.quiet(false));
  own.addEventListener('reset', () => messages.again().catch(() => {}));
}

function again(failure) {
  events.close();
  if (failure?.status === 401) {
    showDoor(t('web.login.ended'));
    return;
  }
  say(t(navigator.onLine ? 'web.reconnecting' : 'web.offline'));
  retry = setTimeout(listen, pause);
  pause = Math.min(15000, 2 * pause);
}

addEventListener('offline', () => !room.hidden && say(t('web.offline')));
addEventListener('online', () => !room.hidden && listen());
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && !room.hidden && events?.readyState === EventSource.CLOSED) listen();
});
