// The conversation: what was said, what waits to be sent, and the words of an answer so far.

import * as api from './api.js';
import { plain, render } from './markdown.js';
import { day, size, t, time } from './texts.js';

const NEAR = 120;
const OVERLAP = 8;
const LONGEST_SPOKEN = 1000;

export class Messages {
  constructor(outbox) {
    this.outbox = outbox;
    this.list = document.getElementById('messages');
    this.waiting = document.getElementById('waiting');
    this.scroll = document.getElementById('scroll');
    this.live = document.getElementById('live');
    this.words = this.live.querySelector('.words');
    this.latest = document.getElementById('latest');
    this.said = document.getElementById('said');
    this.known = new Map();
    this.first = 0;
    this.last = 0;
    this.all = false;
    this.loading = false;
    this.buffer = '';
    this.drawing = 0;
    this.ending = 0;
    this.latest.addEventListener('click', () => {
      this.toEnd(true);
      this.scroll.focus({ preventScroll: true });
    });
    this.scroll.addEventListener('scroll', () => this.watchEnd(), { passive: true });
    new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.older(),
      { root: this.scroll, rootMargin: '600px 0px 0px 0px' },
    ).observe(document.getElementById('top'));
    // A picture or an answer that grows keeps the end in view when it was.
    this.atEnd = true;
    const grown = new ResizeObserver(() => this.atEnd && this.toEnd(false));
    grown.observe(this.list);
    grown.observe(this.live);
    grown.observe(this.waiting);
    grown.observe(this.scroll);
  }

  clear() {
    this.list.replaceChildren();
    this.waiting.replaceChildren();
    this.known.clear();
    this.first = 0;
    this.last = 0;
    this.all = false;
    this.quiet(true);
  }

  // Loads the newest messages, or what came since.
  async newest() {
    if (this.last > 0) {
      for (;;) {
        // A few more than are missing: one that was written before may have been taken after.
        const { messages, more } = await api.after(Math.max(0, this.last - OVERLAP));
        messages.forEach((message) => this.show(message, true));
        if (!more) return;
      }
    }
    const { messages, more } = await api.before(0);
    this.all = !more;
    messages.forEach((message) => this.show(message, false));
    document.getElementById('beginning').hidden = !this.all;
    this.toEnd(false);
  }

  // Looks at the newest again: some of them may have been changed unseen.
  async again() {
    const { messages } = await api.before(0);
    messages.forEach((message) => this.show(message, false));
    await this.newest();
  }

  async older() {
    if (this.all || this.loading || this.first === 0) return;
    this.loading = true;
    try {
      const { messages, more } = await api.before(this.first);
      this.all = !more;
      const height = this.scroll.scrollHeight;
      const top = this.scroll.scrollTop;
      for (const message of messages.reverse()) this.prepend(message);
      document.getElementById('beginning').hidden = !this.all;
      this.scroll.scrollTop = top + this.scroll.scrollHeight - height;
    } catch {
      // the next scroll tries again
    } finally {
      this.loading = false;
    }
  }

  prepend(message) {
    if (this.known.has(message.id)) return;
    const item = this.item(message);
    this.list.prepend(item);
    this.known.set(message.id, item);
    this.first = message.id;
    this.days();
  }

  // A new message, or a changed one.
  show(message, spoken) {
    const old = this.known.get(message.id);
    const item = this.item(message);
    if (old) {
      if (old.dataset.state === item.dataset.state) return;
      const focused = old.contains(document.activeElement);
      old.replaceWith(item);
      if (focused) this.scroll.focus({ preventScroll: true });
    } else if (message.id < this.first) {
      return; // it comes with the history
    } else {
      // Almost always at the end; two that crossed stand in the order in which they were written.
      let next = null;
      for (let last = this.list.lastElementChild; last && Number(last.dataset.id) > message.id; last = last.previousElementSibling) next = last;
      this.list.insertBefore(item, next);
    }
    this.known.set(message.id, item);
    this.first = this.first || message.id;
    this.last = Math.max(this.last, message.id);
    this.days();
    if (message.from === 'agent') {
      if (!this.live.hidden && (this.settled || this.buffer)) this.forgetWords();
      if (spoken) this.speak(message);
    } else if (message.key) {
      this.waiting.querySelector(`[data-key="${message.key}"]`)?.remove();
    }
    if (this.atEnd || message.from === 'me') this.toEnd(false);
    this.watchEnd();
  }

  speak(message) {
    const line = document.createElement('span');
    const words = plain(message.text);
    line.textContent = t('web.says', words.length > LONGEST_SPOKEN ? words.slice(0, LONGEST_SPOKEN) + ' …' : words);
    this.said.replaceChildren(line);
  }

  item(message) {
    const item = document.createElement('li');
    item.className = message.from;
    item.dataset.id = message.id;
    item.dataset.day = new Date(message.at).toDateString();
    item.dataset.state = JSON.stringify([message.text, message.buttons, message.pressed, message.files.length]);
    const who = document.createElement('span');
    who.className = 'unseen';
    who.textContent = t(message.from === 'me' ? 'web.from.me' : 'web.from.agent');
    const body = document.createElement('div');
    body.className = 'body';
    if (message.from === 'me') {
      const words = document.createElement('p');
      words.textContent = message.text;
      if (message.text) body.append(words);
    } else {
      body.append(render(message.text));
    }
    if (message.files.length) body.append(files(message.files));
    item.append(who, body);
    if (message.buttons.length) item.append(this.buttons(message));
    const at = document.createElement('time');
    at.dateTime = message.at;
    at.textContent = time(new Date(message.at));
    item.append(at);
    return item;
  }

  buttons(message) {
    const group = document.createElement('div');
    group.className = 'buttons';
    for (const button of message.buttons) {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 'quiet';
      made.textContent = button.label;
      made.disabled = message.pressed !== undefined;
      if (message.pressed === button.data) {
        made.classList.add('pressed');
        made.setAttribute('aria-pressed', 'true');
      }
      const key = api.newKey();
      made.addEventListener('click', () => this.press(message, button, group, key));
      group.append(made);
    }
    return group;
  }

  async press(message, button, group, key) {
    group.querySelectorAll('button').forEach((one) => (one.disabled = true));
    try {
      this.show(await api.press({ key, message: message.id, data: button.data }), false);
    } catch (failure) {
      group.querySelectorAll('button').forEach((one) => (one.disabled = false));
      this.trouble(failure.message || t('web.offline'));
    }
  }

  trouble(text) {
    document.getElementById('trouble').textContent = text;
  }

  // Everything that waits to be sent.
  drawWaiting(reason) {
    const entries = this.outbox.entries();
    this.waiting.replaceChildren(...entries.map((entry) => this.waitingItem(entry, reason)));
    if (this.atEnd) this.toEnd(false);
  }

  waitingItem(entry, reason) {
    const item = document.createElement('li');
    item.className = 'me waiting';
    item.dataset.key = entry.key;
    const body = document.createElement('div');
    body.className = 'body';
    if (entry.text) {
      const words = document.createElement('p');
      words.textContent = entry.text;
      body.append(words);
    }
    if (entry.files.length) body.append(files(entry.files));
    const state = document.createElement('p');
    state.className = 'state';
    state.textContent = entry.refused ? t('web.refused', entry.refused) : reason || t(navigator.onLine ? 'web.sending' : 'web.waits');
    item.append(body, state);
    if (entry.refused) {
      item.classList.add('refused');
      const group = document.createElement('div');
      group.className = 'buttons';
      group.append(
        button(t('web.again'), () => this.outbox.again(entry.key)),
        button(t('web.discard'), () => this.outbox.remove(entry.key)),
      );
      item.append(group);
    }
    return item;
  }

  // An answer is being made.
  typing() {
    clearTimeout(this.ending);
    this.settled = false;
    this.live.hidden = false;
    document.getElementById('stop').hidden = false;
    if (this.atEnd) this.toEnd(false);
  }

  piece({ from, text }) {
    if (from > this.buffer.length) return; // some went missing; the whole comes soon
    if (this.live.hidden) this.typing();
    this.buffer = this.buffer.slice(0, from) + text;
    if (this.drawing) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      this.words.replaceChildren(render(this.buffer));
      this.live.classList.toggle('speaking', this.buffer !== '');
      if (this.atEnd) this.toEnd(false);
    });
  }

  // The answer is made; it comes as a message in a moment.
  quiet(now) {
    this.settled = true;
    document.getElementById('stop').hidden = true;
    clearTimeout(this.ending);
    this.ending = setTimeout(() => {
      this.live.hidden = true;
      this.forgetWords();
    }, now || !this.buffer ? 0 : 4000);
  }

  forgetWords() {
    cancelAnimationFrame(this.drawing);
    this.drawing = 0;
    this.buffer = '';
    this.words.replaceChildren();
    this.live.classList.remove('speaking');
    if (this.settled) this.live.hidden = true;
  }

  days() {
    let before = '';
    for (const item of this.list.children) {
      const own = item.dataset.day;
      const mark = item.querySelector(':scope > .day');
      if (own !== before && !mark) {
        const made = document.createElement('p');
        made.className = 'day';
        made.textContent = day(new Date(item.querySelector('time').dateTime));
        item.prepend(made);
      } else if (own === before && mark) {
        mark.remove();
      }
      before = own;
    }
  }

  toEnd(smooth) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior: smooth && !calm ? 'smooth' : 'instant' });
    this.atEnd = true;
  }

  watchEnd() {
    const rest = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight;
    this.atEnd = rest < NEAR;
    this.latest.hidden = this.atEnd;
  }
}

function files(list) {
  const made = document.createElement('ul');
  made.className = 'attached';
  for (const file of list) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = api.fileAddress(file.id);
    link.download = file.name;
    if (/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)) {
      const picture = document.createElement('img');
      picture.src = link.href;
      picture.alt = file.name;
      picture.loading = 'lazy';
      link.append(picture);
    } else {
      const name = document.createElement('span');
      name.className = 'name';
      name.textContent = file.name;
      const weight = document.createElement('span');
      weight.className = 'size';
      weight.textContent = size(file.size);
      link.append(name, ' ', weight);
    }
    item.append(link);
    made.append(item);
  }
  return made;
}

function button(label, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'quiet';
  made.textContent = label;
  made.addEventListener('click', act);
  return made;
}
