// What was written and has not arrived yet. It is kept in the browser, so that it survives a
// reload, and is sent in order until the agent has it; its key makes sure it counts once.

import * as api from './api.js';

const PLACE = 'sandpiper.outbox';
const MOST = 100;
const LONGEST_PAUSE = 30000;

export class Outbox {
  // told: { sent(entry, message), changed(), loggedOut() }
  constructor(visitor, told) {
    this.visitor = visitor;
    this.told = told;
    this.running = false;
    this.pause = 1000;
    this.timer = 0;
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    addEventListener('online', () => this.hurry(), { signal });
    addEventListener('storage', (event) => event.key === PLACE && this.told.changed(), { signal });
  }

  close() {
    this.leaving.abort();
    clearTimeout(this.timer);
  }

  static clear() {
    localStorage.removeItem(PLACE);
  }

  entries() {
    try {
      const all = JSON.parse(localStorage.getItem(PLACE) || '[]');
      return all.filter((entry) => entry.visitor === this.visitor);
    } catch {
      return [];
    }
  }

  add(text, files) {
    const entries = this.entries();
    if (entries.length >= MOST) return false;
    entries.push({ visitor: this.visitor, key: api.newKey(), text, files, at: new Date().toISOString(), refused: '' });
    this.write(entries);
    this.hurry();
    return true;
  }

  remove(key) {
    this.write(this.entries().filter((entry) => entry.key !== key));
  }

  again(key) {
    this.write(this.entries().map((entry) => (entry.key === key ? { ...entry, refused: '' } : entry)));
    this.hurry();
  }

  write(entries) {
    localStorage.setItem(PLACE, JSON.stringify(entries));
    this.told.changed();
  }

  hurry() {
    clearTimeout(this.timer);
    this.pause = 1000;
    this.run();
  }

  async run() {
    if (this.running || this.leaving.signal.aborted) return;
    this.running = true;
    try {
      for (;;) {
        const entry = this.entries().find((one) => !one.refused);
        if (!entry || this.leaving.signal.aborted || !(await this.send(entry))) return;
      }
    } finally {
      this.running = false;
    }
  }

  // Whether to go on with the next one at once.
  async send(entry) {
    try {
      const message = await api.say({ key: entry.key, text: entry.text, files: entry.files.map((file) => file.id) });
      this.remove(entry.key);
      this.pause = 1000;
      this.told.sent(entry, message);
      return true;
    } catch (failure) {
      if (failure.status === 401) {
        this.told.loggedOut();
        return false;
      }
      if (failure.passing) {
        const wait = Math.max(this.pause, 1000 * (failure.retryAfter || 0));
        this.pause = Math.min(LONGEST_PAUSE, 2 * this.pause);
        this.timer = setTimeout(() => this.run(), wait);
        this.told.changed(failure.status === 0 ? '' : failure.message);
        return false;
      }
      this.write(this.entries().map((one) => (one.key === entry.key ? { ...one, refused: failure.message } : one)));
      return true;
    }
  }
}
